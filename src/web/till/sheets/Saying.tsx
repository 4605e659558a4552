import type { Text } from "../../../core/text/text.ts";
import { useSay } from "../../language/language.ts";

/** A line while something is read, or of what went wrong. */
export function Saying({ text, bad = false }: { readonly text: Text; readonly bad?: boolean }) {
  const say = useSay();
  return (
    <p className={bad ? "notice bad" : "quiet-line"} role={bad ? "alert" : "status"}>
      {say(text)}
    </p>
  );
}
