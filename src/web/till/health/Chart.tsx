/** One series: its newest value, a small line, and the same as a table for those who read numbers. */
import type { SeriesView } from "../../../core/diagnosis/view.ts";
import { healthText } from "../../../core/text/health.ts";
import { chartOf, missingText, valueText } from "../../../core/till/chart.ts";
import { clockText, dayClockText } from "../../../core/till/clock.ts";
import { useSay } from "../../language/language.ts";

const width = 640;
const height = 64;
const tableRowsMax = 60;

export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

export function Chart({ series, span }: { readonly series: SeriesView; readonly span: Span }) {
  const say = useSay();
  const { name, unit, points } = series;
  const { path, gapXs, largest, newest } = chartOf(series, { ...span, width, height });
  const first = points[0]?.[0] ?? "";
  const last = points.at(-1)?.[0] ?? "";
  const label = say(healthText.chartOf, {
    name: say(name),
    from: dayClockText(first),
    to: dayClockText(last),
  });
  return (
    <section className="series">
      <h3>
        {say(name)}
        <span>
          {say(healthText.newest, { value: say(valueText(newest, series)) })}
          {unit === "state" || largest === null ? null : (
            <> · {say(healthText.most, { value: say(valueText(largest, series)) })}</>
          )}
          {gapXs.length === 0 ? null : <b> · {say(missingText(series, gapXs.length))}</b>}
        </span>
      </h3>
      <svg viewBox={`0 -4 ${width} ${height + 12}`} role="img" aria-label={label}>
        <path className="axis" d={`M0 ${height}H${width}M0 0H${width}`} />
        <path className={unit === "state" ? "line state" : "line"} d={path} />
        <path className="gaps" d={gapXs.map((x) => `M${x} ${height - 8}v14`).join("")} />
      </svg>
      <details>
        <summary>{say(healthText.asTable)}</summary>
        <Table series={series} />
      </details>
    </section>
  );
}

function Table({ series }: { readonly series: SeriesView }) {
  const { name, points } = series;
  const say = useSay();
  const rows = points.slice(-tableRowsMax).toReversed();
  return (
    <table>
      <caption>
        {say(name)} · {say(healthText.newestRows, { count: rows.length })}
      </caption>
      <thead>
        <tr>
          <th scope="col">{say(healthText.time)}</th>
          <th scope="col">{say(healthText.value)}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([at, value]) => (
          <tr key={at}>
            <td>{clockText(at)}</td>
            <td>{say(valueText(value, series))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
