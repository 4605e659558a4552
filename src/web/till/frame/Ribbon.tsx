import { ribbonText } from "../../../core/till/ribbon.ts";
import type { TillView } from "../../../core/till/view.ts";
import { useSay } from "../../language/language.ts";

/** No real money: said on every screen until real keys are set. */
export function Ribbon({ money }: { readonly money: Pick<TillView, "livemode" | "training"> }) {
  const say = useSay();
  const text = ribbonText(money);
  if (text === null) return null;
  return (
    <section className={money.training ? "ribbon training" : "ribbon"} aria-label={say(text)}>
      {say(text)}
    </section>
  );
}
