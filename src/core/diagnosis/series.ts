/** Evidence as numbers over time, for the page that shows it. Which fact gives which series is one total table. */
import { rfc3339China } from "../rules/time.ts";
import { SOURCES, TARGET_TEXTS } from "../text/evidence.ts";
import { fill, type Text } from "../text/text.ts";
import type { Evidence, FactOf, Kind } from "./evidence.ts";
import type { SeriesView } from "./view.ts";

interface Point {
  readonly id: string;
  readonly name: Text;
  readonly unit: SeriesView["unit"];
  readonly value: number | null;
}

const t = (zh: string, en: string): Text => ({ zh, en });
const none = (): readonly Point[] => [];

const measured = (points: readonly Point[]): readonly Point[] =>
  points.filter(({ value }) => value !== null);

const POINTS: { readonly [K in Kind]: (fact: FactOf<K>) => readonly Point[] } = {
  reach: ({ target, path, ms, failure }) => {
    const id = `reach.${target}.${path}`;
    const name = fill(t("{target}（{path}）", "{target} ({path})"), {
      target: TARGET_TEXTS[target],
      path,
    });
    // A card is up or it isn't; how fast it says so is no measure of anything.
    return target === "interface"
      ? [{ id, name, unit: "state", value: failure === null ? 0 : 2 }]
      : [{ id, name, unit: "ms", value: failure === null ? ms : null }];
  },
  provider_call: ({ ms, unknown, code }) => [
    {
      id: "provider.call",
      name: t("支付宝应答时间", "Alipay's answers"),
      unit: "ms",
      value: unknown === null || code !== null ? ms : null,
    },
  ],
  elsewhere: none,
  printer: ({ condition, paperLow }) => [
    {
      id: "printer.state",
      name: SOURCES.printer,
      unit: "state",
      value: condition !== null ? 2 : paperLow ? 1 : 0,
    },
  ],
  printer_line: none,
  print_time: ({ ms }) => [
    { id: "printer.time", name: t("出票时间", "Print time"), unit: "ms", value: ms },
  ],
  job: none,
  attempt: none,
  // What wasn't looked at this time, or what this system doesn't tell, is no point: nobody was asked and kept silent.
  computer: (fact) =>
    measured([
      {
        id: "computer.loop",
        name: t("程序响应延迟", "Event loop delay"),
        unit: "ms",
        value: fact.loopDelayMs,
      },
      {
        id: "computer.disk",
        name: t("磁盘剩余", "Disk free"),
        unit: "bytes",
        value: fact.diskFreeBytes,
      },
      {
        id: "computer.memory",
        name: t("内存剩余", "Memory free"),
        unit: "bytes",
        value: fact.memoryFreeBytes,
      },
      {
        id: "computer.write",
        name: t("写盘时间", "Disk write"),
        unit: "ms",
        value: fact.diskWriteMs,
      },
    ]),
  clock: ({ against, offsetMs }) => [
    {
      id: `clock.${against}`,
      name: t("时钟偏差", "Clock offset"),
      unit: "ms",
      value: offsetMs,
    },
  ],
  start: none,
  self_check: none,
  act: none,
  qualification: none,
  notice: none,
};

const pointsOf = ({ fact }: Evidence): readonly Point[] =>
  (POINTS[fact.kind] as (one: typeof fact) => readonly Point[])(fact);

const pointsMax = 240;

/** `wanted`: one series by id; null: all. Points are thinned to what a screen can show; a failure is never thinned away. */
export function seriesOf(
  evidence: readonly Evidence[],
  wanted: string | null,
): readonly SeriesView[] {
  const byId = new Map<string, { head: Point; points: (readonly [number, number | null])[] }>();
  for (const one of evidence) {
    for (const point of pointsOf(one)) {
      if (wanted !== null && point.id !== wanted) continue;
      const row = byId.get(point.id) ?? { head: point, points: [] };
      row.points.push([one.atMs, point.value]);
      byId.set(point.id, row);
    }
  }
  return [...byId.values()].map(({ head, points }) => ({
    id: head.id,
    name: head.name,
    unit: head.unit,
    points: thinned(points).map(([atMs, value]) => [rfc3339China(atMs), value] as const),
  }));
}

/** Of each run the worst is kept: no answer, else the largest. */
function thinned(
  points: readonly (readonly [number, number | null])[],
): readonly (readonly [number, number | null])[] {
  const run = Math.ceil(points.length / pointsMax);
  if (run <= 1) return points;
  const kept: (readonly [number, number | null])[] = [];
  for (let at = 0; at < points.length; at += run) {
    const part = points.slice(at, at + run);
    const worst = part.reduce((a, b) => (a[1] === null || (b[1] !== null && a[1] >= b[1]) ? a : b));
    kept.push(worst);
  }
  return kept;
}
