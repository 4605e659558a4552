/** A name server on a loopback UDP port: knows every name, until it is told to be slow, silent, lossy or ignorant. */
import { createSocket, type Socket } from "node:dgram";
import type { NameServerMode } from "./modes.ts";

export interface NameServerRules {
  readonly mode: NameServerMode;
  readonly delayMs: number;
  /** Questions of a hundred that get no answer, evenly spread. */
  readonly lossPercent: number;
}

export interface NameServer {
  /** "127.0.0.1:port" */
  readonly address: string;
  rules(): NameServerRules;
  set(change: Partial<NameServerRules>): void;
  /** How many questions came in. */
  asked(): number;
  close(): Promise<void>;
}

const host = "127.0.0.1";
const calm: NameServerRules = { mode: "up", delayMs: 0, lossPercent: 0 };

/** Response codes, RFC 1035 section 4.1.1. */
const RCODE: Readonly<Record<Exclude<NameServerMode, "silent">, number>> = {
  up: 0,
  server_failure: 2,
  no_name: 3,
  refused: 5,
};

export async function startNameServer(): Promise<NameServer> {
  const socket = createSocket("udp4");
  let rules = calm;
  let asked = 0;
  let lossDebt = 0;
  const waiting = new Set<NodeJS.Timeout>();
  socket.on("message", (question, from) => {
    asked += 1;
    lossDebt += rules.lossPercent;
    const lost = lossDebt >= 100;
    if (lost) lossDebt -= 100;
    const { mode, delayMs } = rules;
    const answer = mode === "silent" || lost ? null : answerTo(question, RCODE[mode]);
    if (answer === null) return;
    const timer = setTimeout(() => {
      waiting.delete(timer);
      socket.send(answer, from.port, from.address);
    }, delayMs);
    waiting.add(timer);
  });
  await bound(socket);
  return {
    address: `${host}:${socket.address().port}`,
    rules: () => rules,
    set(change) {
      rules = { ...rules, ...change };
    },
    asked: () => asked,
    close: async () => {
      for (const timer of waiting) clearTimeout(timer);
      await new Promise<void>((resolve) => socket.close(() => resolve()));
    },
  };
}

const bound = (socket: Socket): Promise<void> =>
  new Promise((resolve, reject) => {
    socket.once("error", reject);
    socket.bind(0, host, () => {
      socket.off("error", reject);
      resolve();
    });
  });

const headerBytes = 12;
const typeA = 1;

/** The question again, with 127.0.0.1 as the answer to a question for an address. Null for what is no question. */
function answerTo(question: Buffer, rcode: number): Buffer | null {
  const end = questionEnd(question);
  if (end === null) return null;
  const answers = rcode === 0 && question.readUInt16BE(end - 4) === typeA ? 1 : 0;
  const head = Buffer.alloc(headerBytes);
  question.copy(head, 0, 0, 2);
  // Response, recursion wanted (as asked) and available.
  head.writeUInt16BE(0x8080 | (question.readUInt16BE(2) & 0x0100) | rcode, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(answers, 6);
  // The name by a pointer to the question, type A, class IN, 60 s, four bytes.
  const record = Buffer.from([0xc0, 0x0c, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 127, 0, 0, 1]);
  const asked = question.subarray(headerBytes, end);
  return Buffer.concat(answers === 1 ? [head, asked, record] : [head, asked]);
}

/** Where the first question ends: labels, a zero, type and class. */
function questionEnd(bytes: Buffer): number | null {
  if (bytes.length < headerBytes || bytes.readUInt16BE(4) < 1) return null;
  let at = headerBytes;
  while (at < bytes.length) {
    const length = bytes[at] ?? 0;
    if (length === 0) return at + 5 <= bytes.length ? at + 5 : null;
    at += 1 + length;
  }
  return null;
}
