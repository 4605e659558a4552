/**
 * What is signed between terminal and hub: a small profile of HTTP Message Signatures (RFC 9421) with Ed25519. A
 * request signs method, path, body digest and time; a reply signs status, body digest, time and the request's own
 * signature, so that a reply belongs to exactly one request.
 */

/** One covered component: its identifier as RFC 9421 section 2 writes it, e.g. `"@method"`, and its value. */
export type Component = readonly [identifier: string, value: string];

/** The text that is signed (RFC 9421 section 2.5); `parameters` is the value of `@signature-params`. */
export const signatureBase = (components: readonly Component[], parameters: string): string =>
  [...components, ['"@signature-params"', parameters] as const]
    .map(([identifier, value]) => `${identifier}: ${value}`)
    .join("\n");

/** The name of our signature among those that a message may carry. */
export const signatureLabel = "chupiao";
/** Epoch ms by the hub's clock when the message was signed; `created` is the same in whole seconds. */
export const timeHeader = "chupiao-time";

const tag = "chupiao-link-1";
const requestCovers = `("@method" "@path" "content-digest" "${timeHeader}")`;
const requestSignature = `"signature";req;key="${signatureLabel}"`;
const replyCovers = `("@status" "content-digest" "${timeHeader}" ${requestSignature})`;

export interface RequestFacts {
  readonly method: string;
  readonly path: string;
  /** As the header says it: `sha-256=:…:`. */
  readonly contentDigest: string;
  readonly timeMs: number;
  /** 16 to 64 characters of base64url; used once. */
  readonly nonce: string;
  readonly keyId: string;
}

export interface ReplyFacts {
  readonly status: number;
  readonly contentDigest: string;
  readonly timeMs: number;
  readonly keyId: string;
  /** The request's signature in base64, without colons. */
  readonly requestSignature: string;
}

/** The text to sign and the value of the header `Signature-Input`. */
export interface Signable {
  readonly base: string;
  readonly input: string;
  readonly timeMs: number;
}

const signable = (
  components: readonly Component[],
  parameters: string,
  timeMs: number,
): Signable => ({
  base: signatureBase(components, parameters),
  input: `${signatureLabel}=${parameters}`,
  timeMs,
});

const seconds = (timeMs: number): number => Math.floor(timeMs / 1000);

export function requestSignable(facts: RequestFacts): Signable {
  const { method, path, contentDigest, timeMs, nonce, keyId } = facts;
  const parameters = `${requestCovers};created=${seconds(timeMs)};nonce="${nonce}";keyid="${keyId}";alg="ed25519";tag="${tag}"`;
  const components: readonly Component[] = [
    ['"@method"', method],
    ['"@path"', path],
    ['"content-digest"', contentDigest],
    [`"${timeHeader}"`, String(timeMs)],
  ];
  return signable(components, parameters, timeMs);
}

export function replySignable(facts: ReplyFacts): Signable {
  const { status, contentDigest, timeMs, keyId } = facts;
  const parameters = `${replyCovers};created=${seconds(timeMs)};keyid="${keyId}";alg="ed25519";tag="${tag}"`;
  const components: readonly Component[] = [
    ['"@status"', String(status)],
    ['"content-digest"', contentDigest],
    [`"${timeHeader}"`, String(timeMs)],
    [requestSignature, `:${facts.requestSignature}:`],
  ];
  return signable(components, parameters, timeMs);
}

/** Nonce and key of a request's `Signature-Input`; null for anything but our own form. */
export function readRequestInput(
  input: string,
): { readonly nonce: string; readonly keyId: string } | null {
  const found = /;nonce="([\w-]{16,64})";keyid="([\w-]{43})";/.exec(input);
  return found === null ? null : { nonce: found[1] ?? "", keyId: found[2] ?? "" };
}

/** The value of the header `Signature`, from the signature in base64. */
export const signatureValue = (base64: string): string => `${signatureLabel}=:${base64}:`;

/** The signature in base64, from the value of the header `Signature`; null for another form. Ed25519 has 64 bytes. */
export const readSignatureValue = (value: string): string | null =>
  /^chupiao=:([A-Za-z0-9+/]{86}==):$/.exec(value)?.[1] ?? null;

/** A message's time as its header says it; null for anything but whole epoch ms. */
export const readTime = (value: string): number | null =>
  /^\d{1,15}$/.test(value) ? Number(value) : null;
