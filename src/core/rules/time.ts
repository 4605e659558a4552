/**
 * China's civil time from epoch milliseconds. The shop, the provider and its bill all live in GMT+8, which has had no
 * daylight saving since 1991, so a fixed offset is exact and the zone of the machine never reaches a receipt.
 */
const dayMs = 86_400_000;
const offsetMs = 8 * 3_600_000;

/** "2026-01-31": the business day in which the instant falls. */
export function chinaDay(epochMs: number): string {
  const dayNumber = Math.floor((epochMs + offsetMs) / dayMs);
  if (dayNumber !== lastDay.number) {
    const { year, month, day } = civilDate(dayNumber);
    lastDay = { number: dayNumber, text: `${digits(year, 4)}-${pair(month)}-${pair(day)}` };
  }
  return lastDay.text;
}

/** A screen shows a dozen times, nearly always of one day. */
let lastDay = { number: Number.NaN, text: "" };

/** "2026-01-31 09:05:00": as people and Alipay's `timestamp` want it. */
export function chinaTime(epochMs: number): string {
  return `${chinaDay(epochMs)} ${clock(epochMs)}`;
}

/** "2026-01-31T09:05:00+08:00": as the API writes it (RFC 3339, whole seconds). */
export function rfc3339China(epochMs: number): string {
  return `${chinaDay(epochMs)}T${clock(epochMs)}+08:00`;
}

/** The same with milliseconds: "2026-01-31T09:05:00.120+08:00". */
export function rfc3339ChinaMillis(epochMs: number): string {
  const millis = Math.floor(epochMs) - Math.floor(epochMs / 1000) * 1000;
  return `${chinaDay(epochMs)}T${clock(epochMs)}.${digits(millis, 3)}+08:00`;
}

/**
 * Epoch ms of "2026-01-31 09:05:00", the seconds or the whole clock left out if need be, read as China's time; null
 * when it is no time that exists.
 */
export function parseChinaTime(text: string): number | null {
  const match = /^(\d{4})-(\d\d)-(\d\d)(?: (\d\d):(\d\d)(?::(\d\d))?)?$/.exec(text);
  if (match === null) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1)
    .map((part) => Number(part ?? 0));
  if (hour > 23 || minute > 59 || second > 59) return null;
  const clockMs = (hour * 3600 + minute * 60 + second) * 1000;
  const epochMs = daysFromCivil(year, month, day) * dayMs + clockMs - offsetMs;
  // The 30th of February would roll over into March: a day that doesn't come back as itself isn't one.
  return chinaDay(epochMs) === text.slice(0, 10) ? epochMs : null;
}

/** The day after, both as "2026-01-31". */
export const nextChinaDay = (day: string): string => chinaDay((parseChinaTime(day) ?? 0) + dayMs);

function clock(epochMs: number): string {
  const local = epochMs + offsetMs;
  const second = Math.floor((local - Math.floor(local / dayMs) * dayMs) / 1000);
  const minute = Math.floor(second / 60);
  return `${pair(Math.floor(minute / 60))}:${pair(minute % 60)}:${pair(second % 60)}`;
}

/** Two digits. */
const pair = (value: number): string => (value < 10 ? `0${value}` : String(value));

const digits = (value: number, count: number): string => String(value).padStart(count, "0");

/** Days from 1970-01-01 to a date of the Gregorian calendar (H. Hinnant, "days_from_civil"). */
export function daysFromCivil(year: number, month: number, day: number): number {
  const marchYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** The Gregorian date of a day counted from 1970-01-01 (H. Hinnant, "civil_from_days"). */
function civilDate(dayNumber: number): { year: number; month: number; day: number } {
  const shifted = dayNumber + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const leaps =
    Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leaps) / 365);
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1,
  };
}
