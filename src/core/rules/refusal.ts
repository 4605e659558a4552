import type { Text } from "../text/text.ts";

export interface Refusal {
  /** HTTP status of the API's problem. */
  readonly status: number;
  readonly text: Text;
}

export const refusal = (status: number, zh: string, en: string): Refusal => ({
  status,
  text: { zh, en },
});
