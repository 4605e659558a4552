/** Things that stand in several drawings. One pen, one accent: what is to be done is drawn in the accent. */
import type { ReactNode } from "react";

export const printer: ReactNode = (
  <g>
    <path d="M34 58h92a8 8 0 0 1 8 8v32a8 8 0 0 1-8 8H34a8 8 0 0 1-8-8V66a8 8 0 0 1 8-8z" />
    <path d="M44 70h72" />
    <circle cx="120" cy="92" r="3" className="solid" />
    <path d="M36 92h14" />
  </g>
);

export const phone: ReactNode = (
  <g>
    <rect x="56" y="14" width="48" height="92" rx="9" />
    <path d="M74 97h12" />
  </g>
);

export const router: ReactNode = (
  <g>
    <rect x="28" y="64" width="104" height="30" rx="8" />
    <path d="M46 64V30M114 64V30" />
    <circle cx="46" cy="79" r="3" className="solid" />
    <circle cx="60" cy="79" r="3" className="solid" />
    <circle cx="74" cy="79" r="3" className="solid" />
  </g>
);

export const monitor: ReactNode = (
  <g>
    <rect x="30" y="20" width="100" height="66" rx="7" />
    <path d="M80 86v14M58 104h44" />
  </g>
);

/** The sign on switches. */
export const powerSign = (x: number, y: number): ReactNode => (
  <path
    className="do"
    d={`M${x} ${y - 13}v12M${x - 8} ${y - 8}a12 12 0 1 0 16 0`}
    strokeLinecap="round"
  />
);

/** An arrow from one point to another, up, down, left or right. */
export function arrow(x: number, y: number, toX: number, toY: number): ReactNode {
  const angle = Math.atan2(toY - y, toX - x);
  const side = (turn: number): string =>
    `${(toX - 9 * Math.cos(angle + turn)).toFixed(1)} ${(toY - 9 * Math.sin(angle + turn)).toFixed(1)}`;
  return (
    <path className="do" d={`M${x} ${y}L${toX} ${toY}M${side(0.6)}L${toX} ${toY}L${side(-0.6)}`} />
  );
}
