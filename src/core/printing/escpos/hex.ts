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
export function asciiBytes(text: string): number[] {
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at += 1) bytes.push(text.charCodeAt(at));
  return bytes;
}
