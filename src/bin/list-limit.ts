/** How many rows a list shows: the same numbers and words for every list. */
import { InputError } from "./input-error.ts";

/** What `--limit` says. Throws InputError. */
export function listLimit(text: string): string {
  if (/^(?:[1-9]\d?|100)$/.test(text)) return text;
  throw new InputError("bad_request", {
    zh: `--limit ${text} 不对，请写 1 到 100。`,
    en: `--limit ${text} is wrong; use 1 to 100.`,
  });
}
