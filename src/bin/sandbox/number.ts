/** A number on the command line: milliseconds, millimetres, bytes. */
import { InvalidArgumentError } from "commander";

export function numberOf(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value < 0)
    throw new InvalidArgumentError("要一个不小于 0 的数。(Write a number of 0 or more.)");
  return value;
}
