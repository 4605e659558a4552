/** The paper between the roll and the blade: takes prints in order, gives a finished paper at each cut. */
import type { Paper, PaperElement, Print } from "./paper.ts";

type ImageElement = Extract<PaperElement, { kind: "image" }>;

/** Bands of one picture come one by one; on the paper they are one picture again. */
function joined(above: PaperElement | undefined, below: Print): ImageElement | null {
  if (above?.kind !== "image" || below.kind !== "image") return null;
  const same =
    above.x === below.x &&
    above.bitmap.width === below.bitmap.width &&
    above.scaleX === below.scaleX &&
    above.scaleY === below.scaleY;
  if (!same) return null;
  const bits = new Uint8Array(above.bitmap.bits.length + below.bitmap.bits.length);
  bits.set(above.bitmap.bits);
  bits.set(below.bitmap.bits, above.bitmap.bits.length);
  const bitmap = {
    width: above.bitmap.width,
    height: above.bitmap.height + below.bitmap.height,
    bits,
  };
  return { ...above, height: above.height + below.height, bitmap };
}

export class Roll {
  #elements: PaperElement[] = [];
  #length = 0;
  #startedAtMs = 0;
  #next: number;
  readonly #width: number;

  /** `leadDots`: blank paper between head and blade, which is the upper margin of every paper. */
  constructor(width: number, nextNumber: number, leadDots: number) {
    this.#width = width;
    this.#next = nextNumber;
    this.#length = leadDots;
  }

  /** Dots out of the head since the last cut. */
  get length(): number {
    return this.#length;
  }

  /** Whether anything but blank paper hangs out. */
  get inked(): boolean {
    return this.#elements.some((element) => element.kind !== "feed");
  }

  append(print: Print, nowMs: number): PaperElement {
    if (this.#elements.length === 0) this.#startedAtMs = nowMs;
    const whole = joined(this.#elements.at(-1), print);
    if (whole) this.#elements[this.#elements.length - 1] = whole;
    const element: PaperElement = { ...print, y: this.#length };
    if (!whole) this.#elements.push(element);
    this.#length += print.height;
    return element;
  }

  /** The paper that hangs out of the printer now. */
  hanging(nowMs: number): Paper {
    return this.#paper(this.#elements, this.#length, "torn", nowMs);
  }

  /** Cuts `behindHead` dots above the print head; what was printed below stays for the next paper. */
  cut(end: Paper["end"], behindHead: number, nowMs: number): Paper {
    const length = Math.max(0, this.#length - behindHead);
    const onPaper = (element: PaperElement): boolean =>
      element.kind === "feed" ? element.y < length : element.y + inkHeight(element) <= length;
    const paper = this.#paper(this.#elements.filter(onPaper), length, end, nowMs);
    this.#elements = this.#elements
      .filter((element) => !onPaper(element))
      .map((element) => ({ ...element, y: Math.max(0, element.y - length) }));
    this.#length -= length;
    this.#startedAtMs = nowMs;
    this.#next += 1;
    return paper;
  }

  #paper(
    elements: readonly PaperElement[],
    length: number,
    end: Paper["end"],
    nowMs: number,
  ): Paper {
    return {
      n: this.#next,
      startedAtMs: elements.length === 0 ? nowMs : this.#startedAtMs,
      endedAtMs: nowMs,
      width: this.#width,
      length,
      end,
      elements: [...elements],
    };
  }
}

/** The blank part under a line of text may be cut through without harm. */
function inkHeight(element: PaperElement): number {
  if (element.kind !== "line") return element.height;
  return Math.max(
    0,
    ...element.pieces.map((piece) =>
      piece.kind === "text" ? piece.height : piece.height * piece.scaleY,
    ),
  );
}
