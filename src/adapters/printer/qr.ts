/** QR symbols for printers that can't draw them. */
import qrcode from "qrcode";
import type { QrOf } from "../../core/printing/escpos/charset.ts";

/** Level M in byte mode, as `core/printing/escpos/qr` reckons its size. Throws when the data doesn't fit a symbol. */
export const qrOf: QrOf = (data) => {
  const segments = [{ data: new TextEncoder().encode(data), mode: "byte" as const }];
  const { modules } = qrcode.create(segments, { errorCorrectionLevel: "M" });
  return { size: modules.size, isDark: (row, column) => modules.get(row, column) === 1 };
};
