/** Tells what happens, line by line: when, who, and what they say, do or see. */
import { fill, type Language, type Text } from "../src/core/text/text.ts";

export interface Line {
  /** The computer's clock, as in "18:03:21.4". */
  readonly at: string;
  readonly who: Text;
  readonly text: Text;
}

const shopOffsetMs = 8 * 3_600_000;
const clock = (nowMs: number): string => new Date(nowMs + shopOffsetMs).toISOString().slice(11, 21);

export class Teller {
  readonly lines: Line[] = [];
  readonly #language: Language;
  readonly #print: (line: string) => void;

  /** `print` gets each line as it happens, in one language. */
  constructor(language: Language, print: (line: string) => void) {
    this.#language = language;
    this.#print = print;
  }

  tell(who: Text, text: Text, values: Parameters<typeof fill>[1] = {}): void {
    const line = { at: clock(Date.now()), who, text: fill(text, values) };
    this.lines.push(line);
    this.#print(`${line.at}  ${who[this.#language]}  ${line.text[this.#language]}`);
  }

  /** A paper or a screen, under the line that names it. */
  show(block: readonly Text[]): void {
    for (const text of block) {
      this.lines.push({ at: "", who: { zh: "", en: "" }, text });
      this.#print(`            ${text[this.#language]}`);
    }
  }

  chapter(text: Text): void {
    this.lines.push({ at: "", who: { zh: "", en: "" }, text });
    this.#print(`\n── ${text[this.#language]}`);
  }
}

/** The same in both languages: a number, a name, a paper. */
export const plain = (text: string): Text => ({ zh: text, en: text });
