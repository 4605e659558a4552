/** A QR for a customer, on standard error so that the one JSON object stays alone on standard output. */

/** In colours on a screen, where it must be dark on light; in plain blocks in a file or a pipe. */
export async function drawQr(text: string, hasColours: boolean): Promise<string> {
  const { default: qrcode } = await import("qrcode");
  return hasColours
    ? qrcode.toString(text, { type: "terminal", small: true })
    : qrcode.toString(text, { type: "utf8" });
}

export async function showQr(words: string, text: string): Promise<void> {
  const hasColours = process.stderr.isTTY && process.stderr.hasColors();
  console.error(`${words}: ${text}\n${await drawQr(text, hasColours)}`);
}
