/** How far the provider was asked about the charges in question, and the words for it: nothing is said to go on that doesn't. */
import { ATTEMPT_STATES } from "../../payment/states.ts";
import type { Text } from "../../text/text.ts";
import type { Case } from "../case.ts";
import { attemptsSeen } from "./codes.ts";

export type Asked = "not_yet" | "not_lately" | "open" | "ended";

function askedOf(given: Case): Asked {
  const seen = attemptsSeen(given);
  if (seen.length === 0) return given.sale === null ? "not_lately" : "not_yet";
  return seen.some(({ fact }) => ATTEMPT_STATES[fact.state].live) ? "open" : "ended";
}

export const askedText = (words: Readonly<Record<Asked, Text>>, given: Case): Text =>
  words[askedOf(given)];
