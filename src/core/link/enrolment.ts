/**
 * How a terminal becomes known to its hub. A person carries a one-time code from the hub to the terminal; each side
 * proves with it that it has the code, and neither ever sends it.
 */

/** Crockford's base 32: no I, L, O or U, so that a code survives being read aloud and typed. */
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const codeLength = 16;
const groupLength = 4;

const codeForm = new RegExp(`^[${alphabet}]{${codeLength}}$`);

export const codeBytes = (codeLength * 5) / 8;
export const codeLifeMs = 10 * 60_000;
/** Wrong proofs that a hub hears out within a minute; then it refuses to listen for the rest of it. */
export const wrongProofsMax = 10;

export const terminalIdForm = /^[A-Za-z0-9]{1,8}$/;

/** 80 random bits as a person reads them: "7K3M-PQ9X-0D2F-HV8T". */
export function enrolCode(bytes: Uint8Array): string {
  const bits = [...bytes].map((one) => one.toString(2).padStart(8, "0")).join("");
  const signs = Array.from({ length: codeLength }, (_, at) =>
    alphabet.charAt(Number.parseInt(bits.slice(at * 5, at * 5 + 5), 2)),
  ).join("");
  return signs.match(new RegExp(`.{${groupLength}}`, "g"))?.join("-") ?? signs;
}

/** The code as it was made, from whatever was typed; null when it can't be one. */
export function readEnrolCode(text: string): string | null {
  const signs = text
    .toUpperCase()
    .replaceAll(/[\s-]/g, "")
    .replaceAll("O", "0")
    .replaceAll(/[IL]/g, "1");
  return codeForm.test(signs) ? signs : null;
}

/** Who a terminal is, as its hub told it. */
export interface TerminalIdentity {
  readonly merchantId: string;
  readonly storeId: string;
  readonly terminalId: string;
}

/** What is hashed to the key of the proofs; the hub keeps only that hash. */
export const codeText = (code: string): string => `chupiao enrol 1 code\n${code}`;
/** Names an offered code without giving it away. */
export const tagText = "chupiao enrol 1 tag";

/** Keys are the 32 bytes of the Ed25519 public key in base64url. */
export const terminalProofText = (terminalKey: string): string =>
  `chupiao enrol 1 terminal\n${terminalKey}`;

export const hubProofText = (
  hubKey: string,
  terminalKey: string,
  { merchantId, storeId, terminalId }: TerminalIdentity,
): string =>
  ["chupiao enrol 1 hub", hubKey, terminalKey, merchantId, storeId, terminalId].join("\n");
