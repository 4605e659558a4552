/** 设备故障. A device's own report is proof; "can't be reached" is one only where the way to it is known to work. */
import { HOLD_CAUSES } from "../../text/printer-causes.ts";
import type { Text } from "../../text/text.ts";
import { heldBy } from "../../printing/holds.ts";
import { type HoldCause, waitsForEReceipt } from "../../printing/job.ts";
import { jobHasEnded } from "../../printing/states.ts";
import { doubtWords, holdExplained } from "../before-charge.ts";
import { newestPaper } from "../../till/can.ts";
import type { Case, Judge, Suspicion } from "../case.ts";
import type { Evidence, FactOf, Seen } from "../evidence.ts";
import { isDown, ladderOf, pathInUse, rungsOf } from "../ladder.ts";
import { lineOf, linesOf } from "../lines.ts";
import { toldCondition } from "../loading.ts";
import { allOf, newest, recent } from "../picture.ts";
import { uncleanStart } from "../touched.ts";
import { codeSuspicions } from "./codes.ts";

const asking: Text = {
  zh: "正在问打印机和电脑的状态。",
  en: "Printer and computer are being asked how they are.",
};

export const device: Judge = (given) => {
  const suspicions = [
    ...printerNow(given),
    ...papersInDoubt(given),
    ...eReceiptUnopened(given),
    ...printerManners(given),
    ...computerNow(given),
    ...diskCheck(given),
    ...restarts(given),
    ...clock(given),
    ...codeSuspicions(given, "device"),
  ];
  return { suspicions, against: suspicions.length > 0 ? [] : against(given), asking };
};

/** Ours to say, and set up by people: not the device's fault. */
const ofTheSystem: ReadonlySet<HoldCause> = new Set(["no_printer", "not_printable"]);

function printerNow(given: Case): readonly Suspicion[] {
  const seen = newest(given.picture, "printer");
  if (seen === null) return [];
  const { paperLow } = seen.fact;
  const condition = toldCondition(seen.fact.condition, given);
  if (condition === null)
    return paperLow
      ? [{ cause: "paper_low", proof: seen, because: [lineOf(seen)], sinceMs: seen.atMs }]
      : [];
  if (ofTheSystem.has(condition)) return [];
  const isProof = HOLD_CAUSES[condition].ownReport || isReallyGone(given);
  const network = networkBetween(given);
  const said = allOf(given.picture, "printer").findLast((one) => one.fact.condition === condition);
  return [
    {
      cause: condition,
      proof: isProof ? (said ?? seen) : null,
      because: linesOf([...new Set([said ?? seen, seen]), ...network]),
      sinceMs: beganAt(given, condition) ?? seen.atMs,
      words: doubtWords(given) ?? { explain: holdExplained(condition, given) },
    },
  ];
}

/** Since when the printer has been so, without a break. */
function beganAt({ picture }: Case, condition: HoldCause): number | null {
  const all = allOf(picture, "printer");
  const before = all.findLastIndex(({ fact }) => heldBy(condition, fact.condition) !== condition);
  return all[before + 1]?.atMs ?? null;
}

/** It answered before, and no network that fails is in between: then it is the printer, its power or its cable. */
function isReallyGone(given: Case): boolean {
  const answered = allOf(given.picture, "printer").some(
    ({ fact }) =>
      fact.reachable || (fact.condition !== null && HOLD_CAUSES[fact.condition].ownReport),
  );
  return answered && (isAttached(given) || !isNetworkDown(given));
}

const isAttached = ({ picture }: Case): boolean => newest(picture, "printer")?.fact.way === "here";

function isNetworkDown(given: Case): boolean {
  const near = ["interface", "router"] as const;
  const ladder = ladderOf(given);
  const inUse = pathInUse(ladder);
  const own = (path: string): boolean => inUse === null || path === inUse;
  return near.some((target) =>
    rungsOf(ladder, target).some((one) => own(one.path) && (isDown(one) || one.state === "shaky")),
  );
}

/** What the nearest rungs say, where the printer can't be reached. */
function networkBetween(given: Case): readonly Evidence[] {
  const seen = newest(given.picture, "printer");
  if (seen?.fact.condition !== "unreachable" || isAttached(given)) return [];
  return rungsOf(ladderOf(given), "router")
    .flatMap((one) => one.last ?? [])
    .slice(0, 1);
}

function jobsSeen({ picture, sale, nowMs, settings }: Case): readonly Seen<"job">[] {
  const jobs = allOf(picture, "job");
  return sale === null
    ? recent({ job: jobs }, "job", nowMs, settings.freshMs)
    : jobs.filter(({ fact }) => fact.saleId === sale.sale.id);
}

const powerMs = 60_000;

/**
 * A restart of ours in mid-paper is the system's; all other doubts come from the printer or its cable. A connection that
 * broke looks alike for a lost power and a pulled cable: only the printer's own last word tells. What it held was cleared by
 * us once it was back, and is no cause of anything.
 */
