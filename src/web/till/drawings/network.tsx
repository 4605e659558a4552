/** Drawings of what a hand does at cables, boxes and networks. */
import type { ReactNode } from "react";
import { arrow, monitor, powerSign, router } from "./parts.tsx";

export const reseatCable: ReactNode = (
  <>
    <rect x="98" y="30" width="44" height="62" rx="7" />
    <path d="M98 48h20v26H98" />
    <path className="thing" d="M38 47h32v6h14v16H70v6H38z" />
    <path d="M46 55v12M54 55v12M62 55v12" />
    <path d="M38 61H26c-10 0-10 14 0 14h6c10 0 10 20-4 20h-8" />
    {arrow(62, 30, 88, 30)}
  </>
);

export const restartRouter: ReactNode = (
  <>
    {router}
    <circle cx="80" cy="28" r="20" className="thing" />
    {powerSign(80, 30)}
  </>
);

export const restartModem: ReactNode = (
  <>
    <rect x="50" y="34" width="60" height="72" rx="8" />
    <path d="M62 94h10M80 94h.1M90 94h.1" />
    <path d="M22 106h28M110 106h28" />
    <circle cx="80" cy="56" r="18" className="thing" />
    {powerSign(80, 58)}
  </>
);

export const hotspot: ReactNode = (
  <>
    <rect x="14" y="38" width="60" height="42" rx="6" />
    <path d="M44 80v10M30 94h28" />
    <rect x="112" y="26" width="32" height="66" rx="7" className="thing" />
    <path d="M124 84h8" />
    <path className="do" d="M128 52v.2M121 46c4-5 10-5 14 0M116 40c7-8 17-8 24 0" />
    {arrow(82, 59, 104, 59)}
  </>
);

export const loginPage: ReactNode = (
  <>
    {monitor}
    <path d="M30 34h100" />
    <rect x="56" y="44" width="48" height="10" rx="3" className="thing" />
    <rect x="56" y="59" width="48" height="10" rx="3" className="thing" />
    <path className="do" d="M112 76l16 22M112 76l2 14 5-4 8-1z" />
  </>
);

/** A plug and its socket. */
export const power: ReactNode = (
  <>
    <rect x="94" y="28" width="50" height="62" rx="9" />
    <path d="M108 50v.1M108 68v.1" strokeWidth="7" />
    <path className="thing" d="M36 42h22a14 14 0 0 1 14 14v6a14 14 0 0 1-14 14H36z" />
    <path d="M72 52h12M72 66h12M36 59H22c-10 0-10 24 2 34" />
    {arrow(46, 26, 78, 26)}
  </>
);
