/** Qualifications and notices: read by anybody, changed by the owner. */
import { useEffect, useState } from "react";
import type { FeedView, NoticeView, QualificationView } from "../../../core/records/view.ts";
import { healthText } from "../../../core/text/health.ts";
import { sheetText } from "../../../core/text/sheets.ts";
import type { Text } from "../../../core/text/text.ts";
import type { TillView } from "../../../core/till/view.ts";
import { dayClockText } from "../../../core/till/clock.ts";
import { get } from "../../box/box.ts";
import { useSay } from "../../language/language.ts";
import { useDesk } from "../desk/context.ts";
import { Saying } from "../sheets/Saying.tsx";
import { Sheet } from "../sheets/Sheet.tsx";
import { NoticeForm } from "./NoticeForm.tsx";
import { NoticeRow, QualificationRow } from "./rows.tsx";
import { QualificationForm } from "./QualificationForm.tsx";

/** What is being added or changed; null: nothing. `before` null: a new one. */
export type Editing =
  | { readonly kind: "qualification"; readonly before: QualificationView | null }
  | { readonly kind: "notice"; readonly before: NoticeView | null }
  | null;

interface Records {
  readonly qualifications: readonly QualificationView[];
  readonly notices: readonly NoticeView[];
  readonly feed: FeedView | null;
}

export function RecordsSheet({ view }: { readonly view: TillView }) {
  const say = useSay();
  const desk = useDesk();
  const [editing, setEditing] = useState<Editing>(null);
  const { records, problem, again } = useRecords();
  const refused = view.operator?.role === "owner" ? null : healthText.ownerOnly;
  const changed = (text: Text): void => {
    setEditing(null);
    again();
    desk.notify({ tone: "good", text });
  };
  if (records === null) {
    return (
      <Sheet title={healthText.recordsTitle}>
        <Saying text={problem ?? sheetText.loading} bad={problem !== null} />
      </Sheet>
    );
  }
  const rest = { refused, onChanged: changed, onEdit: setEditing };
  return (
    <Sheet title={healthText.recordsTitle}>
      <p className="lead">{say(healthText.recordsPlain)}</p>
      <section>
        <ListHead
          title={healthText.qualifications}
          refused={refused}
          onAdd={() => setEditing({ kind: "qualification", before: null })}
        />
        {records.qualifications.length === 0 ? (
          <Saying text={healthText.noQualifications} />
        ) : (
          <ul className="plain-rows records">
            {records.qualifications.map((one) => (
              <QualificationRow key={one.id} one={one} {...rest} />
            ))}
          </ul>
        )}
        {editing?.kind === "qualification" ? (
          <QualificationForm
            key={editing.before?.id ?? ""}
            before={editing.before}
            onChanged={changed}
            onCancel={() => setEditing(null)}
          />
        ) : null}
      </section>
      <section>
        <ListHead
          title={healthText.notices}
          refused={refused}
          onAdd={() => setEditing({ kind: "notice", before: null })}
        />
        {records.notices.length === 0 ? (
          <Saying text={healthText.noNotices} />
        ) : (
          <ul className="plain-rows records">
            {records.notices.map((one) => (
              <NoticeRow key={one.id} one={one} {...rest} />
            ))}
          </ul>
        )}
        {editing?.kind === "notice" ? (
          <NoticeForm
            key={editing.before?.id ?? ""}
            before={editing.before}
            onChanged={changed}
            onCancel={() => setEditing(null)}
          />
        ) : null}
      </section>
      {records.feed === null ? null : <Feed feed={records.feed} />}
    </Sheet>
  );
}

/** Where else they come from, and whether that was read. */
function Feed({ feed }: { readonly feed: FeedView }) {
  const say = useSay();
  const { address, read_at: readAt, error } = feed;
  if (address === null) return <p className="quiet-line">{say(healthText.feedNone)}</p>;
  const time = readAt === null ? "–" : dayClockText(readAt);
  return (
    <div className="quiet-line">
      <p>{say(healthText.feedOf, { address, time })}</p>
      {error === null ? null : (
        <p className="notice care">{say(healthText.feedFailed, { error })}</p>
      )}
    </div>
  );
}

function ListHead({
  title,
  refused,
  onAdd,
}: {
  readonly title: Text;
  readonly refused: Text | null;
  readonly onAdd: () => void;
}) {
  const desk = useDesk();
  const say = useSay();
  return (
    <div className="list-head">
      <h2>{say(title)}</h2>
      <button
        type="button"
        className="plain"
        aria-disabled={refused !== null || undefined}
        aria-label={`${say(healthText.add)}: ${say(title)}`}
        onClick={() => (refused === null ? onAdd() : desk.notify({ tone: "care", text: refused }))}
      >
        <span className="label">
          {say(healthText.add)}
          {refused === null ? null : <small>{say(refused)}</small>}
        </span>
      </button>
    </div>
  );
}

function useRecords(): {
  readonly records: Records | null;
  readonly problem: Text | null;
  readonly again: () => void;
} {
  const [reading, setReading] = useState(0);
  const [records, setRecords] = useState<Records | null>(null);
  const [problem, setProblem] = useState<Text | null>(null);
  useEffect(() => {
    let left = false;
    void Promise.all([
      get<{ data: readonly QualificationView[]; feed?: FeedView }>("/api/qualifications"),
      get<{ data: readonly NoticeView[] }>("/api/notices"),
    ]).then(([qualifications, notices]) => {
      if (left) return;
      if (!qualifications.ok) return setProblem(qualifications.text);
      if (!notices.ok) return setProblem(notices.text);
      setRecords({
        qualifications: qualifications.value.data,
        notices: notices.value.data,
        feed: qualifications.value.feed ?? null,
      });
    });
    return () => {
      left = true;
    };
  }, [reading]);
  return { records, problem, again: () => setReading((count) => count + 1) };
}
