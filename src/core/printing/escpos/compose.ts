/** From a print job to bytes that may leave: laid out, encoded, read back and found complete. */
import type { Language } from "../../text/text.ts";
import { slipLines } from "../layout.ts";
import type { PaperOf } from "../layout.ts";
import type { PrinterProfile } from "../profile.ts";
import type { DecodeText, EncodeText, QrOf } from "./charset.ts";
import { missingOnPaper } from "./check.ts";
import { encodeSlip } from "./encode.ts";
import type { EncodeOptions, EncodedSlip } from "./encode.ts";

/** From the runtime; `encodeText` and `decodeText` are of the profile's character set. */
export interface ComposeTools {
  readonly encodeText: EncodeText;
  readonly decodeText: DecodeText;
  readonly qrOf: QrOf;
}

export type Composed =
  | ({ readonly kind: "composed" } & EncodedSlip)
  /** Nothing of it may be sent. `missing`: the texts that the bytes don't show, or why they are unsafe. */
  | { readonly kind: "refused"; readonly why: "not_on_paper"; readonly missing: readonly string[] };

/** The bytes of one job for one printer. Pure: the same job, profile and options give the same bytes. */
export function composeSlip(
  of: PaperOf,
  profile: PrinterProfile,
  options: EncodeOptions & { readonly language?: Language },
  tools: ComposeTools,
): Composed {
  const language = options.language ?? "zh";
  const lines = slipLines(of, profile, language);
  const encoded = encodeSlip(lines, profile, options, tools.encodeText, tools.qrOf);
  const missing = missingOnPaper(encoded.bytes, of, tools.decodeText, language);
  if (missing.length > 0) return { kind: "refused", why: "not_on_paper", missing };
  return { kind: "composed", ...encoded };
}
