/**
 * What a printer answers, read from the bytes: one grammar for TCP, USB and serial.
 * Sources: "Transmission status identification" appendices of Epson TM-T88III (App. G), Citizen CBM1000 and
 * CT-S310; GS ( H functions 48 and 49 and DLE DC4 function 8 of Epson's ESC/POS reference.
 */

/** Something asked of the printer that it answers without repeating the question, so order is all there is. */
export type StatusQuestion =
  /** `DLE EOT n`: answered at once, before anything that waits in the buffer. */
  | { readonly kind: "realtime"; readonly n: 1 | 2 | 3 | 4 }
  /** `GS r n`: answered when it reaches the head of the buffer. */
  | { readonly kind: "in_order"; readonly n: 1 | 2 }
  /** `GS I n`: firmware 65, maker 66, model 67, serial number 68. In buffer order. */
  | { readonly kind: "info"; readonly n: 65 | 66 | 67 | 68 }
  /** `GS g 2 n`: maintenance counter, 50 = runs of the cutter. In buffer order. */
  | { readonly kind: "counter"; readonly n: number };

/** A question on its way; `ticket` is the asker's own number and comes back with the answer. */
export type Outstanding = StatusQuestion & { readonly ticket: number };

export type PrinterEvent =
  | { readonly kind: "process_id"; readonly id: string }
  | { readonly kind: "asb"; readonly bytes: readonly [number, number, number, number] }
  | {
      readonly kind: "realtime";
      readonly n: 1 | 2 | 3 | 4;
      readonly byte: number;
      readonly ticket: number;
    }
  | {
      readonly kind: "in_order";
      readonly n: 1 | 2;
      readonly byte: number;
      readonly ticket: number;
    }
  | {
      readonly kind: "info";
      readonly n: number;
      readonly text: string;
      readonly ticket: number;
    }
  | {
      readonly kind: "counter";
      readonly n: number;
      readonly value: number;
      readonly ticket: number;
    }
  | { readonly kind: "buffer_cleared" }
  /** Offline response; the layout of the causes differs per model. */
  | { readonly kind: "offline"; readonly causes: readonly number[] }
  | { readonly kind: "power_off" }
  /** XON / XOFF. */
  | { readonly kind: "flow"; readonly on: boolean }
  /** Well-formed, and nothing that we asked for. */
  | { readonly kind: "unasked"; readonly bytes: number }
  /** Bytes that fit no rule; dropped and counted. */
  | { readonly kind: "garbage"; readonly bytes: number };

/** The bytes that ask. */
export function questionBytes(question: StatusQuestion): Uint8Array {
  switch (question.kind) {
    case "realtime":
      return Uint8Array.of(0x10, 0x04, question.n);
    case "in_order":
      return Uint8Array.of(0x1d, 0x72, question.n);
    case "info":
      return Uint8Array.of(0x1d, 0x49, question.n);
    case "counter":
      return Uint8Array.of(0x1d, 0x67, 0x32, 0x00, question.n, 0x00);
  }
}

/** What was heard so far and is still incomplete, and the questions still open, oldest first. */
export interface Listening {
  readonly rest: Uint8Array;
  readonly outstanding: readonly Outstanding[];
  /** The last byte was of a text, so what comes next is of the same one. */
  readonly isInText: boolean;
}

export const nothingHeard: Listening = {
  rest: new Uint8Array(0),
  outstanding: [],
  isInText: false,
};

/** Takes the next bytes from the printer, cut anywhere. Pure; whatever fits no rule becomes `garbage`. */
export function hear(
  before: Listening,
  part: Uint8Array,
): { readonly after: Listening; readonly events: readonly PrinterEvent[] } {
  const events: PrinterEvent[] = [];
  // XON and XOFF may stand inside any answer and mean nothing else, so they are taken out first.
  for (const byte of part) {
    if (byte === xon || byte === xoff) events.push({ kind: "flow", on: byte === xon });
  }
  const bytes = joined(
    before.rest,
    part.filter((byte) => byte !== xon && byte !== xoff),
  );
  let { outstanding, isInText } = before;
  let at = 0;
  while (at < bytes.length) {
    const found = readOne(bytes.subarray(at), outstanding, isInText);
    if (found === "more") break;
    at += found.length;
    isInText = found.event.kind !== "in_order" && isOfText(bytes[at - 1] ?? 0);
    outstanding = withoutAnswered(outstanding, found.event);
    push(events, found.event);
  }
  return { after: { rest: bytes.slice(at), outstanding, isInText }, events };
}

