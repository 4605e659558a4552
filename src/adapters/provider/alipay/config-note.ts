/** A sentence about one setting: what is wrong or risky and what to do. */
import { fill } from "../../../core/text/text.ts";
import type { Text } from "../../../core/text/text.ts";
import { FIELDS } from "./config-text.ts";
import type { Field } from "./config-text.ts";

export interface ConfigNote {
  readonly field: Field | "config";
  readonly text: Text;
}

/** Names the JSON file. */
export const configFile = "CHUPIAO_ALIPAY_CONFIG";

export function note(
  field: ConfigNote["field"],
  text: Text,
  values: Readonly<Record<string, string>> = {},
): ConfigNote {
  const about = field === "config" ? { env: configFile, need: { zh: "", en: "" } } : FIELDS[field];
  return { field, text: fill(text, { ...values, field, env: about.env, need: about.need }) };
}
