/** What stands over every screen while no real money moves. */
import { frameText } from "../text/frame.ts";
import type { Text } from "../text/text.ts";
import type { TillView } from "./view.ts";

export function ribbonText({
  livemode,
  training,
}: Pick<TillView, "livemode" | "training">): Text | null {
  if (training) return frameText.training;
  return livemode ? null : frameText.demo;
}
