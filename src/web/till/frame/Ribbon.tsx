import { frameText } from "../../../core/text/frame.ts";
import { useSay } from "../../language/language.ts";

/** No real money: said on every screen until real keys are set. */
export function Ribbon({ livemode }: { readonly livemode: boolean }) {
  const say = useSay();
  if (livemode) return null;
  return (
    <section className="ribbon" aria-label={say(frameText.demo)}>
      {say(frameText.demo)}
    </section>
  );
}
