/** What happened, line by line, for whoever has to find out why. */
import type { StreamEvent } from "../../ports/ledger.ts";

export interface StoryLine {
  readonly atMs: number;
  readonly who: string;
  readonly what: string;
  readonly saleId: string | null;
  readonly orderNo: string | null;
}

export const tellEvent = ({ kind, actor, detail }: StreamEvent): string =>
  `${kind} by ${actor} ${JSON.stringify(detail)}`;

/** "0:12:03.450", from the start of the simulation. */
export function timeText(ms: number): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  const s = Math.floor(ms / 1_000);
  const clock = `${Math.floor(s / 3_600)}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`;
  return `${clock}.${String(ms % 1_000).padStart(3, "0")}`;
}

/** The last lines about one sale, or the last of all where it is about none. */
export function storyOf(
  story: readonly StoryLine[],
  saleId: string | null,
  linesMax: number,
): readonly string[] {
  const about = saleId === null ? story : story.filter((line) => line.saleId === saleId);
  const whoWidth = Math.max(0, ...about.map((line) => line.who.length));
  return about
    .slice(-linesMax)
    .map((line) => `${timeText(line.atMs)}  ${line.who.padEnd(whoWidth)}  ${line.what}`);
}
