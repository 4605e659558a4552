/** Alipay writes every time as `yyyy-MM-dd HH:mm:ss` in China's time (GMT+8, no summer time), whatever the machine's zone is. */
const chinaOffsetMs = 8 * 3_600_000;

/** `2026-11-23 08:22:42`; parts of a second are dropped, so an expiry never moves later. */
export const chinaTime = (epochMs: number): string =>
  new Date(epochMs + chinaOffsetMs).toISOString().slice(0, 19).replace("T", " ");

/** Epoch ms of such a text; null when it is no date that exists. Parts of a second are allowed and dropped. */
export function readChinaTime(text: string): number | null {
  const parts = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})(?:\.\d{1,3})?$/.exec(text);
  if (parts === null) return null;
  const epochMs = Date.parse(`${parts[1]}T${parts[2]}+08:00`);
  // Some engines roll the 31st of a short month over; what doesn't read back as written isn't a time.
  return Number.isNaN(epochMs) || chinaTime(epochMs) !== text.slice(0, 19) ? null : epochMs;
}
