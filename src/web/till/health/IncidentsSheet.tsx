/** The list of incidents, newest first, open and closed. */
import { END_TEXTS } from "../../../core/text/diagnosis.ts";
import { useEffect, useState } from "react";
import type { IncidentRow } from "../../../core/diagnosis/view.ts";
import { durationText } from "../../../core/text/incident.ts";
import { healthText } from "../../../core/text/health.ts";
import { sheetText } from "../../../core/text/sheets.ts";
import type { Text } from "../../../core/text/text.ts";
import { daySecondText } from "../../../core/till/clock.ts";
import { get } from "../../box/box.ts";
import type { Answer } from "../../box/box.ts";
import { useSay } from "../../language/language.ts";
import { Tag } from "../../parts/Tag.tsx";
import { yuan } from "../../parts/yuan.ts";
import { useDesk } from "../desk/context.ts";
import { Verdict } from "../incident/Verdict.tsx";
import { Saying } from "../sheets/Saying.tsx";
import { Sheet } from "../sheets/Sheet.tsx";

interface Page {
  readonly data: readonly IncidentRow[];
  readonly next_cursor: string | null;
}

const pageSize = 20;

const address = (cursor: string | null): string => {
  const asked = new URLSearchParams({ limit: String(pageSize) });
  if (cursor !== null) asked.set("cursor", cursor);
  return `/api/incidents?${asked}`;
};

/** The pages so far with one more. */
async function readPage(before: Page | null): Promise<Answer<Page>> {
  const answer = await get<Page>(address(before?.next_cursor ?? null));
  if (!answer.ok || before === null) return answer;
  const { data, next_cursor } = answer.value;
  return { ok: true, value: { data: [...before.data, ...data], next_cursor } };
}

export function IncidentsSheet() {
  const say = useSay();
  const [page, setPage] = useState<Page | null>(null);
  const [problem, setProblem] = useState<Text | null>(null);
  const take = (answer: Answer<Page>): void => {
    if (answer.ok) setPage(answer.value);
    else setProblem(answer.text);
  };
  useEffect(() => void readPage(null).then(take), []);
  return (
    <Sheet title={healthText.incidentsTitle}>
      {page === null ? (
        <Saying text={problem ?? sheetText.loading} bad={problem !== null} />
      ) : page.data.length === 0 ? (
        <Saying text={healthText.noIncidents} />
      ) : (
        <ul className="rows">
          {page.data.map((row) => (
            <Row key={row.id} row={row} />
          ))}
        </ul>
      )}
      {page === null || page.next_cursor === null ? null : (
        <button type="button" className="plain wide" onClick={() => void readPage(page).then(take)}>
          {say(healthText.loadMore)}
        </button>
      )}
    </Sheet>
  );
}

function Row({ row }: { readonly row: IncidentRow }) {
  const desk = useDesk();
  const say = useSay();
  return (
    <li>
      <button
        type="button"
        className="row incident-row"
        onClick={() => desk.open({ kind: "incident", incidentId: row.id })}
      >
        <span className="when">{daySecondText(row.opened_at)}</span>
        <b className="grow">{say(row.title)}</b>
        <span className="no">{row.case_no}</span>
        <span className="tags">
          {row.verdict === null ? null : <Verdict verdict={row.verdict} />}
          {row.ended === null ? (
            <Tag tone="care" text={healthText.openNow} />
          ) : (
            <Tag tone="good" text={END_TEXTS[row.ended]} />
          )}
          {row.took_ms === null ? null : (
            <span className="quiet-line">
              {say(row.sale_id === null ? healthText.tookTime : healthText.waitedTime, {
                took: say(durationText(row.took_ms)),
              })}
            </span>
          )}
        </span>
        {row.amount_fen === null ? null : <b className="money">￥{yuan(row.amount_fen)}</b>}
      </button>
    </li>
  );
}
