/** Finds the command that begins at a place in the buffer. */
import { lengthAt, swallow, type Command, type CommandEntry } from "./command.ts";
import { IMAGE_COMMANDS, IMAGE_PARENTHESES } from "./commands-image.ts";
import { STATUS_COMMANDS, STATUS_PARENTHESES } from "./commands-status.ts";
import { TEXT_COMMANDS } from "./commands-text.ts";
import type { Traits } from "./traits.ts";

const otherParentheses: Command = { head: 5, payload: lengthAt(3), run: () => undefined };
const PARENTHESES: Readonly<Record<number, Command>> = {
  ...IMAGE_PARENTHESES,
  ...STATUS_PARENTHESES,
};

/** `GS (` has a family of its own; a device that knows `GS ( H` steps over members that it doesn't know. */
const groupParenthesis =
  (traits: Traits) =>
  (next: number): Command | null =>
    PARENTHESES[next] ?? (traits.processId === "no" ? null : otherParentheses);

const keyOf = (hex: string): number => Number.parseInt(hex, 16);

/** `command` may still be leaked: `eaten` bytes vanish and the rest is taken for text. */
export type Found =
  | { readonly kind: "command"; readonly command: Command }
  | { readonly kind: "leak"; readonly eaten: number }
  | { readonly kind: "incomplete" };

export type CommandFinder = (bytes: Uint8Array, at: number) => Found;

const isIntroducer = (byte: number): boolean => byte === 0x1b || byte === 0x1c || byte === 0x1d;

/** Real-time commands were carried out on arrival; in the buffer they are stepped over. */
const REALTIME_LENGTHS: Readonly<Record<number, number>> = { 0x04: 3, 0x05: 3 };

function realtimeInBuffer(bytes: Uint8Array, at: number): Found {
  const second = bytes[at + 1];
  if (second === undefined) return { kind: "incomplete" };
  const length = REALTIME_LENGTHS[second];
  if (length !== undefined) return { kind: "command", command: swallow(length) };
  if (second !== 0x14) return { kind: "leak", eaten: 1 };
  const third = bytes[at + 2];
  if (third === undefined) return { kind: "incomplete" };
  return { kind: "command", command: swallow(third === 0x08 ? 10 : third === 0x07 ? 4 : 5) };
}

/** The commands of one device; what it doesn't know, it leaks. */
export function commandFinder(traits: Traits): CommandFinder {
  const table = new Map<number, CommandEntry>(
    Object.entries({ ...TEXT_COMMANDS, ...IMAGE_COMMANDS, ...STATUS_COMMANDS }).map(
      ([hex, entry]) => [keyOf(hex), entry],
    ),
  );
  table.set(keyOf("1d28"), groupParenthesis(traits));
  return (bytes, at) => {
    const first = bytes[at] ?? 0;
    if (first === 0x10) return realtimeInBuffer(bytes, at);
    if (!isIntroducer(first)) return { kind: "leak", eaten: 1 };
    const second = bytes[at + 1];
    if (second === undefined) return { kind: "incomplete" };
    let entry = table.get((first << 8) | second);
    let eaten = 2;
    if (typeof entry === "function") {
      const third = bytes[at + 2];
      if (third === undefined) return { kind: "incomplete" };
      entry = entry(third) ?? undefined;
      if (second === 0x28 || second === 0x38) eaten = 3;
    }
    if (entry === undefined || typeof entry === "function")
      return { kind: "leak", eaten: isIntroducer(second) ? 1 : eaten };
    if (entry.trait !== undefined && traits[entry.trait] === "no") return { kind: "leak", eaten };
    return { kind: "command", command: entry };
  };
}