/** After a silence: a text has ended, a letter alone was an answer, and what is incomplete is garbage. */
export function hearSilence(before: Listening): {
  readonly after: Listening;
  readonly events: readonly PrinterEvent[];
} {
  const { rest, outstanding } = before;
  if (rest.length === 0) return { after: { ...before, isInText: false }, events: [] };
  const [only = 0] = rest;
  const answer = rest.length === 1 && isOfText(only) ? answerInOrder(only, outstanding) : null;
  const event = answer ?? ({ kind: "garbage", bytes: rest.length } as const);
  const left = withoutAnswered(outstanding, event);
  return { after: { ...nothingHeard, outstanding: left }, events: [event] };
}

function withoutAnswered(
  outstanding: readonly Outstanding[],
  event: PrinterEvent,
): readonly Outstanding[] {
  return "ticket" in event ? outstanding.filter((one) => one.ticket !== event.ticket) : outstanding;
}

const xon = 0x11;
const xoff = 0x13;
/** The longest `5F … 00` in the manuals is 80 characters. */
const textMax = 80;

interface Found {
  readonly length: number;
  readonly event: PrinterEvent;
}

function readOne(
  bytes: Uint8Array,
  outstanding: readonly Outstanding[],
  isInText: boolean,
): Found | "more" {
  const first = bytes[0] ?? 0;
  for (const rule of grammar) {
    if (!rule.starts(first)) continue;
    const found = rule.read(bytes, outstanding, isInText);
    if (found !== null) return found;
  }
  return { length: 1, event: { kind: "garbage", bytes: 1 } };
}

/** In the order in which they are tried; a rule that gives null leaves the byte to the next. */
const grammar: readonly {
  readonly starts: (byte: number) => boolean;
  readonly read: (
    bytes: Uint8Array,
    outstanding: readonly Outstanding[],
    /** The byte before them was of a text. */
    isInText: boolean,
  ) => Found | "more" | null;
}[] = [
  { starts: (byte) => (byte & 0x93) === 0x10, read: readAsb },
  { starts: (byte) => (byte & 0x93) === 0x12, read: readRealtime },
  { starts: (byte) => byte === 0x37, read: readResponse },
  { starts: (byte) => byte === 0x5f, read: readText },
  { starts: (byte) => byte === 0x3b, read: readPowerOff },
  { starts: (byte) => (byte & 0x90) === 0, read: readInOrder },
];

/** Bytes 2 to 4 look like answers to GS r, so the four are always taken together. */
function readAsb(bytes: Uint8Array): Found | "more" | null {
  const [one = 0, two, three, four] = bytes;
  for (const byte of [two, three, four]) {
    if (byte === undefined) return "more";
    if ((byte & 0x90) !== 0) return null;
  }
  return { length: 4, event: { kind: "asb", bytes: [one, two ?? 0, three ?? 0, four ?? 0] } };
}

function readRealtime(bytes: Uint8Array, outstanding: readonly Outstanding[]): Found {
  const asked = outstanding.find((one) => one.kind === "realtime");
  if (asked === undefined) return { length: 1, event: { kind: "unasked", bytes: 1 } };
  const event = {
    kind: "realtime",
    n: asked.n,
    byte: bytes[0] ?? 0,
    ticket: asked.ticket,
  } as const;
  return { length: 1, event };
}

/**
 * The manuals leave bits 5 and 6 open, so a letter fits the rule, and so does the end of a line. Beside another one it is
 * part of a text that some print servers send after a job, and says nothing of what was asked; so a letter isn't taken
 * for an answer before it is known what follows it.
 */
function readInOrder(
  bytes: Uint8Array,
  outstanding: readonly Outstanding[],
  isInText: boolean,
): Found | "more" | null {
  const [first = 0, next] = bytes;
  if (isOfText(first) && (isInText || isOfText(next ?? 0))) return null;
  const event = answerInOrder(first, outstanding);
  if (event === null) return null;
  return isOfText(first) && next === undefined ? "more" : { length: 1, event };
}

