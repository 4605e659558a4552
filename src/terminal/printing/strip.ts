/**
 * A strip of its own for the paper behind one that may hang half-printed in the printer: what is there is fed out and cut
 * off first, so that the customer's copy doesn't begin in the middle of the original.
 */
import { newStripCommand } from "../../core/printing/escpos/torn.ts";
import type { PrintJob } from "../../core/printing/job.ts";
import type { PrinterProfile } from "../../core/printing/profile.ts";
import type { Marker, SpoolerDeps } from "./deps.ts";
import type { Desk } from "./desk.ts";
import { automaticStatusOn } from "./line.ts";
import { countCuts } from "./proof.ts";

/** A doubt of a printer that never confirms says nothing of the paper: it would cut before every one. */
export const mayBeHalf = ({ state, doubt }: PrintJob): boolean =>
  state === "doubtful" && doubt !== "no_confirmation_possible";

/** After a restart: behind a paper in doubt, and behind the one in whose place a copy still waits. */
const mayFollowHalf = (job: PrintJob): boolean =>
  mayBeHalf(job) ||
  (job.mark.kind === "replacement" && (job.state === "queued" || job.state === "held"));

/** Only the printer itself knows that it cut a paper off: a person's word, or that nobody wants it, says nothing of it. */
const isCutForSure = ({ state, proof }: PrintJob): boolean =>
  state === "confirmed" && proof !== null && proof.level !== "person";

/** What an earlier run may have left in the printer. */
export function halfOf({ jobs, lastSent }: Pick<SpoolerDeps, "jobs" | "lastSent">): string | null {
  const open = jobs().findLast(mayFollowHalf);
  if (open !== undefined) return open.id;
  const last = lastSent();
  return last === null || isCutForSure(last) ? null : last.id;
}

/**
 * On a line that is ready, before the paper's `send`. The cut is counted for itself: a count that doesn't show it yet is
 * none before the paper, else it would be taken for the paper's own. Where only the counter proves papers, none is made.
 */
export async function beginNewStrip(
  desk: Desk,
  profile: PrinterProfile,
  marker: Marker,
): Promise<void> {
  if (desk.halfJobId === null || marker === "none") return;
  const { line, timing } = desk;
  const before = await countCuts(desk, profile, timing.inOrderAnswerMs);
  if (!line.isOpen) return;
  line.write(newStripCommand(profile));
  // It may have been switched off with the rest.
  if (profile.automaticStatus) line.write(automaticStatusOn);
  if (before !== null) {
    desk.cutsExpected = Math.max(desk.cutsExpected ?? 0, before + 1);
    await countCuts(desk, profile, timing.inOrderAnswerMs);
  }
  if (line.isOpen) desk.halfJobId = null;
}
