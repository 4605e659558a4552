import { frameText } from "../../../core/text/frame.ts";
import { useSay } from "../../language/language.ts";
import { useDeskState } from "../desk/context.ts";
import { Live } from "../../parts/Live.tsx";

/** The box doesn't answer: one calm line, never a window in the way. */
export function Banner() {
  const { away } = useDeskState();
  const say = useSay();
  return (
    <Live className="banner-place">
      {away ? (
        <p className="banner">
          <span aria-hidden="true" className="spin" />
          {say(frameText.away)}
        </p>
      ) : null}
    </Live>
  );
}
