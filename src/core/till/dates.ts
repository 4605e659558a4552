/** Days and times as a person types them, in the shop's time (+08:00). Null: not one. */
import { rfc3339China } from "../rules/time.ts";
import { instantMs } from "./clock.ts";

/** "2026-12-31" as the last second of that day. */
export const endOfDay = (text: string): string | null => {
  const day = /^(\d{4}-\d\d-\d\d)$/.exec(text.trim())?.[1];
  return day === undefined ? null : real(`${day}T23:59:59+08:00`);
};

/** "2026-12-31 02:00". */
export const minuteOf = (text: string): string | null => {
  const parts = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d)$/.exec(text.trim());
  return parts === null ? null : real(`${parts[1]}T${parts[2]}:00+08:00`);
};

/** February 30 is no day: what isn't written back the same is refused. */
function real(time: string): string | null {
  const ms = instantMs(time);
  if (ms === null) return null;
  return instantMs(rfc3339China(ms)) === ms && sameDay(rfc3339China(ms), time) ? time : null;
}

const sameDay = (one: string, other: string): boolean => one.slice(0, 16) === other.slice(0, 16);

/** What stands in the field for a time of the API. */
export const dayTyped = (time: string | null): string => time?.slice(0, 10) ?? "";
export const minuteTyped = (time: string): string => time.slice(0, 16).replace("T", " ");
