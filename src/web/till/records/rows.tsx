/** One qualification, one notice: how it stands, until when, who says so; the owner changes or removes it. */
import { useState } from "react";
import type { NoticeView, QualificationView } from "../../../core/records/view.ts";
import {
  healthText,
  noticePhaseText,
  qualificationStateText,
  qualificationText,
  scopeText,
} from "../../../core/text/health.ts";
import { sheetText } from "../../../core/text/sheets.ts";
import type { Text } from "../../../core/text/text.ts";
import { dayTyped, minuteTyped } from "../../../core/till/dates.ts";
import type { Tone } from "../../../core/till/parts.ts";
import { remove } from "../../box/box.ts";
import { useSay } from "../../language/language.ts";
import { Tag } from "../../parts/Tag.tsx";
import { useDesk } from "../desk/context.ts";
import type { Editing } from "./RecordsSheet.tsx";

interface Changes {
  /** Why this operator may not change it. */
  readonly refused: Text | null;
  readonly onChanged: (text: Text) => void;
  readonly onEdit: (editing: Editing) => void;
}

const STATE_TONE: Record<QualificationView["state"], Tone> = {
  valid: "good",
  expiring: "care",
  expired: "bad",
  missing: "bad",
  frozen: "bad",
  limited: "care",
  withdrawn: "calm",
};

export function QualificationRow({
  one,
  ...changes
}: { readonly one: QualificationView } & Changes) {
  const say = useSay();
  const until =
    one.until === null
      ? say(healthText.untilNone)
      : say(healthText.untilOf, { day: dayTyped(one.until) });
  return (
    <li>
      <div>
        <b>{say(qualificationText[one.what])}</b>{" "}
        <Tag tone={STATE_TONE[one.state]} text={qualificationStateText[one.state]} /> {until}
        {one.note === "" ? null : <span> · {one.note}</span>}
        <small>{one.source}</small>
      </div>
      <RowActs
        path={`/api/qualifications/${encodeURIComponent(one.id)}`}
        byHand={one.by_hand}
        edit={() => changes.onEdit({ kind: "qualification", before: one })}
        {...changes}
      />
    </li>
  );
}

const PHASE_TONE: Record<NoticeView["phase"], Tone> = { ahead: "wait", now: "care", over: "calm" };

export function NoticeRow({ one, ...changes }: { readonly one: NoticeView } & Changes) {
  const say = useSay();
  return (
    <li>
      <div>
        <b>{say(scopeText[one.scope])}</b>{" "}
        <Tag tone={PHASE_TONE[one.phase]} text={noticePhaseText[one.phase]} />{" "}
        {minuteTyped(one.from)} – {minuteTyped(one.until)}
        <span className="notice-title">{one.title}</span>
        <small>{one.source}</small>
      </div>
      <RowActs
        path={`/api/notices/${encodeURIComponent(one.id)}`}
        byHand={one.by_hand}
        edit={() => changes.onEdit({ kind: "notice", before: one })}
        {...changes}
      />
    </li>
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
