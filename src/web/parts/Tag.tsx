import type { Tone } from "../../core/till/parts.ts";
import type { Text } from "../../core/text/text.ts";
import { useSay } from "../language/language.ts";

/** A small word with a meaning: colour, sign and text. */
export function Tag({ tone, text }: { readonly tone: Tone; readonly text: Text }) {
  const say = useSay();
  return <span className={`tag ${tone}`}>{say(text)}</span>;
}
