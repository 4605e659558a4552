/** Signs of the big state, drawn so that they look the same on every machine. Always beside a word. */
import type { ReactNode } from "react";
import type { Icon as IconName } from "../../core/till/parts.ts";

const DRAWN: Record<IconName, ReactNode> = {
  tick: <path d="M5 12.5l4.5 4.5L19 7.5" />,
  cross: <path d="M6.5 6.5l11 11M17.5 6.5l-11 11" />,
  dots: (
    <g className="dots" fill="currentColor" stroke="none">
      <circle cx="5.5" cy="12" r="2" />
      <circle cx="12" cy="12" r="2" />
      <circle cx="18.5" cy="12" r="2" />
    </g>
  ),
  alert: <path d="M12 5v9M12 18.4v.2" />,
  ask: <path d="M8.5 9a3.5 3.5 0 1 1 5 3.2c-1 .5-1.5 1.1-1.5 2.3M12 18.4v.2" />,
  back: <path d="M9 6L5 10l4 4M5 10h9a5 5 0 0 1 0 10h-3" />,
  code: <path strokeWidth="2" d="M4 6v12M8 6v12M11.5 6v12M16 6v12M20 6v12" />,
  qr: <path d="M5 5h5v5H5zM14 5h5v5h-5zM5 14h5v5H5zM14 14h2v2M19 14v5h-5" />,
  keys: <path d="M6 7h.1M12 7h.1M18 7h.1M6 12h.1M12 12h.1M18 12h.1M6 17h.1M12 17h.1M18 17h.1" />,
};

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <span className="icon" aria-hidden="true">
      <svg viewBox="0 0 24 24">{DRAWN[name]}</svg>
    </span>
  );
}
