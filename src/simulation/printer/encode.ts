/** From a job to bytes, as the real box does it: laid out, encoded, read back and found complete. */
import type { DecodeText, EncodeText, QrOf } from "../../core/printing/escpos/charset.ts";
import { composeSlip } from "../../core/printing/escpos/compose.ts";
import type { TextCodec } from "../../sandbox/model/printer/codec.ts";
import type { SpoolerDeps } from "../../terminal/printing/spooler.ts";
import { quickHashOfBytes } from "../world/hash.ts";

/** What the runtime lends: character tables and QR symbols. */
export interface PaperTools {
  readonly gb18030: { readonly encodeText: EncodeText; readonly decodeText: DecodeText };
  readonly gbk: { readonly encodeText: EncodeText; readonly decodeText: DecodeText };
  readonly qrOf: QrOf;
  /** The printer's own tables. */
  readonly codec: TextCodec;
}

export const encoderWith =
  (tools: PaperTools): SpoolerDeps["encode"] =>
  (job, profile, processId) => {
    const text = profile.gb18030 ? tools.gb18030 : tools.gbk;
    const paper = composeSlip(job, profile, { processId }, { ...text, qrOf: tools.qrOf });
    if (paper.kind === "refused")
      throw new Error(`not on the paper of job ${job.id}: ${paper.missing.join(", ")}`);
    return { bytes: paper.bytes, sha256: quickHashOfBytes(paper.bytes), marker: paper.marker };
  };
