/** A structured line. Field values are small and plain; never a payment code, a key or an unmasked buyer. */
export type Log = (
  level: "info" | "warn" | "error",
  event: string,
  fields: Readonly<Record<string, unknown>>,
) => void;
