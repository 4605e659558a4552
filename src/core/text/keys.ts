/**
 * Keys in sentences. A text says `{key_why}`, never F8: where it is shown the place becomes the key's name, or on a page
 * that is used by touch, where there are no keys, the words on the button.
 */
import { frameText } from "./frame.ts";
import { gateText } from "./gate.ts";
import { type Language, say, type Text } from "./text.ts";
import { tillText } from "./till.ts";

const KEYS = {
  key_take: ["Enter", tillText.take],
  key_next: ["Enter", tillText.next],
  key_next_held: ["Enter", tillText.nextHeld],
  key_leave: ["S", tillText.nextHeld],
  key_reverse: ["R", tillText.reverse],
  key_qr: ["F2", tillText.showQr],
  key_why: ["F8", frameText.keyWhy],
  key_open: ["F9", frameText.keyOpen],
  key_show_e_receipt: ["F7", tillText.eReceipt],
  key_came_out: ["Y", tillText.cameOut],
  key_did_not: ["N", tillText.didNot],
  key_e_receipt: ["Y", gateText.askYes],
  key_fix_printer: ["N", gateText.askNo],
} as const satisfies Record<string, readonly [key: string, button: Text]>;

/** A button's words in a sentence. */
export const quoted = ({ zh, en }: Text): Text => ({ zh: `“${zh}”`, en: `“${en}”` });

const keyWords = (language: Language, taps: boolean): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(KEYS).map(([place, [key, button]]) => [
      place,
      taps ? quoted(button)[language] : key,
    ]),
  );

/** As `say`, with the places of keys filled too. `taps`: the page is used by touch. */
export function sayWithKeys(
  text: Text,
  language: Language,
  taps: boolean,
  values: Readonly<Record<string, string | number>> = {},
): string {
  const said = say(text, language, { ...keyWords(language, taps), ...values });
  // Chinese has spaces round a key's name, and none round a quotation.
  return language === "zh" ? said.replaceAll(" “", "“").replaceAll("” ", "”") : said;
}
