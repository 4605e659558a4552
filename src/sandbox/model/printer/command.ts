/** What a command is to the printer: how many bytes it has, and what it does once all of them are there. */
import type { Layout } from "./layout.ts";
import type { Bitmap, Print } from "./paper.ts";
import type { Signals } from "./status.ts";
import type { Knows, Settings, Traits } from "./traits.ts";

/** The parts of the printer that commands work on. */
export interface Machine {
  readonly layout: Layout;
  readonly traits: Traits;
  readonly settings: Settings;
  /** Graphics stored by `GS ( L` 112, waiting for 50. */
  stored: { readonly bitmap: Bitmap; readonly scaleX: number; readonly scaleY: number } | null;
  readonly signals: Signals;
  /** Answers now, in buffer order. */
  answer(bytes: readonly number[]): void;
  /** Calls when everything before it has been printed and the motor stands still. */
  whenPrinted(call: () => void): void;
  processId(id: readonly number[]): void;
  offlineResponse(kind: "off" | "plain" | "with_cause"): void;
  automaticStatus(items: number): void;
  print(print: Print): void;
  cut(mode: "full" | "partial", feedDots: number | null): void;
  pulse(pin: "pin2" | "pin5"): void;
  initialise(): void;
  page(step: "enter" | "print" | "print_and_leave" | "cancel" | "leave"): void;
  counter(number: number): number | null;
  resetCounter(number: number): void;
}

export type KnowsTrait = {
  [Name in keyof Traits]: Traits[Name] extends Knows ? Name : never;
}[keyof Traits];

export interface Command {
  /** Bytes before any payload, the command's own included. */
  readonly head: number;
  /** How many bytes follow the head. */
  readonly payload?: (head: Uint8Array) => number;
  /** The payload ends at a NUL. */
  readonly untilNul?: boolean;
  /** Which trait decides whether this device knows the command. */
  readonly trait?: KnowsTrait;
  readonly run: (machine: Machine, head: Uint8Array, payload: Uint8Array) => void;
}

/** Either the command, or what picks it by the next byte. */
export type CommandEntry = Command | ((nextByte: number) => Command | null);

/** Commands by the two bytes that begin them, as hex: "1b40". */
export type CommandTable = Readonly<Record<string, CommandEntry>>;

/** A number of two bytes, low byte first. */
export const word = (bytes: Uint8Array, at: number): number =>
  (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);

/** A command with nothing but its parameters, which does nothing here. */
export const swallow = (head: number): Command => ({ head, run: () => undefined });

/** `xx ( y pL pH …` and its like: the length stands in front. */
export const lengthAt =
  (at: number) =>
  (head: Uint8Array): number =>
    word(head, at);

/** Takes ASCII digits and the plain number for the same choice: 0x31 and 0x01. */
export const choice = (byte: number | undefined): number =>
  byte !== undefined && byte >= 0x30 && byte <= 0x39 ? byte - 0x30 : (byte ?? 0);
