/** The gateway writes and reads China's time (GMT+8, no summer time) whatever zone the machine has. */
const offsetMs = 8 * 3_600_000;
const dayMs = 86_400_000;

const two = (value: number): string => String(value).padStart(2, "0");

/** Days since 1970-01-01 to year, month, day (proleptic Gregorian; H. Hinnant, chrono-compatible date algorithms). */
function civil(days: number): { year: number; month: number; day: number } {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
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

function daysFromCivil(year: number, month: number, day: number): number {
  const marchYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** "2026-11-23" for epoch ms. */
export function chinaDay(ms: number): string {
  const { year, month, day } = civil(Math.floor((ms + offsetMs) / dayMs));
  return `${year}-${two(month)}-${two(day)}`;
}

/** "2026-11-23 16:22:42" for epoch ms. */
export function chinaText(ms: number): string {
  const second = Math.floor((((ms + offsetMs) % dayMs) + dayMs) / 1000) % 86_400;
  const clock = [Math.floor(second / 3600), Math.floor(second / 60) % 60, second % 60];
  return `${chinaDay(ms)} ${clock.map(two).join(":")}`;
}

/** Reads "yyyy-MM-dd HH:mm[:ss]" or "yyyy-MM-dd" as China's time: epoch ms, or null when it isn't one. */
export function parseChina(text: string): number | null {
  const match = /^(\d{4})-(\d\d)-(\d\d)(?: (\d\d):(\d\d)(?::(\d\d))?)?$/.exec(text);
  if (match === null) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1)
    .map((part) => Number(part ?? 0));
  if (hour > 23 || minute > 59 || second > 59) return null;
  const ms =
    daysFromCivil(year, month, day) * dayMs +
    (hour * 3600 + minute * 60 + second) * 1000 -
    offsetMs;
  // 2026-02-30 would roll over into March: a day that doesn't come back as itself isn't one.
  return chinaDay(ms) === text.slice(0, 10) ? ms : null;
}

/** The day after, both as yyyy-MM-dd. */
export const nextDay = (day: string): string => chinaDay((parseChina(day) ?? 0) + dayMs);
