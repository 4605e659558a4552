/** Announced windows of maintenance. */
import { noticeScopes } from "../../../core/records/records.ts";
import type { NoticeView } from "../../../core/records/view.ts";
import { healthText, noticePhaseText, scopeText } from "../../../core/text/health.ts";
import { instantMs } from "../../../core/till/clock.ts";
import { minuteOf, minuteTyped } from "../../../core/till/dates.ts";
import type { Tone } from "../../../core/till/parts.ts";
import { useSay } from "../../language/language.ts";
import { Tag } from "../../parts/Tag.tsx";
import { choice, line, type RecordKind } from "./kind.ts";

export const notices: RecordKind<NoticeView, "scope" | "from" | "until" | "title"> = {
  path: "/api/notices",
  title: healthText.notices,
  none: healthText.noNotices,
  rows: [
    [choice("scope", healthText.scope, noticeScopes, scopeText)],
    [
      line("from", healthText.from, 16, healthText.timeForm),
      line("until", healthText.to, 16, healthText.timeForm),
    ],
    [line("title", healthText.title, 200)],
  ],
  filled: (before) => ({
    scope: before?.scope ?? "provider",
    from: before === null ? "" : minuteTyped(before.from),
    until: before === null ? "" : minuteTyped(before.until),
    title: before?.title ?? "",
  }),
  asked({ scope, from, until, title }, before) {
    const window = windowOf(from, until);
    if (window === null) return { wrong: healthText.timeWrong };
    if (title.trim() === "") return { wrong: healthText.textMissing };
    return { body: { id: before?.id ?? null, scope, ...window, title: title.trim() } };
  },
  About,
};

/** Both ends as the API wants them; null when one is no time or they are the wrong way round. */
function windowOf(from: string, until: string): { from: string; until: string } | null {
  const start = minuteOf(from);
  const end = minuteOf(until);
  if (start === null || end === null) return null;
  return (instantMs(start) ?? 0) < (instantMs(end) ?? 0) ? { from: start, until: end } : null;
}

const PHASE_TONE: Record<NoticeView["phase"], Tone> = { ahead: "wait", now: "care", over: "calm" };

function About({ one }: { readonly one: NoticeView }) {
  const say = useSay();
  return (
    <>
      <b>{say(scopeText[one.scope])}</b>{" "}
      <Tag tone={PHASE_TONE[one.phase]} text={noticePhaseText[one.phase]} /> {minuteTyped(one.from)}{" "}
      – {minuteTyped(one.until)}
      <span className="notice-title">{one.title}</span>
    </>
  );
}
