import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import type { Provider } from "../ports/provider.ts";
import { readBoxConfig } from "./config.ts";
import { openHubPart, refundTimingOf } from "./hub-part.ts";

test("a compressed plan is refused with live keys", async (t) => {
  const data = mkdtempSync(join(tmpdir(), "hub-part-"));
  t.after(() => rmSync(data, { recursive: true }));
  const config = { ...readBoxConfig(data), time_factor: 7 };
  const provider = { name: "alipay", livemode: true, callTimeoutMs: 5_000 } as Provider;
  const parts = { data, config, provider, log: () => {}, ledgerHasOwnThread: true };
  await assert.rejects(openHubPart(parts), /time_factor 7 .*live keys/);
  const part = await openHubPart({ ...parts, provider: { ...provider, livemode: false } });
  await part.stop();
});

test("the lease over a refund covers its call, however long the provider's calls may take", () => {
  const slow = refundTimingOf({ time_factor: 7 }, { callTimeoutMs: 20_000 });
  assert.equal(slow.callTimeoutMs, 20_000);
});
