/** What was measured: network by target and path, provider calls, printer, this computer; a quarter of an hour or a day. */
import { useEffect, useState } from "react";
import type { SeriesView } from "../../../core/diagnosis/view.ts";
import { healthText } from "../../../core/text/health.ts";
import { sheetText } from "../../../core/text/sheets.ts";
import type { Text } from "../../../core/text/text.ts";
import { get } from "../../box/box.ts";
import { useSay } from "../../language/language.ts";
import { useDeskState } from "../desk/context.ts";
import { Saying } from "../sheets/Saying.tsx";
import { Sheet } from "../sheets/Sheet.tsx";
import { Chart, type Span } from "./Chart.tsx";

const RANGES = [
  [15, healthText.minutes15],
  [1440, healthText.hours24],
] as const;

const GROUPS: readonly (readonly [title: Text, ids: RegExp])[] = [
  [healthText.groupNetwork, /^(reach|clock\.hub)/],
  [healthText.groupProvider, /^provider/],
  [healthText.groupPrinter, /^print/],
  [healthText.groupComputer, /^(computer|clock)/],
];

/** Each series stands in the first group that takes it, the rest at the end. */
function grouped(all: readonly SeriesView[]) {
  let rest = all;
  return GROUPS.map(([title, ids]) => {
    const mine = rest.filter(({ id }) => ids.test(id));
    rest = rest.filter(({ id }) => !ids.test(id));
    return { title, series: title === healthText.groupComputer ? [...mine, ...rest] : mine };
  }).filter(({ series }) => series.length > 0);
}

interface Read {
  readonly minutes: number;
  readonly span: Span;
  readonly series: readonly SeriesView[];
}

const readAgainMs = 10_000;
const msPerMinute = 60_000;

export function EvidenceSheet() {
  const say = useSay();
  const [minutes, setMinutes] = useState<number>(RANGES[0][0]);
  const { read, problem } = useEvidence(minutes);
  const groups = read === null ? [] : grouped(read.series);
  return (
    <Sheet title={healthText.evidenceTitle}>
      <fieldset className="ranges">
        <legend className="unseen">{say(healthText.range)}</legend>
        {RANGES.map(([value, text]) => (
          <label key={value} className="choice">
            <input
              type="radio"
              name="range"
              checked={minutes === value}
              onChange={() => setMinutes(value)}
            />
            <span>{say(text)}</span>
          </label>
        ))}
      </fieldset>
      {read === null ? (
        <Saying text={problem ?? sheetText.loading} bad={problem !== null} />
      ) : groups.length === 0 ? (
        <Saying text={healthText.nothingMeasured} />
      ) : (
        groups.map(({ title, series }) => (
          <section key={title.zh} className="series-group">
            <h2>{say(title)}</h2>
            {series.map((one) => (
              <Chart key={one.id} series={one} span={read.span} />
            ))}
          </section>
        ))
      )}
    </Sheet>
  );
}

/** Read again while it is open: a person watches whether a step helped. */
function useEvidence(minutes: number): {
  readonly read: Read | null;
  readonly problem: Text | null;
} {
  const { offsetMs } = useDeskState();
  const [read, setRead] = useState<Read | null>(null);
  const [problem, setProblem] = useState<Text | null>(null);
  useEffect(() => {
    let left = false;
    const ask = async (): Promise<void> => {
      const answer = await get<{ data: readonly SeriesView[] }>(`/api/evidence?minutes=${minutes}`);
      if (left) return;
      if (!answer.ok) return setProblem(answer.text);
      const toMs = Date.now() + offsetMs;
      const span = { fromMs: toMs - minutes * msPerMinute, toMs };
      setRead({ minutes, span, series: answer.value.data });
    };
    void ask();
    const timer = setInterval(() => void ask(), readAgainMs);
    return () => {
      left = true;
      clearInterval(timer);
    };
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the clock's offset moves with each frame and needs no new read
  }, [minutes]);
  return { read: read?.minutes === minutes ? read : null, problem };
}
