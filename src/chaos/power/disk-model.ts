/** A disk that keeps apart what was synced and what only the machine's memory knew, so that its power can be cut. */
import type { Chance } from "../chance.ts";
import type { DiskCall } from "./recording.ts";

/** What becomes of writes that nobody has synced yet: a real disk may do any of these. */
export const UNSYNCED = ["lost", "kept", "some", "torn"] as const;
export type Unsynced = (typeof UNSYNCED)[number];

type Change = Extract<DiskCall, { kind: "write" | "truncate" }>;

const sectorBytes = 512;

/** The bytes of one file, changed in place. */
class Image {
  #room: Buffer;
  #length: number;

  constructor(bytes: Buffer) {
    this.#room = Buffer.from(bytes);
    this.#length = bytes.length;
  }

  get bytes(): Buffer {
    return this.#room.subarray(0, this.#length);
  }

  apply(change: Change): void {
    if (change.kind === "write") this.write(change.at, change.bytes);
    else this.#resize(change.length);
  }

  write(at: number, bytes: Buffer): void {
    this.#resize(Math.max(this.#length, at + bytes.length));
    bytes.copy(this.#room, at);
  }

  #resize(length: number): void {
    if (length > this.#room.length) this.#room = Buffer.concat([this.bytes], length * 2);
    if (length < this.#length) this.#room.fill(0, length, this.#length);
    this.#length = length;
  }
}

interface File {
  readonly synced: Image;
  pending: Change[];
}

export class DiskModel {
  readonly #files = new Map<string, File>();

  apply(call: DiskCall): void {
    if (call.kind === "remove") {
      this.#files.delete(call.path);
      return;
    }
    const file = this.#files.get(call.path) ?? { synced: new Image(Buffer.alloc(0)), pending: [] };
    this.#files.set(call.path, file);
    if (call.kind !== "sync") {
      file.pending.push(call);
      return;
    }
    for (const change of file.pending) file.synced.apply(change);
    file.pending = [];
  }

  /** The files as they would be found after a cut at this moment. */
  cut(how: Unsynced, chance: Chance): ReadonlyMap<string, Buffer> {
    const found = new Map<string, Buffer>();
    for (const [path, { synced, pending }] of this.#files) {
      const image = new Image(synced.bytes);
      for (const change of pending) SURVIVES[how](image, change, chance);
      found.set(path, image.bytes);
    }
    return found;
  }
}

const SURVIVES: Readonly<Record<Unsynced, (image: Image, change: Change, chance: Chance) => void>> =
  {
    lost: () => {},
    kept: (image, change) => image.apply(change),
    some: (image, change, chance) => {
      if (chance.percent(50)) image.apply(change);
    },
    /** Sector by sector: each arrived or didn't. */
    torn: (image, change, chance) => {
      if (change.kind !== "write") return image.apply(change);
      for (let at = 0; at < change.bytes.length; at += sectorBytes)
        if (chance.percent(50))
          image.write(change.at + at, change.bytes.subarray(at, at + sectorBytes));
    },
  };
