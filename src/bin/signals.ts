/**
 * Being told to stop is no failure, at whatever moment it comes: a process that stays listens from its first line on.
 * While nothing has begun there is nothing to end.
 */
let end = (): void => process.exit(0);
let asked = false;
let listening = false;

export function heedSignals(): void {
  if (listening) return;
  listening = true;
  const heed = (): void => {
    asked = true;
    end();
  };
  process.on("SIGTERM", heed);
  process.on("SIGINT", heed);
}

/** What ends this process from now on; called at each signal. */
export function endBy(how: () => void): void {
  heedSignals();
  end = how;
}

/** Whether a start that fails now fails because it was told to stop. */
export const wasToldToStop = (): boolean => asked;

/** The commands that stay, by the words behind `chupiao`; every other ends as usual when it is interrupted. */
export function stays([name, next = "-"]: readonly string[]): boolean {
  if (name === "start") return true;
  if (name === "hub") return next === "start";
  if (name === "terminal") return next === "start" || next.startsWith("-");
  return name === "sandbox" && next.startsWith("-");
}
