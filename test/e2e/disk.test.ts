/** A full disk: no new sale, nothing lost, and the box goes on by itself once there is room again. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { SaleView } from "../../src/core/till/view.ts";
import { RealBox } from "./support/real-box.ts";

const disk = mkdtempSync(join(tmpdir(), "chupiao-disk-"));
let box: RealBox;
before(async () => {
  // A disk of its own that is small enough to fill; needs root, which CI has.
  execFileSync("mount", ["-t", "tmpfs", "-o", "size=96m", "chupiao-test", disk]);
  box = await RealBox.open(1, join(disk, "data"));
});
after(async () => {
  await box.close();
  execFileSync("umount", ["-l", disk]);
  rmSync(disk, { recursive: true });
});

function fill(path: string): void {
  const file = openSync(path, "w");
  try {
    for (;;) writeSync(file, Buffer.alloc(64 * 1024));
  } catch (error) {
    assert.match(String(error), /ENOSPC/);
  } finally {
    closeSync(file);
  }
}

test("a full disk refuses sales, keeps reading, and heals", async () => {
  const first = await box.begin("1.00");
  await box.until(first, (sale) => sale.receipt?.job?.state === "confirmed");
  const hog = join(disk, "hog");
  fill(hog);
  const taken = await box.takenFen();
  // What is left of open pages may still take a sale or two; then the disk says no.
  await assert.rejects(async () => {
    for (let n = 0; n < 200; n += 1) await box.begin("2.00");
  }, /50[037]/);
  const known = await box.ask<SaleView>("GET", `/api/sales/${first}`);
  assert.equal(known.outcome, "paid", "what is on the disk can still be read");
  rmSync(hog);
  const endsAtMs = performance.now() + 40_000;
  let healed = "";
  while (healed === "" && performance.now() < endsAtMs) {
    healed = await box.begin("3.00").catch(() => "");
    if (healed === "") await new Promise((done) => setTimeout(done, 250));
  }
  await box.until(healed, (sale) => sale.receipt?.job?.state === "confirmed");
  const { data } = await box.ask<{ data: readonly SaleView[] }>("GET", "/api/sales?limit=100");
  for (const { sale_id: saleId } of data)
    await box.until(saleId, (sale) => sale.outcome !== "unknown", 150_000);
  const sales = await Promise.all(
    data.map((one) => box.ask<SaleView>("GET", `/api/sales/${one.sale_id}`)),
  );
  const paid = sales
    .filter((sale) => sale.outcome === "paid")
    .reduce((sum, sale) => sum + sale.amount_fen, 0);
  assert.equal(await box.takenFen(), paid, `before the disk was full ${taken} fen were taken`);
});
