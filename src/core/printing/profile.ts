/** What a printer can do, found by a probe at pairing and stored; every field can be set by hand. */
export interface PrinterProfile {
  readonly paperMm: 58 | 80;
  /** Half-width columns of font A: 32 on 58 mm, 48 on 80 mm; some 80 mm printers have 42. */
  readonly columns: number;
  /** Printable dots across: 384 on 58 mm, 576 on 80 mm. */
  readonly dots: number;
  readonly cutter: boolean;
  /** Answers `GS ( H` function 48. Never sent to a printer that didn't show it: it would print the parameters. */
  readonly processId: boolean;
  /** Answers `DLE EOT` 1-4. */
  readonly realtimeStatus: boolean;
  /** Sends automatic status back after `GS a`. */
  readonly automaticStatus: boolean;
  /** Answers `GS r 1` in buffer order. */
  readonly inOrderStatus: boolean;
  /** Answers `GS g 2` with the cutter counter. */
  readonly cutCounter: boolean;
  /** Answers `DLE DC4 8` (clear the buffers). */
  readonly bufferClear: boolean;
  /** Knows four-byte GB18030; else such characters are replaced. */
  readonly gb18030: boolean;
  /** Prints QR by `GS ( k`; else it is sent as raster. */
  readonly nativeQr: boolean;
  readonly drawer: "pin2" | "pin5" | null;
  readonly maker: string | null;
  readonly model: string | null;
  readonly firmware: string | null;
}

export const profile80: PrinterProfile = {
  paperMm: 80,
  columns: 48,
  dots: 576,
  cutter: true,
  processId: false,
  realtimeStatus: true,
  automaticStatus: false,
  inOrderStatus: true,
  cutCounter: false,
  bufferClear: false,
  gb18030: false,
  nativeQr: true,
  drawer: null,
  maker: null,
  model: null,
  firmware: null,
};

export const profile58: PrinterProfile = {
  ...profile80,
  paperMm: 58,
  columns: 32,
  dots: 384,
  cutter: false,
};

/** Whether the printer itself said any of it. Silence makes no profile: another computer may have held the printer. */
export const isAnswered = (profile: PrinterProfile): boolean =>
  profile.processId ||
  profile.realtimeStatus ||
  profile.automaticStatus ||
  profile.inOrderStatus ||
  profile.cutCounter ||
  profile.bufferClear ||
  profile.maker !== null ||
  profile.model !== null ||
  profile.firmware !== null;

/** A person set that it neither tells its state nor answers in its order. */
export const isMuteByHand = (byHand: Partial<PrinterProfile>): boolean =>
  byHand.realtimeStatus === false &&
  byHand.inOrderStatus === false &&
  byHand.processId !== true &&
  byHand.automaticStatus !== true &&
  byHand.cutCounter !== true;
