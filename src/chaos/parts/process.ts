/**
 * The process of one part. One that reads a cut-off store holds up its own thread, and would hold up every cashier who
 * shared it: what they saw would bear a wrong time.
 */
import { leave, leaveOnSignal } from "../shop/leave.ts";
import { type Part, playPart, type Told } from "./part.ts";

const tell = (told: Told, then = (): void => {}): void => {
  process.send?.(told, then);
};

leaveOnSignal();
process.once("message", (part: Part) => void work(part));

async function work(part: Part): Promise<void> {
  try {
    const ended = await playPart(part, (done) => tell({ kind: "done", done }));
    tell({ kind: "ended", ended }, () => process.exit(0));
  } catch (error) {
    console.error(error);
    // The storm of a round that broke off would go on and start its box anew.
    leave(1);
  }
}
