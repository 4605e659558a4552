/** "37 22 30 30 30 31 00": bytes as evidence and manuals write them. */
export const hexText = (bytes: Iterable<number>): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0").toUpperCase()).join(" ");

/** The bytes of a text in characters 0x20-0x7E. */
export const asciiBytes = (text: string): number[] =>
  Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
