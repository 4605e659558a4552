/** What a printer can do, concluded from what it answered at pairing. */
import type { PrinterProfile } from "../profile.ts";
import { asciiBytes } from "./hex.ts";

export interface ProbeAnswers {
  readonly maker: string | null;
  readonly model: string | null;
  readonly firmware: string | null;
  /** `DLE EOT 1` was answered. */
  readonly realtime: boolean;
  /** `GS a` was answered with a status. */
  readonly automatic: boolean;
  /** `GS r 1` was answered. */
  readonly inOrder: boolean;
  /** `GS g 2 50` was answered with a number. */
  readonly cutCounter: boolean;
  /** `GS ( H` was answered with our id. False also when it wasn't asked. */
  readonly processId: boolean;
  /** `DLE DC4 8` was answered. False also when it wasn't asked. */
  readonly bufferClear: boolean;
}

/** Whether it answered anything in the order of its buffer, and not only at once. */
export const answersInOrder = (answers: ProbeAnswers): boolean =>
  answers.automatic ||
  answers.inOrder ||
  answers.cutCounter ||
  answers.processId ||
  (answers.maker ?? answers.model ?? answers.firmware) !== null;

/** The profile to store. Paper, columns, fonts and drawer can't be asked for and come from `base`. */
export const profileFrom = (base: PrinterProfile, answers: ProbeAnswers): PrinterProfile => ({
  ...base,
  maker: answers.maker,
  model: answers.model,
  firmware: answers.firmware,
  cutter: base.cutter || answers.cutCounter,
  processId: answers.processId,
  realtimeStatus: answers.realtime,
  automaticStatus: answers.automatic,
  inOrderStatus: answers.inOrder,
  cutCounter: answers.cutCounter,
  bufferClear: answers.bufferClear,
});

/** `GS ( H` function 48: asks for the response 37 22 id 00 once everything before it is printed. `id`: 4 characters. */
export const processIdRequest = (id: string): Uint8Array =>
  Uint8Array.of(0x1d, 0x28, 0x48, 0x06, 0x00, 0x30, 0x30, ...asciiBytes(id));

/** `DLE DC4` function 8: clears receive and print buffer; answered by 37 25 00. */
export const clearBuffersRequest: Uint8Array = Uint8Array.of(
  0x10,
  0x14,
  0x08,
  0x01,
  0x03,
  0x14,
  0x01,
  0x06,
  0x02,
  0x08,
);

/**
 * The models that Epson lists for `GS ( H` in its ESC/POS reference. To any other printer it is sent only when the
 * person at the pairing agrees, since one that doesn't know it prints its parameters.
 */
const processIdModels: readonly string[] = (
  "TM-L90 TM-L100 TM-m10 TM-m30 TM-m30II TM-m30III TM-m50 TM-m50II " +
  "TM-P20 TM-P20II TM-P60 TM-P60II TM-P80 TM-P80II " +
  "TM-T20 TM-T20II TM-T20III TM-T20IV TM-T20L TM-T20IIIL TM-T20IV-L TM-T20X TM-T20X-II " +
  "TM-T70 TM-T70II TM-T81III TM-T82II TM-T82III TM-T82IIIL TM-T82IV-L TM-T82X TM-T83III TM-T83IV " +
  "TM-T88IV TM-T88V TM-T88VI TM-T88VII TM-T90 TM-T100 TM-U220 TM-U220II TM-U230 EU-m30"
).split(" ");

const plain = (text: string): string => text.toUpperCase().replaceAll(/[^A-Z0-9]/g, "");
const plainModels: ReadonlySet<string> = new Set(processIdModels.map(plain));

/** Whether `GS ( H` is known to be understood by the printer that calls itself so. */
export const knowsProcessId = (maker: string | null, model: string | null): boolean =>
  plain(maker ?? "") === "EPSON" && plainModels.has(plain(model ?? ""));
