/** One half of the sheet: the records of a kind, the form of the one at hand, and what the owner can do. */
import { useState } from "react";
import { healthText } from "../../../core/text/health.ts";
import { sheetText } from "../../../core/text/sheets.ts";
import type { Text } from "../../../core/text/text.ts";
import { remove } from "../../box/box.ts";
import { useSay } from "../../language/language.ts";
import { useDesk } from "../desk/context.ts";
import { Saying } from "../sheets/Saying.tsx";
import type { AnyRecord, RecordKind } from "./kind.ts";
import { RecordForm } from "./RecordForm.tsx";

interface Changes {
  /** Why this operator may not change them. */
  readonly refused: Text | null;
  readonly onChanged: (text: Text) => void;
}

export function RecordList<View extends AnyRecord, Name extends string>({
  kind,
  records,
  editing,
  onEdit,
  onCancel,
  ...changes
}: {
  readonly kind: RecordKind<View, Name>;
  readonly records: readonly View[];
  /** What the form is open for; `before` null: a new one. */
  readonly editing: { readonly before: View | null } | null;
  readonly onEdit: (before: View | null) => void;
  readonly onCancel: () => void;
} & Changes) {
  const { About } = kind;
  return (
    <section>
      <ListHead title={kind.title} refused={changes.refused} onAdd={() => onEdit(null)} />
      {records.length === 0 ? (
        <Saying text={kind.none} />
      ) : (
        <ul className="plain-rows records">
          {records.map((one) => (
            <li key={one.id}>
              <div>
                <About one={one} />
                <small>{one.source}</small>
              </div>
              <RowActs
                path={`${kind.path}/${encodeURIComponent(one.id)}`}
                byHand={one.by_hand}
                edit={() => onEdit(one)}
                {...changes}
              />
            </li>
          ))}
        </ul>
      )}
      {editing === null ? null : (
        <RecordForm
          key={editing.before?.id ?? ""}
          kind={kind}
          before={editing.before}
          onChanged={changes.onChanged}
          onCancel={onCancel}
        />
      )}
    </section>
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

/** Removing asks once more, in place. */
function RowActs({
  path,
  byHand,
  edit,
  refused,
  onChanged,
}: {
  readonly path: string;
  readonly byHand: boolean;
  readonly edit: () => void;
} & Changes) {
  const desk = useDesk();
  const say = useSay();
  const [asked, setAsked] = useState(false);
  const whyNotRemove = refused ?? (byHand ? null : healthText.fromFeed);
  const act = (why: Text | null, deed: () => void): void =>
    why === null ? deed() : desk.notify({ tone: "care", text: why });
  const removeIt = async (): Promise<void> => {
    const answer = await remove(path);
    if (answer.ok) onChanged(healthText.removed);
    else desk.notify({ tone: "bad", text: answer.text });
  };
  return (
    <div className="row-acts">
      <button
        type="button"
        className="plain"
        aria-disabled={refused !== null || undefined}
        onClick={() => act(refused, edit)}
      >
        {say(healthText.edit)}
      </button>
      <button
        type="button"
        className="plain"
        aria-disabled={whyNotRemove !== null || undefined}
        onClick={() => act(whyNotRemove, () => (asked ? void removeIt() : setAsked(true)))}
      >
        {say(asked ? healthText.removeSure : healthText.remove)}
      </button>
      {asked ? (
        <button type="button" className="plain" onClick={() => setAsked(false)}>
          {say(sheetText.cancel)}
        </button>
      ) : null}
    </div>
  );
}
