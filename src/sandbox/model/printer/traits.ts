/**
 * What a make of printer understands, and the settings of one device. Whatever the makers' manuals leave open
 * is a setting here and never a constant in the machine.
 */

/** `yes`: does it and answers. `quiet`: swallows the command. `no`: leaks the parameters onto the paper as text. */
export type Knows = "yes" | "quiet" | "no";

export type ProfileName = "epson" | "clone" | "mute";

export interface Traits {
  /** DLE EOT 1-4. */
  readonly realtimeStatus: Exclude<Knows, "no">;
  /** DLE ENQ 1 and 2. */
  readonly realtimeRecovery: boolean;
  /** DLE DC4 8. */
  readonly bufferClear: boolean;
  /** GS a. */
  readonly automaticStatus: Knows;
  /** GS r. */
  readonly inOrderStatus: Knows;
  /** ESC v and ESC u. */
  readonly oldStatus: Knows;
  /** GS I. */
  readonly identify: Knows;
  /** GS g 0 and GS g 2. */
  readonly counters: Knows;
  /** GS ( H, functions 48 and 49. */
  readonly processId: Knows;
  /** GS ( D. */
  readonly realtimeSwitch: Knows;
  /** GS ( L and GS 8 L. */
  readonly graphics: Knows;
  /** GS ( k. */
  readonly nativeQr: Knows;
  /** ESC L and what belongs to it. */
  readonly pageMode: Knows;
  /** FS C, a command of Japanese models; a few clones print its parameter. */
  readonly kanjiSystem: Knows;
  /** Four-byte GB18030; without it such a character prints as blanks and digits. */
  readonly gb18030: boolean;
  /** Powers up in Chinese mode. */
  readonly chineseAtStart: boolean;
  /** Without a cutter GS V is swallowed and a person tears the paper. */
  readonly cutter: boolean;
  readonly maker: string;
  readonly model: string;
  readonly firmware: string;
  readonly serial: string;
  readonly fonts: string;
}

const epson: Traits = {
  realtimeStatus: "yes",
  realtimeRecovery: true,
  bufferClear: true,
  automaticStatus: "yes",
  inOrderStatus: "yes",
  oldStatus: "yes",
  identify: "yes",
  counters: "yes",
  processId: "yes",
  realtimeSwitch: "yes",
  graphics: "yes",
  nativeQr: "yes",
  pageMode: "yes",
  kanjiSystem: "quiet",
  gb18030: true,
  chineseAtStart: false,
  cutter: true,
  maker: "EPSON",
  model: "TM-T88VI",
  firmware: "30.51 ESC/POS",
  serial: "SANDBOX001",
  fonts: "GB18030",
};

const clone: Traits = {
  ...epson,
  realtimeRecovery: false,
  bufferClear: false,
  automaticStatus: "quiet",
  oldStatus: "yes",
  identify: "quiet",
  counters: "no",
  processId: "no",
  realtimeSwitch: "no",
  graphics: "no",
  pageMode: "no",
  gb18030: false,
  chineseAtStart: true,
  maker: "",
  model: "POS-80",
  firmware: "",
  serial: "",
  fonts: "GB2312",
};

const mute: Traits = {
  ...clone,
  realtimeStatus: "quiet",
  inOrderStatus: "quiet",
  oldStatus: "quiet",
};

/** The three kinds of printer that the sandbox offers; single traits can be changed on top of them. */
export const PROFILES: Readonly<Record<ProfileName, Traits>> = { epson, clone, mute };

export interface Settings {
  readonly paperMm: 58 | 80;
  /** Printable dots across at 203 dpi. */
  readonly dots: number;
  /** Size of the receive buffer in bytes; reading stops when it is full. */
  readonly bufferBytes: number;
  /** How far paper moves in a second while printing; 0: printing takes no time. 150 mm/s is 1200. */
  readonly dotsPerSecond: number;
  /** How long the blade takes, in ms; no time when printing takes none. */
  readonly cutMs: number;
  /** Lines that may wait for the mechanism while later commands are already being executed. */
  readonly linesAhead: number;
  /** From the print head to the blade: what is cut without feeding this far stays on the next paper. */
  readonly headToCutterDots: number;
  /** On a roll of known length: near-end is reported from here on. */
  readonly nearEndDots: number;
  /** After paper or cover is put right, waits for the FEED button ("waiting for online recovery"). */
  readonly resumeNeedsFeed: boolean;
  /** A cleared jam still needs DLE ENQ, a buffer clear or new power before printing goes on. */
  readonly cutterNeedsCommand: boolean;
  /** ESC @ switches automatic status off. */
  readonly initEndsAutomaticStatus: boolean;
  /** A process id after a cut waits for the blade. */
  readonly idWaitsForCutter: boolean;
  /** A process id that had no connection to go out on is kept for the next one. */
  readonly idSurvivesDisconnect: boolean;
  /** Flow control also stops reading while the printer is offline. */
  readonly busyWhenOffline: boolean;
  /** Fourth byte of automatic status: 0x00 or 0x0F on real devices. */
  readonly automaticStatusByte4: number;
}

const DOTS_OF_PAPER: Readonly<Record<Settings["paperMm"], number>> = { 58: 384, 80: 576 };

/** The settings of a device with this paper; single ones can be changed. */
export function settingsFor(
  paperMm: Settings["paperMm"],
  changes: Partial<Settings> = {},
): Settings {
  return {
    paperMm,
    dots: DOTS_OF_PAPER[paperMm],
    bufferBytes: 4096,
    dotsPerSecond: 0,
    cutMs: 300,
    linesAhead: 1,
    headToCutterDots: 120,
    nearEndDots: 1600,
    resumeNeedsFeed: false,
    cutterNeedsCommand: false,
    initEndsAutomaticStatus: true,
    idWaitsForCutter: true,
    idSurvivesDisconnect: false,
    busyWhenOffline: false,
    automaticStatusByte4: 0x0f,
    ...changes,
  };
}