function papersInDoubt(given: Case): readonly Suspicion[] {
  return jobsSeen(given).flatMap((seen): readonly Suspicion[] => {
    const { doubt, state } = seen.fact;
    if (state !== "doubtful" || doubt === null || doubt === "till_restarted") return [];
    const off = allOf(given.picture, "printer_line").findLast(
      ({ fact, atMs }) => fact.what === "power_off" && seen.atMs - atMs <= powerMs,
    );
    const cause = doubt === "buffer_cleared" && off !== undefined ? "printer_lost_power" : doubt;
    const told = cause === "printer_lost_power" ? (off ?? null) : null;
    return [
      {
        cause,
        proof: doubt === "no_confirmation_possible" ? seen : told,
        because: linesOf(off === undefined ? [seen] : [off, seen]),
        sinceMs: seen.atMs,
      },
    ];
  });
}

/** What keeps the printer from printing leads, as long as it does. */
const behindThePrinter = 56;

/** The printer couldn't print, so the customer took the electronic receipt and hasn't opened it. It says nothing of the box. */
function eReceiptUnopened(given: Case): readonly Suspicion[] {
  if (given.sale === null) return [];
  const cause = "e_receipt_unopened";
  const waiting = jobsSeen(given).findLast(({ fact }) => fact.hold === cause);
  if (waiting === undefined || !waitsForEReceipt(newestPaper(given.sale))) return [];
  const because = [lineOf(waiting)];
  return [{ cause, proof: waiting, because, sinceMs: waiting.atMs, rank: behindThePrinter }];
}

const breaks: ReadonlySet<FactOf<"printer_line">["what"]> = new Set(["ended", "reset", "timeout"]);
const flakyMs = 300_000;
const flakyMin = 4;

/**
 * Slow papers, where there is a paper that they could be about: what was seen is of that very paper or of the last minute.
 * One alone is no manner: an earlier one of the same minutes bears it out.
 */
function slowPapers({ picture, sale, nowMs, settings }: Case): readonly Seen<"print_time">[] {
  if (sale?.jobs.length === 0) return [];
  const slow = recent(picture, "print_time", nowMs, flakyMs).filter(
    ({ fact }) => fact.ms > fact.expectedMs * 3 && fact.ms - fact.expectedMs > settings.slowMs,
  );
  const isOwn = (atMs: number): boolean =>
    sale?.jobs.some(
      (one) => atMs >= one.createdAtMs && (!jobHasEnded(one.state) || atMs <= one.changedAtMs),
    ) === true;
  const about = slow.filter(({ atMs }) => nowMs - atMs <= settings.freshMs || isOwn(atMs));
  return slow.length >= 2 ? about.slice(-2) : [];
}

/** A paper that is confirmed sooner after a noise is most likely the one that it was heard at. */
const samePaperMs = 15_000;

/**
 * Noise is only ever suspected. It ends with a later paper that is confirmed, since then the line is understood again, and
 * with one that somebody has settled otherwise. The paper that it was heard at says nothing of it.
 */
function noiseSincePaper({ picture, nowMs }: Case): readonly Seen<"printer_line">[] {
  const ended = allOf(picture, "job").filter(({ fact }) => jobHasEnded(fact.state));
  const endedBy = (one: Seen<"job">, atMs: number): boolean =>
    one.atMs > atMs + (one.fact.state === "confirmed" ? samePaperMs : 0);
  return recent(picture, "printer_line", nowMs, flakyMs).filter(
    ({ fact, atMs }) => fact.what === "noise" && !ended.some((one) => endedBy(one, atMs)),
  );
}

function printerManners(given: Case): readonly Suspicion[] {
  const { picture, nowMs } = given;
  const broke = recent(picture, "printer_line", nowMs, flakyMs).filter(({ fact }) =>
    breaks.has(fact.what),
  );
  const slow = slowPapers(given);
  const noise = noiseSincePaper(given);
  return [
    ...(noise.length > 0
      ? [
          {
            cause: "printer_noise",
            proof: null,
            because: linesOf(noise.slice(-2)),
            sinceMs: noise[0]?.atMs ?? nowMs,
          },
        ]
      : []),
    ...(broke.length >= flakyMin
      ? [
          {
            cause: "printer_flaky",
            proof: null,
            because: linesOf(broke.slice(-3)),
            sinceMs: broke[0]?.atMs ?? nowMs,
          },
        ]
      : []),
    ...(slow.length > 0
      ? [
          {
            cause: "printer_slow",
            proof: null,
            because: linesOf(slow),
            sinceMs: slow[0]?.atMs ?? nowMs,
          },
        ]
      : []),
  ];
}

/** A short pause is true, and rarely why a receipt didn't come out. */
const afterAllElse = 72;

