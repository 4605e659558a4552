/** What the runtime lends to the pure encoder: the printer's characters and the squares of a QR code. */

/**
 * Text to the bytes of the printer's Chinese mode. A character that the printer can't print is sent as 〓 and named to
 * `replaced`. The result may share memory with the next one: copy it before the next call.
 */
export type EncodeText = (text: string, replaced: (character: string) => void) => Uint8Array;

/** Bytes back to text, as the printer reads them. Not made from the encoder's table, so that it can judge it. */
export type DecodeText = (bytes: Uint8Array) => string;

/** A QR symbol without its quiet zone. */
export interface QrSymbol {
  readonly size: number;
  isDark(row: number, column: number): boolean;
}

/** Error correction level M, byte mode. */
export type QrOf = (data: string) => QrSymbol;
