/**
 * The status bytes, as bit tables. Source: Epson ESC/POS application programming guide, DLE EOT and GS a; the
 * bits that older models and clones leave undefined are given as the guide has them.
 */

/** What the sensors say, and nothing that is derived from a host. */
export interface Signals {
  readonly drawerHigh: boolean;
  readonly offline: boolean;
  readonly coverOpen: boolean;
  readonly feedPressed: boolean;
  readonly waitingForRecovery: boolean;
  readonly paperEnd: boolean;
  readonly nearEnd: boolean;
  readonly mechanicalError: boolean;
  readonly cutterError: boolean;
  readonly unrecoverableError: boolean;
  readonly autoRecoverableError: boolean;
}

type Bits = readonly (readonly [mask: number, signal: (signals: Signals) => boolean])[];

const anyError = (signals: Signals): boolean =>
  signals.mechanicalError ||
  signals.cutterError ||
  signals.unrecoverableError ||
  signals.autoRecoverableError;

const errorBits: Bits = [
  [0x04, (signals) => signals.mechanicalError],
  [0x08, (signals) => signals.cutterError],
  [0x20, (signals) => signals.unrecoverableError],
  [0x40, (signals) => signals.autoRecoverableError],
];

/** DLE EOT 1-4: printer, offline cause, error cause, roll paper. */
const REALTIME: Readonly<Record<1 | 2 | 3 | 4, Bits>> = {
  1: [
    [0x04, (signals) => signals.drawerHigh],
    [0x08, (signals) => signals.offline],
    [0x20, (signals) => signals.waitingForRecovery],
    [0x40, (signals) => signals.feedPressed],
  ],
  2: [
    [0x04, (signals) => signals.coverOpen],
    [0x08, (signals) => signals.feedPressed],
    [0x20, (signals) => signals.paperEnd],
    [0x40, anyError],
  ],
  3: errorBits,
  4: [
    [0x0c, (signals) => signals.nearEnd],
    [0x60, (signals) => signals.paperEnd],
  ],
};

const PAPER_SENSOR: Bits = [
  [0x03, (signals) => signals.nearEnd],
  [0x0c, (signals) => signals.paperEnd],
];

const AUTOMATIC: readonly [Bits, Bits, Bits] = [
  [
    [0x04, (signals) => signals.drawerHigh],
    [0x08, (signals) => signals.offline],
    [0x20, (signals) => signals.coverOpen],
    [0x40, (signals) => signals.feedPressed],
  ],
  [
    [0x01, (signals) => signals.waitingForRecovery],
    [0x02, (signals) => signals.feedPressed],
    ...errorBits,
  ],
  PAPER_SENSOR,
];

/** Which bits of the four bytes a change has to touch, for each bit of `GS a n`, to be reported. */
const AUTOMATIC_ITEMS: readonly (readonly [item: number, bits: number])[] = [
  [0x01, 0x04_00_00_00],
  [0x02, 0x68_01_00_00],
  [0x04, 0x00_6c_00_00],
  [0x08, 0x00_00_0f_00],
  [0x40, 0x00_02_00_00],
];

const byteOf = (fixed: number, bits: Bits, signals: Signals): number =>
  bits.reduce((byte, [mask, signal]) => (signal(signals) ? byte | mask : byte), fixed);

/** The answer to `DLE EOT n`: one byte of the pattern `0xx1xx10`. */
export const realtimeStatus = (n: 1 | 2 | 3 | 4, signals: Signals): number =>
  byteOf(0x12, REALTIME[n], signals);

/** The answer to `GS r 1` and `ESC v`. */
export const paperStatus = (signals: Signals): number => byteOf(0x00, PAPER_SENSOR, signals);

/** The answer to `GS r 2` and `ESC u`. */
export const drawerStatus = (signals: Signals): number => (signals.drawerHigh ? 0x01 : 0x00);

/** The four bytes of automatic status. */
export const automaticStatus = (signals: Signals, byte4: number): Uint8Array =>
  Uint8Array.of(
    byteOf(0x10, AUTOMATIC[0], signals),
    byteOf(0x00, AUTOMATIC[1], signals),
    byteOf(0x00, AUTOMATIC[2], signals),
    byte4,
  );

/** The part of the four bytes that `GS a items` watches; automatic status is sent when it changes. */
export function watchedPart(items: number, status: Uint8Array): number {
  const all =
    ((status[0] ?? 0) << 24) |
    ((status[1] ?? 0) << 16) |
    ((status[2] ?? 0) << 8) |
    (status[3] ?? 0);
  const mask = AUTOMATIC_ITEMS.reduce(
    (bits, [item, part]) => (items & item ? bits | part : bits),
    0,
  );
  return all & mask;
}

/**
 * The cause bytes of the offline response, `GS ( H` function 49 with d=2. Their layout differs per model; this one
 * has bit 6 set and bit 0 cover, bit 1 paper end, bit 2 error in the first of five.
 */
export const offlineCause = (signals: Signals): readonly number[] => [
  0x40 |
    (signals.coverOpen ? 0x01 : 0) |
    (signals.paperEnd ? 0x02 : 0) |
    (anyError(signals) ? 0x04 : 0),
  0x40,
  0x40,
  0x40,
  0x40,
];

export const isOfflineForCause = (signals: Signals): boolean =>
  signals.coverOpen || signals.paperEnd || anyError(signals);
