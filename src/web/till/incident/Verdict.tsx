/** How sure it is: a word with a sign of its own, so that colour is never needed to read it. */
import { VERDICT_TEXTS } from "../../../core/text/diagnosis.ts";
import type { Verdict as Kind } from "../../../core/diagnosis/finding.ts";
import type { Text } from "../../../core/text/text.ts";
import { useSay } from "../../language/language.ts";

const SIGN: Record<Kind, string> = {
  confirmed: "●",
  suspected: "◐",
  ruled_out: "–",
  not_known: "○",
};

export function Verdict({ verdict, text }: { readonly verdict: Kind; readonly text?: Text }) {
  const say = useSay();
  return (
    <span className={`verdict ${verdict}`}>
      <i aria-hidden="true">{SIGN[verdict]}</i>
      <b>{say(text ?? VERDICT_TEXTS[verdict])}</b>
    </span>
  );
}
