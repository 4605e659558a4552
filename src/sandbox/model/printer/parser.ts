/** Takes one text run or one command after another from the receive buffer; remembers one that isn't whole yet. */
import type { ByteQueue } from "./byte-queue.ts";
import type { Command, Machine } from "./command.ts";
import type { CommandFinder } from "./commands.ts";

/** A picture larger than this is read to its end and not kept: no receipt has one. */
const payloadBytesMax = 4 * 1024 * 1024;
const textRunMax = 4096;

interface Collecting {
  readonly command: Command;
  readonly head: Uint8Array;
  /** Bytes still to come; null while waiting for a NUL. */
  missing: number | null;
  data: Uint8Array;
  length: number;
}

/** Control bytes that stand alone. */
const CONTROLS: Readonly<Record<number, (machine: Machine) => void>> = {
  0x09: ({ layout }) => layout.tab(),
  0x0a: ({ layout }) => layout.lineFeed(),
  0x0c: (machine) => machine.page("print_and_leave"),
  0x18: (machine) => machine.page("cancel"),
};

export class Parser {
  #collecting: Collecting | null = null;
  readonly #find: CommandFinder;

  constructor(find: CommandFinder) {
    this.#find = find;
  }

  /** Half a picture swallows whatever comes next, until it is whole or the printer forgets it. */
  get insideCommand(): boolean {
    return this.#collecting !== null;
  }

  reset(): void {
    this.#collecting = null;
  }

  /** Does one thing; false when nothing whole is waiting. */
  step(queue: ByteQueue, machine: Machine): boolean {
    if (queue.length === 0) return false;
    if (this.#collecting) return this.#collect(this.#collecting, queue, machine);
    const bytes = queue.view();
    const first = bytes[0] ?? 0;
    if (first >= 0x20) return this.#text(bytes, queue, machine);
    const control = CONTROLS[first];
    if (control) {
      queue.drop(1);
      control(machine);
      return true;
    }
    return this.#command(bytes, queue, machine);
  }

  #text(bytes: Uint8Array, queue: ByteQueue, machine: Machine): boolean {
    const limit = Math.min(bytes.length, textRunMax);
    let end = 1;
    while (end < limit && (bytes[end] ?? 0) >= 0x20) end += 1;
    const used = machine.layout.text(bytes, 0, end);
    queue.drop(used);
    return used > 0;
  }

  #command(bytes: Uint8Array, queue: ByteQueue, machine: Machine): boolean {
    const found = this.#find(bytes, 0);
    if (found.kind === "incomplete") return false;
    if (found.kind === "leak") {
      queue.drop(found.eaten);
      return true;
    }
    const { command } = found;
    if (bytes.length < command.head) return false;
    const head = bytes.slice(0, command.head);
    queue.drop(command.head);
    const missing = command.untilNul ? null : (command.payload?.(head) ?? 0);
    if (missing === 0) {
      command.run(machine, head, new Uint8Array());
      return true;
    }
    this.#collecting = { command, head, missing, data: new Uint8Array(64), length: 0 };
    return true;
  }

  #collect(to: Collecting, queue: ByteQueue, machine: Machine): boolean {
    const bytes = queue.view();
    if (to.missing === null) {
      const nul = bytes.indexOf(0);
      this.#keep(to, nul < 0 ? bytes : bytes.subarray(0, nul));
      queue.drop(nul < 0 ? bytes.length : nul + 1);
      if (nul < 0) return true;
    } else {
      const part = bytes.subarray(0, to.missing);
      this.#keep(to, part);
      to.missing -= part.length;
      queue.drop(part.length);
      if (to.missing > 0) return true;
    }
    this.#collecting = null;
    to.command.run(machine, to.head, to.data.slice(0, to.length));
    return true;
  }

  #keep(to: Collecting, part: Uint8Array): void {
    const kept = part.subarray(0, Math.max(0, payloadBytesMax - to.length));
    if (to.length + kept.length > to.data.length) {
      const larger = new Uint8Array(Math.max(to.length + kept.length, to.data.length * 2));
      larger.set(to.data.subarray(0, to.length));
      to.data = larger;
    }
    to.data.set(kept, to.length);
    to.length += kept.length;
  }
}
