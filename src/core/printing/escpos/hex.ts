/** "37 22 30 30 30 31 00": bytes as evidence and manuals write them. */
export function hexText(bytes: Iterable<number>): string {
  let text = "";
  for (const byte of bytes) text += `${text === "" ? "" : " "}${hexOfByte[byte] ?? ""}`;
  return text;
}

const hexOfByte: readonly string[] = Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).padStart(2, "0").toUpperCase(),
);

/** The bytes of a text in characters 0x20-0x7E. */
export const asciiBytes = (text: string): number[] =>
  Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
