/** A line of paper as this page draws it, from the lines that are printed. */
import type { SlipLine } from "../../../core/printing/layout-lines.ts";

export interface PaperLine {
  readonly left: string;
  readonly right: string;
  readonly look: string;
  readonly qr: string | null;
  readonly rule: boolean;
}

const blank: PaperLine = { left: "", right: "", look: "", qr: null, rule: false };

/** One line, or null for the printer's own movements. */
export function paperLine(line: SlipLine): PaperLine | null {
  switch (line.kind) {
    case "text":
      return { ...blank, left: line.text, look: `${line.align} ${line.size}` };
    case "pair":
      return { ...blank, left: line.left, right: line.right, look: line.size };
    case "rule":
      return { ...blank, rule: true };
    case "qr":
      return { ...blank, qr: line.data };
    case "feed":
    case "cut":
      return null;
  }
}
