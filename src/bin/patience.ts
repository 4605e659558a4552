/** A command that goes on while the box is away: whatever was asked once may have been done. */
import { fill, type Text } from "../core/text/text.ts";
import type { JobView } from "../core/till/view.ts";
import { BoxAway, NotABox } from "./client.ts";
import { InputError } from "./input-error.ts";

const betweenAsksMs = 500;

/** The box went away while it was asked and didn't come back in time: nobody here knows. */
export class UnknownAfterBreak extends Error {
  readonly code = "outcome_unknown";
  readonly text: Text;
  constructor(text: Text, cause: Error) {
    super(`${text.zh} (${text.en})`, { cause });
    this.text = text;
  }
}

/**
 * Asks until it is answered or the time is up, always the same: what is asked has a key, so a repeat does nothing twice.
 * Throws BoxAway where nothing can have been sent; UnknownAfterBreak with `lost` where it may have been. `wasSent`: an
 * earlier request of the same command arrived.
 */
export async function patiently<T>(
  endsAtMs: number,
  lost: Text,
  ask: () => Promise<T>,
  wasSent = false,
): Promise<T> {
  for (let mayBeSent = wasSent; ; mayBeSent = true) {
    try {
      return await ask();
    } catch (error) {
      const isAway = error instanceof BoxAway || error instanceof NotABox;
      if (!isAway || (!mayBeSent && changedNothing(error))) throw error;
      if (performance.now() >= endsAtMs) throw new UnknownAfterBreak(lost, error);
      await new Promise((resolve) => setTimeout(resolve, betweenAsksMs));
    }
  }
}

const changedNothing = (error: BoxAway | NotABox): boolean =>
  error instanceof NotABox || error.nothingSent;

/** It was done, and the box went away before it told what came of it on paper. */
export class PaperAfterBreak extends Error {
  readonly code = "paper_unknown";
  readonly text: Text;
  constructor(text: Text, cause: Error) {
    super(`${text.zh} (${text.en})`, { cause });
    this.text = text;
  }
}

/** What is asked after an order only looks, but the order stands: where the box goes away, `done` says so. */
export async function afterOrder<T>(done: Text, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof BoxAway || error instanceof NotABox)) throw error;
    throw new PaperAfterBreak(done, error);
  }
}

/** `look`: the command that tells later how it stands. */
export const paperOrdered = (paper: Text, look: string): Text => ({
  zh: `${paper.zh}已经送去打印，票可能已经出来，但收银程序断开了。先看出纸口，不要马上再打；收银程序重新启动后用“${look}”看结果。`,
  en: `${paper.en} was ordered and may be out, but the box went away. Look at the printer first and don't order it again yet; once the box is back, look with "${look}".`,
});

/** Where nobody knows yet which one it is. */
export const copyText: Text = { zh: "补打的一张", en: "The copy" };
const copyNoText: Text = { zh: "补打 第 {no} 次", en: "Copy no. {no}" };
const receiptText: Text = { zh: "小票", en: "The receipt" };

/** The paper that waited for its electronic receipt is the original still. */
export function paperText(job: Pick<JobView, "copy"> | null | undefined): Text {
  if (job === null || job === undefined) return copyText;
  return job.copy === 0 ? receiptText : fill(copyNoText, { no: job.copy });
}

/** What `--wait` says, in milliseconds. Throws InputError. */
export function waitMsOf(text: string): number {
  const seconds = Number(text);
  if (!Number.isFinite(seconds) || seconds < 0 || seconds > 3_600)
    throw new InputError("bad_request", {
      zh: "--wait 请写 0 到 3600 的秒数。",
      en: "--wait takes 0 to 3600 seconds.",
    });
  return seconds * 1_000;
}
