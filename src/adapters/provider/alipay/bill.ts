/** Fetches the zip of a bill from the address that the provider gave. The address dies after about 30 s. */
export interface BillLimits {
  /** For the whole download, ms. */
  readonly timeoutMs: number;
  readonly bytesMax: number;
}

export type BillDownload =
  | { readonly kind: "zip"; readonly bytes: Uint8Array }
  | {
      readonly kind: "failed";
      /** `refused`: another status than 200, as after 30 s. `not_zip`: a page or a cut file. */
      readonly reason: "silence" | "broken" | "refused" | "not_zip" | "too_large";
    };

const defaults: BillLimits = { timeoutMs: 120_000, bytesMax: 268_435_456 };

/** Never rejects. The whole file or nothing: a file that stops short of its announced length is `broken`. */
export async function downloadBill(
  url: string,
  limits: Partial<BillLimits> = {},
): Promise<BillDownload> {
  const { timeoutMs, bytesMax } = { ...defaults, ...limits };
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const reply = await fetch(url, { signal: timeout });
    if (reply.status !== 200 || reply.body === null) {
      await reply.body?.cancel();
      return { kind: "failed", reason: "refused" };
    }
    const parts: Uint8Array[] = [];
    let size = 0;
    for await (const part of reply.body) {
      size += part.length;
      if (size > bytesMax) return { kind: "failed", reason: "too_large" };
      parts.push(part);
    }
    const bytes = Buffer.concat(parts);
    return isWholeZip(bytes) ? { kind: "zip", bytes } : { kind: "failed", reason: "not_zip" };
  } catch {
    return { kind: "failed", reason: timeout.aborted ? "silence" : "broken" };
  }
}

const zipStarts = [Buffer.from("PK\u0003\u0004"), Buffer.from("PK\u0005\u0006")];
const zipEnd = Buffer.from("PK\u0005\u0006");
/** The end record is 22 bytes and a comment of at most 65,535 (APPNOTE.TXT 4.3.16). */
const zipEndWithin = 22 + 65_535;

const isWholeZip = (bytes: Buffer): boolean =>
  zipStarts.some((start) => bytes.subarray(0, 4).equals(start)) &&
  bytes.subarray(-zipEndWithin).includes(zipEnd);
