/** Parts beside each other: a shop waits more than it works, so one alone would leave the machine idle. */
import { fork } from "node:child_process";
import { whenLeft } from "../shop/leave.ts";
import { freePorts, type Ports } from "../shop/ports.ts";
import type { Part, PartResult, Told } from "./part.ts";

export interface Lanes {
  readonly lanes: number;
  /** The next part for a lane with these ports; null when there is none left. */
  readonly next: (ports: Ports) => Part | null;
  readonly onDone: (part: Part, done: number) => void;
  readonly onEnded: (ended: PartResult) => void;
  /** A mistake of ours, or a box that didn't come up: its process has said what. */
  readonly onBrokeOff: (why: string) => void;
}

/** Resolves once every part has ended; one that breaks off doesn't end the others. */
export async function playBeside({
  lanes,
  next,
  onDone,
  onEnded,
  onBrokeOff,
}: Lanes): Promise<void> {
  // Found together: while a killed process is away its port is free, and another shop could come by it.
  const places = await freePorts(lanes);
  const work = async (ports: Ports): Promise<void> => {
    for (let part = next(ports); part !== null; part = next(ports)) {
      const one = part;
      const ended = await playInProcess(one, (done) => onDone(one, done));
      if (typeof ended === "string") onBrokeOff(ended);
      else onEnded(ended);
    }
  };
  await Promise.all(places.map(work));
}

/** What came of it, or in words that it broke off. */
function playInProcess(part: Part, onDone: (done: number) => void): Promise<PartResult | string> {
  const child = fork(new URL("./process.ts", import.meta.url), { serialization: "advanced" });
  const { promise, resolve, reject } = Promise.withResolvers<PartResult | string>();
  child.once(
    "exit",
    whenLeft(() => child.kill("SIGTERM")),
  );
  child.on("message", (told: Told) => {
    if (told.kind === "done") onDone(told.done);
    else resolve(told.ended);
  });
  child.once("error", reject);
  child.once("exit", (code, signal) => {
    resolve(`${part.kind} with seed ${part.seed} ended with ${signal ?? code}`);
  });
  child.send(part);
  return promise;
}
