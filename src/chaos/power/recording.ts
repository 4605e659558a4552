/**
 * A record of everything a process asked its disk to do, in order: every write with its bytes, every sync, told by the
 * kernel itself (strace), so that no layer of ours can leave one out.
 */
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";

export type DiskCall =
  | { readonly kind: "write"; readonly path: string; readonly at: number; readonly bytes: Buffer }
  | { readonly kind: "truncate"; readonly path: string; readonly length: number }
  /** From here on everything written to this file before survives the power. */
  | { readonly kind: "sync"; readonly path: string }
  | { readonly kind: "remove"; readonly path: string };

export interface Recorded {
  /** When it was asked, epoch ms with fractions. */
  readonly atMs: number;
  readonly call: DiskCall;
}

/** SQLite's files of both stores; their shared memory isn't kept over a restart. */
export const storeFiles = ["journal.db", "journal.db-wal", "ledger.db", "ledger.db-wal"] as const;

const pageBytesMax = 70_000;

/** The command to run a program under. */
export const recorder = (log: string, data: string): readonly string[] => [
  "strace",
  "-f",
  "-qq",
  "-y",
  "-ttt",
  "-xx",
  "--seccomp-bpf",
  "-s",
  String(pageBytesMax),
  ...storeFiles.flatMap((name) => ["-P", `${data}/${name}`]),
  "-e",
  "trace=pwrite64,write,ftruncate,fsync,fdatasync,unlink",
  "-o",
  log,
];

const started = /^(\d+) +(\d+\.\d+) (\w+)\((.*)$/s;
const resumed = /^(\d+) +\d+\.\d+ <\.\.\. \w+ resumed>(.*)$/s;
const unfinished = " <unfinished ...>";
const hexText = String.raw`((?:\\x[0-9a-f]{2})*)`;
const onFile = new RegExp(`^\\d+<${hexText}>`);
const written = new RegExp(`^\\d+<${hexText}>, "${hexText}", (\\d+), (\\d+)\\) += (-?\\d+)`);
const truncated = new RegExp(`^\\d+<${hexText}>, (\\d+)\\) += 0`);
const removed = new RegExp(`^"${hexText}"\\) += 0`);
const succeeded = /\) += 0/;

/** Reads the log as it was written. Throws on a call that it can't follow: a record with a hole proves nothing. */
export async function* readRecording(log: string): AsyncGenerator<Recorded> {
  const open = new Map<string, { readonly atMs: number; readonly name: string; text: string }>();
  for await (const line of createInterface({ input: createReadStream(log) })) {
    const begun = started.exec(line);
    if (begun !== null) {
      const [, thread = "", seconds = "", name = "", text = ""] = begun;
      const atMs = Number(seconds) * 1000;
      if (text.endsWith(unfinished))
        open.set(thread, { atMs, name, text: text.slice(0, -unfinished.length) });
      else yield* recorded(atMs, name, text);
      continue;
    }
    const ended = resumed.exec(line);
    const waiting = open.get(ended?.[1] ?? "");
    if (ended === null || waiting === undefined) continue;
    open.delete(ended[1] ?? "");
    yield* recorded(waiting.atMs, waiting.name, waiting.text + (ended[2] ?? ""));
  }
}

function* recorded(atMs: number, name: string, text: string): Generator<Recorded> {
  const call = callOf(name, text);
  if (call !== null) yield { atMs, call };
}

/** Null for a call that failed, and so changed nothing that is known. */
function callOf(name: string, text: string): DiskCall | null {
  switch (name) {
    case "pwrite64":
      return writeOf(text);
    case "ftruncate": {
      const [, path = "", length = ""] = truncated.exec(text) ?? [];
      return path === "" ? null : { kind: "truncate", path: plain(path), length: Number(length) };
    }
    case "fsync":
    case "fdatasync": {
      const path = onFile.exec(text)?.[1];
      if (path === undefined || !succeeded.test(text)) return null;
      return { kind: "sync", path: plain(path) };
    }
    case "unlink": {
      const path = removed.exec(text)?.[1];
      return path === undefined ? null : { kind: "remove", path: plain(path) };
    }
    default:
      throw new Error(`${name} writes to a store in a way that the recording can't follow`);
  }
}

function writeOf(text: string): DiskCall | null {
  const found = written.exec(text);
  if (found === null) {
    // Refused, or the process died in it: nobody may count on it.
    if (/\) += (?:-1 |\?)/.test(text)) return null;
    throw new Error(`a write that the recording can't follow: ${text.slice(0, 200)}`);
  }
  const [, path = "", hex = "", , at = "", done = ""] = found;
  const bytes = Buffer.from(hex.replaceAll("\\x", ""), "hex").subarray(0, Number(done));
  return { kind: "write", path: plain(path), at: Number(at), bytes };
}

const plain = (hex: string): string => Buffer.from(hex.replaceAll("\\x", ""), "hex").toString();
