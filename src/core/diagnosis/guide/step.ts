/** One step of a guide, and how it is told that somebody did it. */
import type { Text } from "../../text/text.ts";
import type { GuideDo } from "../view.ts";
import type { Check } from "./checks.ts";

export interface Step {
  readonly id: string;
  readonly text: Text;
  /** In its place while the outcome of this sale's charge is open: then nothing may suggest another payment. */
  readonly open?: Text;
  /** In the till page's set of pictures. */
  readonly picture: string | null;
  readonly done: Check;
  /** Left out until there is something to do: what nobody was asked for can't have been done. */
  readonly due?: Check;
  /** Its check sees the act itself, so it counts although the guide hadn't come to it; others see only that all is well. */
  readonly isWitnessed?: true;
  /** What shows that somebody did it, where all may be well again without. */
  readonly shownBy?: Check;
  /** Nothing is to be done but to wait, or to press what the machine does anyway. */
  readonly isWait?: true;
  /** The machine's own doing: told in its place once it is done and nothing shows that a person did it. */
  readonly itself?: Text;
  /** For the sales to come: this one is settled first. */
  readonly isForLater?: true;
  /** What is said once it is done. */
  readonly seen: Text;
  readonly action: GuideDo;
  /** Longer than this and it isn't going to help: the next step is shown. Infinity: there is no way around it. */
  readonly patienceMs: number;
}

export const minuteMs = 60_000;
const fine: Text = { zh: "已恢复", en: "back again" };

export function step(
  id: string,
  zh: string,
  en: string,
  done: Check,
  more: Partial<Omit<Step, "id" | "text" | "done">> = {},
): Step {
  const text = { zh, en };
  return {
    id,
    text,
    done,
    picture: null,
    seen: fine,
    action: "none",
    patienceMs: minuteMs,
    ...more,
  };
}