function answerInOrder(byte: number, outstanding: readonly Outstanding[]): PrinterEvent | null {
  const asked = outstanding.find((one) => one.kind === "in_order");
  return asked === undefined ? null : { kind: "in_order", n: asked.n, byte, ticket: asked.ticket };
}

const isIdCharacter = (byte: number): boolean => byte >= 0x20 && byte <= 0x7e;
const isOfText = (byte: number): boolean => isIdCharacter(byte) || byte === 0x0a || byte === 0x0d;
const isOfflineCause = (byte: number): boolean => byte >= 0x40 && byte <= 0x7f;

/** `37 id … 00`: what may stand between differs per identifier, and anything else isn't a response at all. */
const responses: Readonly<
  Record<
    number,
    {
      readonly min: number;
      readonly max: number;
      readonly allows: (byte: number) => boolean;
      readonly event: (body: readonly number[]) => PrinterEvent;
    }
  >
> = {
  0x22: {
    min: 4,
    max: 4,
    allows: isIdCharacter,
    event: (body) => ({ kind: "process_id", id: String.fromCharCode(...body) }),
  },
  0x23: {
    min: 0,
    max: 10,
    allows: isOfflineCause,
    event: (body) => ({ kind: "offline", causes: body }),
  },
  0x25: { min: 0, max: 0, allows: () => false, event: () => ({ kind: "buffer_cleared" }) },
  // The size of a QR code: known, and never asked by us.
  0x36: {
    min: 0,
    max: textMax,
    allows: (byte) => byte !== 0,
    event: (body) => ({ kind: "unasked", bytes: body.length + 3 }),
  },
};

function readResponse(bytes: Uint8Array): Found | "more" | null {
  const identifier = bytes[1];
  if (identifier === undefined) return "more";
  const form = responses[identifier];
  if (form === undefined) return null;
  const end = endOfBlock(bytes, 2, form.max, form.allows);
  if (end === "more" || end === null) return end;
  if (end - 2 < form.min) return null;
  return { length: end + 1, event: form.event([...bytes.subarray(2, end)]) };
}

function readText(bytes: Uint8Array, outstanding: readonly Outstanding[]): Found | "more" | null {
  const end = endOfBlock(bytes, 1, textMax, (byte) => byte >= 0x20);
  if (end === "more" || end === null) return end;
  const length = end + 1;
  const text = String.fromCharCode(...bytes.subarray(1, end));
  const asked = outstanding.find((one) => one.kind === "info" || one.kind === "counter");
  if (asked === undefined) return { length, event: { kind: "unasked", bytes: length } };
  const { n, ticket } = asked;
  if (asked.kind === "info") return { length, event: { kind: "info", n, text, ticket } };
  if (!/^\d{1,15}$/.test(text)) return { length, event: { kind: "unasked", bytes: length } };
  return { length, event: { kind: "counter", n, value: Number(text), ticket } };
}

function readPowerOff(bytes: Uint8Array): Found | "more" | null {
  if (bytes.length < 3) return bytes[1] === undefined || bytes[1] === 0x30 ? "more" : null;
  return bytes[1] === 0x30 && bytes[2] === 0x00
    ? { length: 3, event: { kind: "power_off" } }
    : null;
}

/** Where the closing NUL stands; null when it can't be such a block, "more" when it may still become one. */
function endOfBlock(
  bytes: Uint8Array,
  from: number,
  max: number,
  allows: (byte: number) => boolean,
): number | "more" | null {
  for (let at = from; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === 0) return at;
    if (at - from >= max || !allows(byte)) return null;
  }
  return "more";
}

function push(events: PrinterEvent[], event: PrinterEvent): void {
  const last = events.at(-1);
  if (event.kind === "garbage" && last?.kind === "garbage") {
    events[events.length - 1] = { kind: "garbage", bytes: last.bytes + event.bytes };
  } else {
    events.push(event);
  }
}

function joined(one: Uint8Array, two: Uint8Array): Uint8Array {
  const all = new Uint8Array(one.length + two.length);
  all.set(one);
  all.set(two, one.length);
  return all;
}