function computerNow({ picture, nowMs, settings }: Case): readonly Suspicion[] {
  const seen = recent(picture, "computer", nowMs, settings.freshMs);
  const last = seen.at(-1);
  if (last === undefined) return [];
  const { fact } = last;
  const below = (value: number | null, min: number): boolean => value !== null && value < min;
  const frozen = seen.filter((one) => one.fact.loopDelayMs >= settings.frozenMs);
  const hung = frozen.filter((one) => one.fact.loopDelayMs >= settings.hungMs);
  const slow = seen.filter((one) => (one.fact.diskWriteMs ?? 0) >= settings.diskSlowMs);
  const say = (cause: string, of: readonly Seen<"computer">[], isProof: boolean): Suspicion => ({
    cause,
    proof: isProof ? (of.at(-1) ?? null) : null,
    because: linesOf(of.slice(-2)),
    sinceMs: of[0]?.atMs ?? nowMs,
  });
  return [
    ...(frozen.length > 0 && fact.loopDelayMs >= settings.frozenMs / 2
      ? [
          hung.length > 0
            ? say("till_frozen", hung, true)
            : { ...say("till_frozen", frozen, false), rank: afterAllElse },
        ]
      : []),
    ...(below(fact.diskFreeBytes, settings.diskFreeBytes) ? [say("disk_full", [last], true)] : []),
    ...(slow.length >= 2 ? [say("disk_slow", slow, true)] : []),
    ...(below(fact.memoryFreeBytes, settings.memoryFreeBytes)
      ? [say("memory_low", [last], false)]
      : []),
    ...(fact.undervoltage === true ? [say("undervoltage", [last], true)] : []),
  ];
}

/** What a real write to the data folder said. */
const diskCheck = ({ picture }: Case): readonly Suspicion[] =>
  allOf(picture, "self_check")
    .filter(({ fact }) => fact.check === "disk" && !fact.good)
    .map((seen) => ({
      cause: "check_disk",
      proof: seen,
      because: [lineOf(seen)],
      sinceMs: seen.atMs,
    }));

/** Before the computer's last sign of life and after its start: what happened to the printer then happened with it. */
const togetherMs = 60_000;

/**
 * A computer that restarted by itself. Where the printer's own last word fell in the same minute, it was the shop's
 * power; where the printer was merely gone then, it may have been.
 */
function restarts(given: Case): readonly Suspicion[] {
  const start = uncleanStart(given);
  if (start === null || start.fact.rebooted === false) return [];
  const proof = start.fact.rebooted === true ? start : null;
  const sinceMs = start.atMs - (start.fact.awayMs ?? 0);
  const own = printerPowerOff(given, start);
  const powerCut = (seen: readonly Evidence[], isTold: boolean): Suspicion => ({
    cause: "power_cut",
    proof: isTold ? proof : null,
    because: linesOf([start, ...seen]),
    sinceMs,
  });
  if (own !== null) return [powerCut([own], true)];
  const gone = printerGone(given, start);
  const restarted = { cause: "computer_restarted", proof, because: [lineOf(start)], sinceMs };
  return gone.length === 0 ? [restarted] : [restarted, powerCut(gone, false)];
}

const isAround = ({ atMs }: Evidence, start: Seen<"start">): boolean =>
  atMs >= start.atMs - (start.fact.awayMs ?? 0) - togetherMs && atMs <= start.atMs + togetherMs;

const printerPowerOff = ({ picture }: Case, start: Seen<"start">): Seen<"printer_line"> | null =>
  allOf(picture, "printer_line").findLast(
    (one) => one.fact.what === "power_off" && isAround(one, start),
  ) ?? null;

/** It answered before the stop, and after the start it wasn't there or had lost what was sent to it. */
function printerGone({ picture }: Case, start: Seen<"start">): readonly Evidence[] {
  const lost = allOf(picture, "job").filter(
    (one) => one.fact.doubt === "printer_lost_power" && isAround(one, start),
  );
  const printer = allOf(picture, "printer");
  const before = printer.findLast(({ atMs }) => atMs < start.atMs);
  const away = printer.filter(
    (one) => one.atMs >= start.atMs && one.fact.condition === "unreachable" && isAround(one, start),
  );
  const wasThere = before?.fact.reachable === true;
  return [...lost.slice(-1), ...(wasThere ? away.slice(0, 1) : [])];
}

function clock({ picture, nowMs, settings }: Case): readonly Suspicion[] {
  const seen = recent(picture, "clock", nowMs, settings.freshMs * 10).at(-1);
  if (seen === undefined || Math.abs(seen.fact.offsetMs) < settings.clockOffMs) return [];
  return [{ cause: "clock_wrong", proof: seen, because: [lineOf(seen)], sinceMs: seen.atMs }];
}

/** Both have to be known to be well: the printer by its last status, the computer by its last look. */
function against({ picture, nowMs, settings, sale }: Case): ReturnType<typeof linesOf> {
  const printer = newest(picture, "printer");
  const computer = recent(picture, "computer", nowMs, settings.freshMs).at(-1);
  const confirmed = allOf(picture, "job").findLast(
    ({ fact }) => fact.state === "confirmed" && (sale === null || fact.saleId === sale.sale.id),
  );
  const isPrinterWell = printer?.fact.condition === null && printer.fact.reachable;
  if (!isPrinterWell && confirmed === undefined) return [];
  return linesOf(
    [confirmed ?? null, printer, computer ?? null].filter((one) => one !== null),
  ).slice(0, 3);
}
