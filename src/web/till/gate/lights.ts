/** The four lights: their names in the order of the head, and the word that goes with each colour. */
import type { LightView } from "../../../core/diagnosis/view.ts";
import { frameText } from "../../../core/text/frame.ts";
import { gateText } from "../../../core/text/gate.ts";
import type { Text } from "../../../core/text/text.ts";
import type { Light, TillView } from "../../../core/till/view.ts";

export const LIGHT_WORD: Record<Light, Text> = {
  green: frameText.green,
  amber: frameText.amber,
  red: frameText.red,
};

export const lightsOf = ({ gate }: TillView): readonly (readonly [Text, LightView])[] => [
  [frameText.network, gate.network],
  [frameText.provider, gate.provider],
  [frameText.printer, gate.printer],
  [gateText.till, gate.till],
];
