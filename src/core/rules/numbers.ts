/** Numbers of a sale as a person types them. */

/**
 * An order or receipt number of this terminal in the letters in which it was given out: the terminal's own, then small
 * ones. Any other text stays as it is.
 */
export function asWritten(typed: string, terminalId: string): string {
  const [, head = "", rest = ""] = /^([A-Za-z0-9]+)([-_].*)$/s.exec(typed) ?? [];
  const isOwn = head.toLowerCase() === terminalId.toLowerCase();
  return isOwn ? `${terminalId}${rest.toLowerCase()}` : typed;
}
