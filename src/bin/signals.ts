/**
 * Being told to stop is no failure, at whatever moment it comes: a process that stays listens from its first line on.
 * While nothing has begun there is nothing to end.
 */
let end = (): void => process.exit(0);
let asked = false;
let listening = false;

const heed = (): void => {
  asked = true;
  end();
};

export function heedSignals(): void {
  if (listening) return;
  listening = true;
  process.on("SIGTERM", heed);
  process.on("SIGINT", heed);
}

const parentLookMs = 250;

/** The end of the process that started this one counts as a signal. Windows doesn't tell it. */
export function heedParent(): void {
  const parent = process.ppid;
  const look = (): void => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    heed();
  };
  const timer = setInterval(look, parentLookMs).unref();
}

/**
 * Whether this process ends with the one that started it: npm is killed without passing it on, or its shell dies of the
 * signal, and nobody would know of the box that goes on selling. A sandbox that a box started outlives it.
 */
export const endsWithParent = (
  words: readonly string[],
  npmEvent: string | undefined,
  platform: string,
): boolean =>
  platform !== "win32" &&
  (npmEvent === "start" || npmEvent === "npx") &&
  !words.includes("--owner-pid");

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
