/** Questions that are answered in buffer order. Source: Epson ESC/POS reference, GS r, GS a, GS I, GS g, GS ( H. */
import {
  choice,
  lengthAt,
  word,
  type Command,
  type CommandTable,
  type Machine,
} from "./command.ts";
import { ascii } from "./outbox.ts";
import { drawerStatus, paperStatus } from "./status.ts";
import type { KnowsTrait } from "./command.ts";

/** Answers where the device answers at all. */
function reply(machine: Machine, trait: KnowsTrait, bytes: readonly number[]): void {
  if (machine.traits[trait] === "yes") machine.answer(bytes);
}

const inOrderStatus: Command = {
  head: 3,
  trait: "inOrderStatus",
  run: (machine, head) => {
    const n = choice(head[2]);
    if (n === 1) reply(machine, "inOrderStatus", [paperStatus(machine.signals)]);
    if (n === 2) reply(machine, "inOrderStatus", [drawerStatus(machine.signals)]);
  },
};

/** ESC v answers when printing and feeding have come to rest. */
const oldPaperStatus: Command = {
  head: 2,
  trait: "oldStatus",
  run: (machine) =>
    machine.whenPrinted(() => reply(machine, "oldStatus", [paperStatus(machine.signals)])),
};

const oldDrawerStatus: Command = {
  head: 3,
  trait: "oldStatus",
  run: (machine) => reply(machine, "oldStatus", [drawerStatus(machine.signals)]),
};

const multibyteAndCutter = (machine: Machine): number => (machine.traits.cutter ? 0x03 : 0x01);

const IDENTITY: Readonly<Record<number, (machine: Machine) => readonly number[]>> = {
  1: () => [0x20],
  2: (machine) => [multibyteAndCutter(machine)],
  3: () => [0x05],
  0x41: (machine) => block(machine.traits.firmware),
  0x42: (machine) => block(machine.traits.maker),
  0x43: (machine) => block(machine.traits.model),
  0x44: (machine) => block(machine.traits.serial),
  0x45: (machine) => block(machine.traits.fonts),
};

const block = (text: string): number[] => [0x5f, ...ascii(text), 0x00];

const identify: Command = {
  head: 3,
  trait: "identify",
  run: (machine, head) => {
    const answer = IDENTITY[choice(head[2])];
    if (answer) reply(machine, "identify", answer(machine));
  },
};

/** GS g 0 resets a counter, GS g 2 tells it. */
const counters = (next: number): Command | null => {
  if (next !== 0x30 && next !== 0x32) return null;
  return {
    head: 6,
    trait: "counters",
    run: (machine, head) => {
      const number = word(head, 4);
      if (next === 0x30) machine.resetCounter(number);
      else {
        const value = machine.counter(number);
        if (value !== null) reply(machine, "counters", block(String(value)));
      }
    },
  };
};

const isIdByte = (byte: number): boolean => byte >= 0x20 && byte <= 0x7e;
const OFFLINE_RESPONSES = ["off", "plain", "with_cause"] as const;

/** GS ( H: function 48 asks for proof of printing, 49 for a word when the printer goes offline. */
const responses: Command = {
  head: 5,
  payload: lengthAt(3),
  trait: "processId",
  run: (machine, _head, payload) => {
    if (machine.traits.processId !== "yes") return;
    const id = [...payload.subarray(2)];
    if (payload[0] === 0x30 && payload[1] === 0x30 && id.length === 4 && id.every(isIdByte))
      machine.processId(id);
    if (payload[0] === 0x31 && payload[1] === 0x30)
      machine.offlineResponse(OFFLINE_RESPONSES[choice(payload[2])] ?? "off");
  },
};

/** GS ( D: switches the real-time drawer pulse off and on. */
const realtimeSwitch: Command = {
  head: 5,
  payload: lengthAt(3),
  trait: "realtimeSwitch",
  run: ({ layout }, _head, payload) => {
    if (payload[0] !== 0x14) return;
    for (let at = 1; at + 1 < payload.length; at += 2)
      if (payload[at] === 0x01) layout.set({ drawerPulseAllowed: payload[at + 1] !== 0x00 });
  },
};

export const STATUS_COMMANDS: CommandTable = {
  "1d72": inOrderStatus,
  "1b76": oldPaperStatus,
  "1b75": oldDrawerStatus,
  "1d49": identify,
  "1d67": counters,
  "1d61": {
    head: 3,
    trait: "automaticStatus",
    run: (machine, head) => machine.automaticStatus(head[2] ?? 0),
  },
};

export const STATUS_PARENTHESES: Readonly<Record<number, Command>> = {
  0x48: responses,
  0x44: realtimeSwitch,
};
