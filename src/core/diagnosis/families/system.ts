/** 系统故障. Our own self-checks and starts prove it; so do the provider's codes about our request. */
import type { Text } from "../../text/text.ts";
import type { Case, Judge, Suspicion } from "../case.ts";
import type { Seen } from "../evidence.ts";
import type { EvidenceLine } from "../finding.ts";
import { lineOf, linesOf } from "../lines.ts";
import { allOf, newest } from "../picture.ts";
import { uncleanStart } from "../touched.ts";
import { codeSuspicions, hintSuspicions } from "./codes.ts";

const asking: Text = {
  zh: "正在自检：密钥、设置、流水、版本。",
  en: "The installation checks itself: keys, settings, journal, version.",
};

export const system: Judge = (given) => {
  const suspicions = [
    ...checks(given),
    ...crashes(given),
    ...printerSettings(given),
    ...codeSuspicions(given, "system"),
    ...hintSuspicions(given, "system"),
  ];
  return { suspicions, against: suspicions.length > 0 ? [] : against(given), asking };
};

const checks = ({ picture }: Case): readonly Suspicion[] =>
  allOf(picture, "self_check")
    .filter(({ fact }) => !fact.good && fact.check !== "disk")
    .map((seen) => ({
      cause: `check_${seen.fact.check}`,
      proof: seen,
      because: [lineOf(seen)],
      sinceMs: seen.atMs,
    }));

/** The computer went on and our program didn't. Where it isn't known which, both families name it, unproven. */
function crashes(given: Case): readonly Suspicion[] {
  const { picture, sale } = given;
  const start = uncleanStart(given);
  const jobs = allOf(picture, "job").filter(
    ({ fact }) =>
      fact.doubt === "till_restarted" &&
      fact.state === "doubtful" &&
      (sale === null || fact.saleId === sale.sale.id),
  );
  const doubts = jobs.map((seen): Suspicion => ({
    cause: "till_restarted",
    proof: start?.fact.rebooted === false ? start : null,
    because: linesOf([seen, ...(start === null ? [] : [start])]),
    sinceMs: seen.atMs,
  }));
  if (start === null || start.fact.rebooted === true) return doubts;
  return [
    ...doubts,
    {
      cause: "till_crashed",
      proof: start.fact.rebooted === false ? start : null,
      because: [lineOf(start)],
      sinceMs: start.atMs - (start.fact.awayMs ?? 0),
    },
  ];
}

/** Papers that wait though the printer could take them. */
const ourHolds = ["not_printable", "hub_not_asked", "terminal_replaced"] as const;

/** No printer set up, content that can't be printed, or an address that never answered. */
function printerSettings({ picture, sale }: Case): readonly Suspicion[] {
  const seen = newest(picture, "printer");
  const ofSale = allOf(picture, "job").filter(
    ({ fact }) => sale === null || fact.saleId === sale.sale.id,
  );
  const newestOfEach = [...new Map(ofSale.map((job) => [job.fact.jobId, job])).values()];
  const unprintable = newestOfEach.flatMap((job): readonly Suspicion[] => {
    const cause = ourHolds.find((one) => one === job.fact.hold);
    if (cause === undefined) return [];
    return [{ cause, proof: job, because: [lineOf(job)], sinceMs: job.atMs }];
  });
  if (seen === null) return unprintable;
  if (seen.fact.condition === "no_printer")
    return [
      ...unprintable,
      { cause: "no_printer", proof: seen, because: [lineOf(seen)], sinceMs: seen.atMs },
    ];
  return neverReached(allOf(picture, "printer"))
    ? [
        ...unprintable,
        {
          cause: "printer_never_reached",
          proof: null,
          because: [lineOf(seen)],
          sinceMs: seen.atMs,
        },
      ]
    : unprintable;
}

const neverReached = (all: readonly Seen<"printer">[]): boolean =>
  all.at(-1)?.fact.condition === "unreachable" && !all.some(({ fact }) => fact.reachable);

/** What was checked and found good. */
function against({ picture }: Case): readonly EvidenceLine[] {
  const good = allOf(picture, "self_check").filter(({ fact }) => fact.good);
  return linesOf(good.slice(-3));
}
