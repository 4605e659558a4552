/** A refusal of the command line itself. */
import type { Text } from "../core/text/text.ts";

/** The input is wrong: says what to do, and nothing was sent. */
export class InputError extends Error {
  readonly code: string;
  readonly text: Text;
  constructor(code: string, text: Text) {
    super(`${text.zh} (${text.en})`);
    this.code = code;
    this.text = text;
  }
}
