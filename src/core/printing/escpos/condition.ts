/**
 * The printer's condition, from its status bytes. The bit tables are data: DLE EOT 1-4, GS a (ASB) and GS r 1 as in
 * Epson's ESC/POS application programming guide v10.01 and the manuals of TM-T88III, Citizen CT-S310, SNBC BTP-R580
 * and HPRT TP80K, which agree. Bits that are undefined on older models and clones are marked in `causes` below.
 */
import type { HoldCause } from "../job.ts";
import type { PrinterEvent } from "./status.ts";

const flags = [
  "offline",
  "coverOpen",
  "feeding",
  "paperStopped",
  "paperEnd",
  "paperNearEnd",
  "error",
  "mechanicalError",
  "cutterError",
  "unrecoverableError",
  "passingError",
  "drawerHigh",
] as const;
export type ConditionFlag = (typeof flags)[number];

/** What is known; a flag that no answer has covered yet is false. */
export type PrinterCondition = Readonly<Record<ConditionFlag, boolean>>;

export const allWell: PrinterCondition = {
  offline: false,
  coverOpen: false,
  feeding: false,
  paperStopped: false,
  paperEnd: false,
  paperNearEnd: false,
  error: false,
  mechanicalError: false,
  cutterError: false,
  unrecoverableError: false,
  passingError: false,
  drawerHigh: false,
};

interface Bit {
  readonly flag: ConditionFlag;
  readonly byte: number;
  /** Set when all bits of the mask are. */
  readonly mask: number;
}
const bit = (flag: ConditionFlag, mask: number, byte = 0): Bit => ({ flag, byte, mask });

const realtimeBits: Readonly<Record<1 | 2 | 3 | 4, readonly Bit[]>> = {
  1: [bit("drawerHigh", 0x04), bit("offline", 0x08)],
  2: [bit("coverOpen", 0x04), bit("feeding", 0x08), bit("paperStopped", 0x20), bit("error", 0x40)],
  3: [
    bit("mechanicalError", 0x04),
    bit("cutterError", 0x08),
    bit("unrecoverableError", 0x20),
    bit("passingError", 0x40),
  ],
  4: [bit("paperNearEnd", 0x0c), bit("paperEnd", 0x60)],
};

const asbBits: readonly Bit[] = [
  bit("drawerHigh", 0x04, 0),
  bit("offline", 0x08, 0),
  bit("coverOpen", 0x20, 0),
  bit("feeding", 0x40, 0),
  bit("mechanicalError", 0x04, 1),
  bit("cutterError", 0x08, 1),
  bit("unrecoverableError", 0x20, 1),
  bit("passingError", 0x40, 1),
  bit("paperNearEnd", 0x03, 2),
  bit("paperEnd", 0x0c, 2),
];

const paperSensorBits: readonly Bit[] = [bit("paperNearEnd", 0x03), bit("paperEnd", 0x0c)];

/** The condition after one more event; events that say nothing about it leave it as it is. */
export function conditionAfter(before: PrinterCondition, event: PrinterEvent): PrinterCondition {
  switch (event.kind) {
    case "realtime":
      return updated(before, realtimeBits[event.n], [event.byte]);
    case "in_order":
      return event.n === 1 ? updated(before, paperSensorBits, [event.byte]) : before;
    case "asb":
      // It is the full state, so what only DLE EOT 2 told (stopped by paper end, some error) is over with it.
      return updated({ ...before, paperStopped: false, error: false }, asbBits, event.bytes);
    default:
      return before;
  }
}

function updated(
  before: PrinterCondition,
  bits: readonly Bit[],
  bytes: readonly number[],
): PrinterCondition {
  const news = bits.map(({ flag, byte, mask }) => [flag, ((bytes[byte] ?? 0) & mask) === mask]);
  return { ...before, ...(Object.fromEntries(news) as Partial<PrinterCondition>) };
}

/**
 * What stops the printer, the first to be fixed first: with the cover open the paper sensor may be wrong.
 * `onlyOffline`: the bit is undefined on older models and clones, so it counts only where the printer is offline too.
 */
const causes: readonly {
  readonly flag: ConditionFlag;
  readonly cause: HoldCause;
  readonly onlyOffline?: true;
}[] = [
  { flag: "coverOpen", cause: "cover_open" },
  { flag: "paperEnd", cause: "paper_out" },
  { flag: "paperStopped", cause: "paper_out" },
  { flag: "cutterError", cause: "cutter_error" },
  { flag: "unrecoverableError", cause: "printer_error" },
  { flag: "mechanicalError", cause: "printer_error", onlyOffline: true },
  { flag: "passingError", cause: "head_hot", onlyOffline: true },
  { flag: "error", cause: "printer_error", onlyOffline: true },
  { flag: "offline", cause: "printer_offline" },
];

/** Why the printer can't print; null when all is well. */
export function holdCauseOf(condition: PrinterCondition): HoldCause | null {
  const found = causes.find(
    ({ flag, onlyOffline }) => condition[flag] && (onlyOffline !== true || condition.offline),
  );
  return found?.cause ?? null;
}
