/** A QR code as one SVG path: sharp at any size, no canvas, no request. */
import { create } from "qrcode";
import { useMemo } from "react";

const quietModules = 4;

export function Qr({ text, label }: { readonly text: string; readonly label: string }) {
  const { size, path } = useMemo(() => drawing(text), [text]);
  return (
    <svg
      className="qr"
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#111" />
    </svg>
  );
}

function drawing(text: string): { size: number; path: string } {
  const { modules } = create(text, { errorCorrectionLevel: "M" });
  const dark: string[] = [];
  for (let row = 0; row < modules.size; row += 1) {
    for (let column = 0; column < modules.size; column += 1) {
      if (modules.get(row, column))
        dark.push(`M${column + quietModules} ${row + quietModules}h1v1h-1z`);
    }
  }
  return { size: modules.size + 2 * quietModules, path: dark.join("") };
}
