import assert from "node:assert/strict";
import { test } from "node:test";
import { manualWorld } from "../../adapters/world/manual.ts";
import { ReportLinks } from "./report-links.ts";

const rig = (base: string | null, servesPhones = true) => {
  const world = manualWorld();
  return { world, links: new ReportLinks({ world, baseAddress: () => base, servesPhones }) };
};
const tokenOf = (url: string | null): string => url?.split("/").at(-1) ?? "";

test("an address opens its own case for two hours, and no longer", async () => {
  const { world, links } = rig("https://r.example.com/");
  const { url, expires_at: until, why } = links.of("CP-1129-0001");
  assert.match(url ?? "", /^https:\/\/r\.example\.com\/r\/report\/[A-Za-z0-9_-]{16,}$/);
  assert.equal(why, null);
  assert.ok(until !== null && Date.parse(until) > world.nowMs());
  assert.equal(links.caseOf(tokenOf(url)), "CP-1129-0001");
  const other = links.of("CP-1129-0002").url;
  assert.notEqual(tokenOf(other), tokenOf(url));
  assert.equal(links.caseOf("CP-1129-0001"), null);
  await world.advance(2 * 3_600_000);
  assert.equal(links.caseOf(tokenOf(url)), null);
});

test("without an address that a phone can reach it says what is missing", () => {
  for (const base of [
    null,
    "http://127.0.0.1:7080",
    "http://localhost:7080",
    "http://[::1]:7080",
  ]) {
    const { url, why } = rig(base).links.of("CP-1129-0001");
    assert.equal(url, null);
    assert.match(why?.zh ?? "", /receipt_base/);
  }
  const away = rig("https://hub.example.com", false).links.of("CP-1129-0001");
  assert.deepEqual([away.url, /receipt_base/.test(away.why?.zh ?? "")], [null, false]);
});
