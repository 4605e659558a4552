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
import { notices } from "./notices.tsx";
import { qualifications } from "./qualifications.tsx";
import { RecordList } from "./RecordList.tsx";

/** What is being added or changed; null: nothing. `before` null: a new one. */
type Editing =
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
  const rest = { refused, onChanged: changed, onCancel: () => setEditing(null) };
  return (
    <Sheet title={healthText.recordsTitle}>
      <p className="lead">{say(healthText.recordsPlain)}</p>
      <RecordList
        kind={qualifications}
        records={records.qualifications}
        editing={editing?.kind === "qualification" ? editing : null}
        onEdit={(before) => setEditing({ kind: "qualification", before })}
        {...rest}
      />
      <RecordList
        kind={notices}
        records={records.notices}
        editing={editing?.kind === "notice" ? editing : null}
        onEdit={(before) => setEditing({ kind: "notice", before })}
        {...rest}
      />
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
