/** A sale in the box's API, by whichever number a person wrote. */
import { REFUSALS } from "../core/rules/refusals.ts";
import type { Text } from "../core/text/text.ts";
import { InputError } from "./input-error.ts";

/** The most that the API reads as a number of a sale; none has as many. */
const charactersMax = 100;

/** Throws InputError where no number is written, or what no sale has for one: the box isn't asked then. */
export function salePath(number: string, rest = ""): string {
  const written = number.trim();
  // A dot or two would lead out of the sale's own path.
  if (/^\.{0,2}$/.test(written)) throw new InputError("bad_request", numberMissing);
  if (written.length > charactersMax)
    throw new InputError("sale_not_found", REFUSALS.sale_not_found.text);
  return `/api/sales/${encodeURIComponent(written)}${rest}`;
}

const numberMissing: Text = {
  zh: "没有执行：没有写是哪一单。请写订单号、小票号、渠道交易号或交易编号；用 chupiao sales 可以查到。",
  en: "Nothing was done: no sale is named. Write its order, receipt, trade or sale number; chupiao sales lists them.",
};
