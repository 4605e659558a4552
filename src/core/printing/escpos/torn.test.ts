import assert from "node:assert/strict";
import { test } from "node:test";
import { gbk } from "../../../adapters/printer/gb18030.ts";
import { qrOf } from "../../../adapters/printer/qr.ts";
import { paperText } from "../../../sandbox/model/printer/paper.ts";
import { newModel } from "../../../sandbox/servers/printer/new-model.ts";
import type { CopyMark } from "../job.ts";
import { profile80, type PrinterProfile } from "../profile.ts";
import { sampleSlips } from "../samples.ts";
import { composeSlip } from "./compose.ts";
import { endTornCommand } from "./torn.ts";

function bytesOf(profile: PrinterProfile, mark: CopyMark): Uint8Array {
  const paper = { slip: sampleSlips.receipt, holder: "customer", mark } as const;
  const composed = composeSlip(paper, profile, {}, { ...gbk, qrOf });
  assert.ok(composed.kind === "composed");
  return composed.bytes;
}

for (const nativeQr of [true, false])
  test(`a receipt torn off after any byte leaves its copy whole; QR drawn by the printer: ${nativeQr}`, () => {
    const profile = { ...profile80, nativeQr };
    const original = bytesOf(profile, { kind: "original" });
    const copy = bytesOf(profile, {
      kind: "replacement",
      count: 1,
      atMs: 0,
      operatorNo: "01",
    });
    // In a picture every byte is like the next: some hundred places are enough.
    const step = Math.ceil(original.length / 700);
    for (let cut = 1; cut < original.length; cut += step) {
      const model = newModel({ profile: "clone", settings: { bufferBytes: 1 << 20 } });
      model.connect(0);
      const effects = [original.subarray(0, cut), endTornCommand(profile), copy].flatMap(
        (part) => model.receive(part, 0).effects,
      );
      const papers = effects.flatMap((one) => (one.kind === "paper" ? [paperText(one.paper)] : []));
      const marks = papers.join("\\n").split("** 补打 第1次 ").length - 1;
      assert.equal(marks, 2, `cut after ${cut} of ${original.length} bytes`);
    }
  });
