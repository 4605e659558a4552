/** A series as a small drawing: pure geometry, so that the page only draws. */
import type { SeriesView } from "../diagnosis/view.ts";
import { healthText } from "../text/health.ts";
import { fill, type Text } from "../text/text.ts";
import { instantMs } from "./clock.ts";

export interface Chart {
  /** An SVG path; it is broken where there was no value. */
  readonly path: string;
  /** Where on the time axis there was no value. */
  readonly gapXs: readonly number[];
  readonly largest: number | null;
  readonly newest: number | null;
}

export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly fromMs: number;
  readonly toMs: number;
}

/** A flat line of zeros needs a scale too. */
const largestMin = 1;
/** States are drawn on their own scale: fine, care, fault. */
const stateMax = 2;

export function chartOf({ points, unit }: SeriesView, frame: Frame): Chart {
  const inside = points.flatMap(([at, value]) => {
    const ms = instantMs(at);
    const isIn = ms !== null && ms >= frame.fromMs && ms <= frame.toMs;
    return isIn ? [{ x: xOf(ms, frame), value }] : [];
  });
  const values = inside.flatMap(({ value }) => (value === null ? [] : [value]));
  const largest = values.length === 0 ? null : Math.max(...values);
  const top = unit === "state" ? stateMax : unit === "percent" ? 100 : (largest ?? largestMin);
  const yOf = (value: number): number =>
    round(frame.height * (1 - value / Math.max(top, largestMin)));
  return {
    path: unit === "state" ? stepsOf(inside, yOf) : lineOf(inside, yOf),
    gapXs: inside.filter(({ value }) => value === null).map(({ x }) => x),
    largest,
    newest: inside.at(-1)?.value ?? null,
  };
}

interface Dot {
  readonly x: number;
  readonly value: number | null;
}

const round = (value: number): number => Math.round(value * 10) / 10;

const xOf = (ms: number, { width, fromMs, toMs }: Frame): number =>
  round(toMs === fromMs ? width : (width * (ms - fromMs)) / (toMs - fromMs));

function lineOf(dots: readonly Dot[], yOf: (value: number) => number): string {
  let pen = "M";
  let path = "";
  for (const { x, value } of dots) {
    if (value === null) {
      pen = "M";
      continue;
    }
    // A single value between two gaps is still drawn, as a dot.
    path += `${pen}${x} ${yOf(value)}${pen === "M" ? "h0" : ""}`;
    pen = "L";
  }
  return path;
}

/** A state holds until the next one is seen. */
function stepsOf(dots: readonly Dot[], yOf: (value: number) => number): string {
  let path = "";
  for (const { x, value } of dots) {
    if (value === null) continue;
    path += path === "" ? `M${x} ${yOf(value)}h0` : `H${x}V${yOf(value)}`;
  }
  return path;
}

const bytesPerStep = 1024;
const byteNames = ["B", "kB", "MB", "GB", "TB"] as const;

/** A point without a value: who was asked kept silent; what was measured gave nothing. */
export const missingText = ({ id }: Pick<SeriesView, "id">, count: number | null): Text => {
  const isAsked = /^(reach|provider)\./.test(id);
  if (count === null) return isAsked ? healthText.noAnswer : healthText.notMeasured;
  return fill(isAsked ? healthText.noAnswers : healthText.notMeasuredTimes, { count });
};

/** A value of this series with its unit, short enough for a line. */
export function valueText(value: number | null, series: Pick<SeriesView, "id" | "unit">): Text {
  if (value === null) return missingText(series, null);
  switch (series.unit) {
    case "ms":
      return same(`${value >= 10 ? Math.round(value) : round(value)} ms`);
    case "percent":
      return same(`${round(value)} %`);
    case "bytes":
      return same(bytesText(value));
    case "state":
      return value <= 0
        ? healthText.stateGood
        : value < stateMax
          ? healthText.stateCare
          : healthText.stateBad;
  }
}

const same = (text: string): Text => ({ zh: text, en: text });

function bytesText(bytes: number): string {
  let value = bytes;
  let step = 0;
  while (value >= bytesPerStep && step < byteNames.length - 1) {
    value /= bytesPerStep;
    step += 1;
  }
  return `${round(value)} ${byteNames[step] ?? ""}`;
}
