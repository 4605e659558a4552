/** The gate before a sale: what to know before the code is used, and what works while it is closed. */
import { gateText, offerText } from "../../../core/text/gate.ts";
import { frameText } from "../../../core/text/frame.ts";
import type { Screen } from "../../../core/till/parts.ts";
import { useSay } from "../../language/language.ts";
import { Live } from "../../parts/Live.tsx";
import { Drawing } from "../drawings/Drawing.tsx";

/** Beside the amount: one line a light, with its why. */
export function Warnings({ screen }: { readonly screen: Screen }) {
  const say = useSay();
  return (
    <Live className="warnings">
      {screen.warnings.map(({ light, text, why }) => (
        <p key={text.zh} className={`warning ${light}`}>
          <b>
            <span className="unseen">
              {say(light === "red" ? frameText.red : frameText.amber)}:{" "}
            </span>
            {say(text)}
          </b>
          {why === null ? null : <span>{say(why)}</span>}
        </p>
      ))}
    </Live>
  );
}

/** Big words for what does work. */
export function Offers({ screen }: { readonly screen: Screen }) {
  const say = useSay();
  if (screen.offers.length === 0) return null;
  return (
    <section className="offers">
      <h2>{say(gateText.worksNow)}</h2>
      <ul>
        {screen.offers.map((offer) => (
          <li key={offer}>
            <Drawing name={offer} />
            <b>{say(offerText[offer].name)}</b>
            <span>{say(offerText[offer].plain)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
