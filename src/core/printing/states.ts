/**
 * The one table of job states. Server, buttons, command line and documentation read it: what a state accepts and
 * where each event leads, and its name and meaning for people.
 */
import type { Text } from "../text/text.ts";
import type { JobEventKind, JobState } from "./job.ts";

export interface JobStateRow {
  readonly name: Text;
  readonly means: Text;
  /** The events it accepts, and the state that each leads to. Nothing accepted: the job has ended. */
  readonly accepts: Readonly<Partial<Record<JobEventKind, JobState>>>;
}

export const jobStates: Readonly<Record<JobState, JobStateRow>> = {
  queued: {
    name: { zh: "待打印", en: "Queued" },
    means: { zh: "已保存，马上打印。", en: "Saved; prints next." },
    accepts: { hold: "held", send: "sending", waive: "waived" },
  },
  held: {
    name: { zh: "等待打印机", en: "Waiting for the printer" },
    means: {
      zh: "打印机暂时不能打印，没有发送任何内容；恢复后自动打印。",
      en: "The printer can't print now and nothing was sent; it prints by itself once that is over.",
    },
    accepts: { hold: "held", resume: "queued", waive: "waived" },
  },
  sending: {
    name: { zh: "打印中", en: "Printing" },
    means: {
      zh: "内容可能已到打印机，正在等它的出票确认。",
      en: "The printer may have the data; its confirmation is awaited.",
    },
    accepts: {
      hold: "sending",
      resume: "sending",
      not_sent: "held",
      confirm: "confirmed",
      doubt: "doubtful",
    },
  },
  confirmed: {
    name: { zh: "已出票", en: "Printed" },
    means: { zh: "出票已确认，证据已保存。", en: "Proven to be out; the evidence is kept." },
    accepts: {},
  },
  doubtful: {
    name: { zh: "是否出票待确认", en: "Printed or not?" },
    means: {
      zh: "可能已出票，也可能没有。请看打印机：有票点“票已出”，没有点“未出”，将补打一张带标记的小票。",
      en: "It may have printed or not. Look at the printer: say that it is out, or order a marked copy.",
    },
    accepts: { confirm: "confirmed", replace: "replaced", waive: "waived" },
  },
  replaced: {
    name: { zh: "已补打", en: "Replaced by a copy" },
    means: {
      zh: "已另打一张带“补打”标记、票号相同的小票。",
      en: "A copy marked 补打 with the same number was ordered in its place.",
    },
    accepts: {},
  },
  waived: {
    name: { zh: "不再打印", en: "No paper wanted" },
    means: { zh: "不需要纸质小票。", en: "No paper is needed any more." },
    accepts: {},
  },
};

/** The state that the event leads to from `state`; null when it isn't accepted there. */
export const jobNext = (state: JobState, event: JobEventKind): JobState | null =>
  jobStates[state].accepts[event] ?? null;

/** The other states that can follow, each once. */
export const jobLeavesTo = (state: JobState): readonly JobState[] => [
  ...new Set(Object.values(jobStates[state].accepts).filter((next) => next !== state)),
];

const endedStates: ReadonlySet<string> = new Set(
  Object.entries(jobStates)
    .filter(([, row]) => Object.keys(row.accepts).length === 0)
    .map(([state]) => state),
);

/** An ended job never changes again. */
export const jobHasEnded = (state: JobState): boolean => endedStates.has(state);
