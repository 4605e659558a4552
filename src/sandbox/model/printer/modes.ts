/** Everything that a print mode command can change; ESC @ puts all of it back. */
import type { Style } from "./paper.ts";

export interface Modes {
  font: "A" | "B";
  wide: number;
  tall: number;
  bold: boolean;
  underline: 0 | 1 | 2;
  invert: boolean;
  chinese: boolean;
  /** FS ! and FS W: Chinese characters only. */
  chineseWide: boolean;
  chineseTall: boolean;
  chineseUnderline: 0 | 1 | 2;
  /** Dots to the right of a half-width character, and left and right of a Chinese one. */
  spacing: number;
  chineseLeft: number;
  chineseRight: number;
  align: 0 | 1 | 2;
  lineSpacing: number;
  leftMargin: number;
  /** Null: as wide as the paper allows. */
  areaWidth: number | null;
  codePage: number;
  /** ESC R; 15 is China and shows 0x24 as ¥. */
  country: number;
  tabs: readonly number[];
  barHeight: number;
  barModule: number;
  caption: "none" | "above" | "below" | "both";
  qrModule: number;
  qrLevel: "L" | "M" | "Q" | "H";
  qrData: Uint8Array | null;
  pageMode: boolean;
  /** DLE DC4 1 and 2, as GS ( D allows them. */
  drawerPulseAllowed: boolean;
}

const charDots = 12;

export const startModes = (chinese: boolean): Modes => ({
  font: "A",
  wide: 1,
  tall: 1,
  bold: false,
  underline: 0,
  invert: false,
  chinese,
  chineseWide: false,
  chineseTall: false,
  chineseUnderline: 0,
  spacing: 0,
  chineseLeft: 0,
  chineseRight: 0,
  align: 0,
  lineSpacing: 30,
  leftMargin: 0,
  areaWidth: null,
  codePage: 0,
  country: 0,
  tabs: Array.from({ length: 32 }, (_, index) => (index + 1) * 8 * charDots),
  barHeight: 162,
  barModule: 3,
  caption: "none",
  qrModule: 3,
  qrLevel: "L",
  qrData: null,
  pageMode: false,
  drawerPulseAllowed: true,
});

/** How a character looks and how much room it takes. */
export interface Cell {
  readonly style: Style;
  readonly width: number;
  readonly height: number;
  readonly before: number;
}

const FONT_DOTS = { A: { width: 12, height: 24 }, B: { width: 9, height: 17 } } as const;
const chineseDots = 24;

export function cellOf(modes: Modes, chinese: boolean): Cell {
  const wide = chinese && modes.chineseWide ? Math.max(2, modes.wide) : modes.wide;
  const tall = chinese && modes.chineseTall ? Math.max(2, modes.tall) : modes.tall;
  const underline =
    chinese && modes.chineseUnderline > 0 ? modes.chineseUnderline : modes.underline;
  const font = chinese ? "A" : modes.font;
  const style: Style = { font, wide, tall, bold: modes.bold, underline, invert: modes.invert };
  if (chinese)
    return {
      style,
      width: (chineseDots + modes.chineseLeft + modes.chineseRight) * wide,
      height: chineseDots * tall,
      before: modes.chineseLeft * wide,
    };
  const dots = FONT_DOTS[font];
  return {
    style,
    width: (dots.width + modes.spacing) * wide,
    height: dots.height * tall,
    before: 0,
  };
}
