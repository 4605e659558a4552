/** Drawings of what a hand does at the printer. */
import type { ReactNode } from "react";
import { arrow, powerSign, printer } from "./parts.tsx";

export const loadPaper: ReactNode = (
  <>
    <path d="M34 64h92a8 8 0 0 1 8 8v26a8 8 0 0 1-8 8H34a8 8 0 0 1-8-8V72a8 8 0 0 1 8-8z" />
    <path d="M36 64L26 20c-1-8 8-10 11-3l13 47" />
    <circle cx="120" cy="94" r="3" className="solid" />
    <g className="thing">
      <circle cx="98" cy="40" r="22" />
      <circle cx="98" cy="40" r="7" />
      <path d="M120 40c1 14 7 20 20 21" fill="none" />
    </g>
    {arrow(62, 22, 62, 52)}
  </>
);

export const closeCover: ReactNode = (
  <>
    <path d="M34 64h92a8 8 0 0 1 8 8v26a8 8 0 0 1-8 8H34a8 8 0 0 1-8-8V72a8 8 0 0 1 8-8z" />
    <circle cx="120" cy="94" r="3" className="solid" />
    <path className="thing" d="M30 62L58 22l84 6-16 34z" />
    <path className="do" d="M70 12c24-8 52-4 72 10M131 24l12-1-2-12" />
    <path className="do" d="M96 36v14M90 45l6 6 6-6" />
  </>
);

export const powerPrinter: ReactNode = (
  <>
    {printer}
    <circle cx="80" cy="30" r="20" className="thing" />
    {powerSign(80, 32)}
  </>
);

export const lookSlot: ReactNode = (
  <>
    {printer}
    <path className="thing" d="M54 70V32l6 4 6-4 6 4 6-4 6 4 6-4 6 4 6-4v38" />
    <path d="M62 46h30M62 55h22" />
    <g className="do">
      <path d="M108 30c8-11 28-11 36 0-8 11-28 11-36 0z" />
      <circle cx="126" cy="30" r="4" />
    </g>
  </>
);

export const clearJam: ReactNode = (
  <>
    {printer}
    <path className="thing" d="M56 70l4-14-8-8 10-10-6-9h44l-8 10 10 9-9 9 5 13" />
    <path d="M64 60l10-8-8-8 14-7M86 58l8-8" />
    {arrow(120, 48, 120, 20)}
  </>
);

export const openCover: ReactNode = (
  <>
    <path d="M34 64h92a8 8 0 0 1 8 8v26a8 8 0 0 1-8 8H34a8 8 0 0 1-8-8V72a8 8 0 0 1 8-8z" />
    <circle cx="120" cy="94" r="3" className="solid" />
    <path className="thing" d="M30 62L58 22l84 6-16 34z" />
    <path className="do" d="M44 48C34 30 52 10 78 10M70 3l9 7-8 8" />
  </>
);

export const panel: ReactNode = (
  <>
    {printer}
    <circle cx="56" cy="30" r="9" className="alarm" />
    <rect x="78" y="21" width="34" height="18" rx="9" className="thing" />
    <path className="do" d="M95 62V44M89 50l6-6 6 6" />
  </>
);

export const printerCable: ReactNode = (
  <>
    <path d="M30 34h60a8 8 0 0 1 8 8v44a8 8 0 0 1-8 8H30a8 8 0 0 1-8-8V42a8 8 0 0 1 8-8z" />
    <path d="M32 46h48M98 58h-10v16h10" />
    <path className="thing" d="M142 58h-18v3h-8v10h8v3h18z" />
    <path d="M142 66h12" />
    <path className="do" d="M134 40h-24M118 32l-8 8 8 8" />
  </>
);
