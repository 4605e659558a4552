/** Reads the times of the API and shortens them for the screen. */
import { daysFromCivil } from "../rules/time.ts";

/** Epoch milliseconds of an RFC 3339 time, or null for anything else. */
export function instantMs(time: string): number | null {
  const parts =
    /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:Z|([+-])(\d\d):(\d\d))$/.exec(
      time,
    );
  if (parts === null) return null;
  const at = (index: number): number => Number(parts[index] ?? 0);
  const offsetMinutes = (parts[8] === "-" ? -1 : 1) * (at(9) * 60 + at(10));
  const minutes = daysFromCivil(at(1), at(2), at(3)) * 1440 + at(4) * 60 + at(5) - offsetMinutes;
  return minutes * 60_000 + at(6) * 1000 + Math.floor(Number(`0.${parts[7] ?? 0}`) * 1000);
}

/** "17:21:06": the shop's clock, as the API wrote it (+08:00). */
export const clockText = (time: string | null): string => time?.slice(11, 19) ?? "";

/** "11-23 17:21": short day and time for lists. */
export const dayClockText = (time: string): string => `${time.slice(5, 10)} ${time.slice(11, 16)}`;

/** "11-23 17:21:06": the same where the order of what happened counts. */
export const daySecondText = (time: string): string => `${time.slice(5, 10)} ${clockText(time)}`;
