/** A feed of qualifications and notices behind a file or an http(s) address: bounded in time and size, never rejects. */
import { readFile, stat } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { FeedRead, RecordFeed } from "../../../ports/records.ts";
import { readFeedText } from "./feed-form.ts";
import { getText } from "./get-text.ts";

const bytesMax = 262_144;
const timeoutMsDefault = 10_000;

/** A folder's path, file: or http(s) address. */
export function openFeed(address: string, { timeoutMs = timeoutMsDefault } = {}): RecordFeed {
  const remote = /^https?:/i.test(address);
  const source = remote ? new URL(address).host : address;
  const read = remote
    ? webReader(address, timeoutMs)
    : fileReader(/^file:/i.test(address) ? fileURLToPath(address) : address);
  return {
    // A name, a password or a token in it is for the feed alone: what is shown and logged goes without.
    address: remote ? shownAddress(address) : address,
    read: async () => {
      try {
        const text = await read();
        if (text === null) return { kind: "unchanged" };
        const records = readFeedText(text, source);
        return typeof records === "string"
          ? { kind: "failed", why: records }
          : { kind: "read", records };
      } catch (error) {
        return { kind: "failed", why: reasonOf(error) };
      }
    },
  };
}

function shownAddress(address: string): string {
  const { origin, pathname } = new URL(address);
  return `${origin}${pathname}`;
}

/** Null: the same as at the last look. */
type Read = () => Promise<string | null>;

function fileReader(path: string): Read {
  let seen = "";
  return async () => {
    const { size, mtimeMs } = await stat(path);
    if (size > bytesMax) throw new Error(`larger than ${bytesMax} bytes`);
    const state = `${size} ${mtimeMs}`;
    if (state === seen) return null;
    const text = await readFile(path, "utf8");
    seen = state;
    return text;
  };
}

function webReader(address: string, timeoutMs: number): Read {
  let etag: string | null = null;
  return async () => {
    const answer = await getText(address, { timeoutMs, bytesMax, etag });
    if (answer === "not_modified") return null;
    ({ etag } = answer);
    return answer.text;
  };
}

/** Names of faults and our own sentences; a foreign message could quote what mustn't be shown. */
function reasonOf(error: unknown): FeedReason {
  if (!(error instanceof Error)) return "an odd exception";
  const { code } = error as NodeJS.ErrnoException;
  return code ?? error.message;
}
type FeedReason = Extract<FeedRead, { kind: "failed" }>["why"];
