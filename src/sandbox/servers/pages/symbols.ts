/** Payment codes as wallets show them: a CODE128 bar code and a QR code, as SVG. */
import { toSVG } from "bwip-js/node";
import { toString } from "qrcode";
import { Html } from "./html.ts";

const kept = new Map<string, Html>();
const keptMax = 64;

const named = (svg: string, name: string): string =>
  svg.replace("<svg ", `<svg role="img" aria-label="${name}" `);

/** Both symbols of a code (digits or an address of ours); drawn once and kept for a while. */
export async function symbols(code: string, withBars: boolean): Promise<Html> {
  const known = kept.get(code);
  if (known !== undefined) return known;
  const qr = await toString(code, { type: "svg", margin: 4, errorCorrectionLevel: "M" });
  const bars = withBars
    ? toSVG({ bcid: "code128", text: code, height: 12, paddingwidth: 10, paddingheight: 4 })
    : "";
  const drawn = new Html(
    `${bars === "" ? "" : `<div class="bars">${named(bars, "付款条码")}</div>`}<div class="qr">${named(qr, "二维码")}</div>`,
  );
  if (kept.size >= keptMax) kept.delete(kept.keys().next().value ?? "");
  kept.set(code, drawn);
  return drawn;
}
