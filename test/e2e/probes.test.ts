/** The real box watches the sandbox's network, licences and notices, and the doctor reads it while it runs. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { readAlive } from "../../src/adapters/probe/computer/sign-of-life.ts";
import type { GateView, SeriesView } from "../../src/core/diagnosis/view.ts";
import type { NoticeView, QualificationView } from "../../src/core/records/view.ts";
import { RealBox } from "./support/real-box.ts";

const program = resolve(import.meta.dirname, "../../src/bin/chupiao.ts");
let box: RealBox;
before(async () => {
  box = await RealBox.open();
});
after(() => box.close());

function chupiao(...words: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const env = { ...process.env, CHUPIAO_URL: box.url, CHUPIAO_SANDBOX_URL: box.sandbox };
  return new Promise((done) => {
    execFile(process.execPath, [program, ...words], { env }, (error, out, err) =>
      done({ code: typeof error?.code === "number" ? error.code : 0, out, err }),
    );
  });
}

/** Asks until it holds; what it saw last is in the error. */
async function eventually<T>(what: string, look: () => Promise<T>, holds: (seen: T) => boolean) {
  const endsAtMs = performance.now() + 45_000;
  for (;;) {
    const seen = await look();
    if (holds(seen)) return seen;
    if (performance.now() > endsAtMs) throw new Error(`${what}: ${JSON.stringify(seen)}`);
    await new Promise((done) => setTimeout(done, 200));
  }
}

const gate = async (): Promise<GateView> =>
  (await box.ask<{ readonly gate: GateView }>("GET", "/api/till")).gate;

test("every rung from the card to the gateway's answer is observed", async () => {
  const wanted = ["interface", "router", "dns", "internet", "provider"];
  const seen = await eventually(
    "all rungs",
    async () => (await box.ask<{ data: readonly SeriesView[] }>("GET", "/api/evidence")).data,
    (data) => wanted.every((rung) => data.some((one) => one.id === `reach.${rung}.eth0`)),
  );
  for (const id of ["computer.loop", "computer.memory", "computer.disk", "provider.call"])
    assert.ok(
      seen.some((one) => one.id === id),
      id,
    );
});

test("a router that says nothing turns the network's light, and it turns back", async () => {
  assert.equal((await gate()).network.light, "green");
  const set = await chupiao("sandbox", "net", "set", "--router", "silent", "--json");
  assert.equal(set.code, 0, set.err);
  assert.equal((JSON.parse(set.out) as { line_open: boolean }).line_open, false);
  await eventually("the light turns", gate, (seen) => seen.network.light !== "green");
  assert.equal((await chupiao("sandbox", "net", "calm")).code, 0);
  await eventually("the light is green again", gate, (seen) => seen.network.light === "green");
});

test("a licence and a window are entered, listed and removed by command", async () => {
  const set = await chupiao("merchant", "set", "licence", "--until", "2020-12-31");
  assert.equal(set.code, 0, set.err);
  assert.match(set.out, /licence {2}营业执照 .*已过期/);
  const added = await chupiao(
    "notice",
    "add",
    "--from",
    "2026-11-29 02:00",
    "--until",
    "2026-11-29 01:00",
    "--title",
    "x",
  );
  assert.equal(added.code, 1);
  assert.match(added.err, /结束时间不晚于开始时间/);
  assert.equal((await chupiao("merchant", "remove", "licence")).code, 0);
  assert.equal((await chupiao("merchant", "remove", "licence")).code, 1);
  const list = await chupiao("merchant", "list", "--json");
  assert.deepEqual((JSON.parse(list.out) as { data: unknown[] }).data, []);
});

test("what the sandbox's feed tells is at the till within seconds, and gone when it is cleared", async () => {
  const notices = async () =>
    (await box.ask<{ data: readonly NoticeView[] }>("GET", "/api/notices")).data;
  await chupiao("sandbox", "feed", "qualification", "--what", "account", "--state", "frozen");
  await chupiao("sandbox", "feed", "notice", "--for", "30", "--title", "支付宝系统升级");
  const [notice] = await eventually("the notice", notices, (seen) => seen.length === 1);
  assert.equal(notice?.phase, "now");
  assert.equal(notice?.by_hand, false);
  const { data } = await box.ask<{ data: readonly QualificationView[] }>(
    "GET",
    "/api/qualifications",
  );
  assert.equal(data[0]?.state, "frozen");
  await chupiao("sandbox", "feed", "clear");
  await eventually("no notice", notices, (seen) => seen.length === 0);
});

test("the doctor finds the running box, and after a kill says that none runs", async () => {
  const doctor = async () => {
    const { out } = await chupiao("doctor", "--data", box.data, "--port", "0", "--json");
    const { checks } = JSON.parse(out) as {
      checks: readonly { check: string; good: boolean; text: { en: string } }[];
    };
    return (name: string) => checks.find((one) => one.check === name);
  };
  const running = await doctor();
  assert.match(running("box")?.text.en ?? "", /^running: http/);
  assert.match(running("journal")?.text.en ?? "", /in use by the running box/);
  assert.equal(running("settings")?.good, true);
  await box.kill();
  assert.equal(readAlive(box.data)?.clean, false);
  const killed = await doctor();
  assert.equal(killed("box")?.text.en, "not running");
  assert.match(killed("journal")?.text.en ?? "", /^whole/);
  await box.start();
  await box.terminate();
  assert.equal(readAlive(join(box.data))?.clean, true);
});
