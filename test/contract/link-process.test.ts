/** `chupiao hub` and `chupiao terminal` as a shop runs them: two processes, a real sandbox, a hub that is killed. */
import assert from "node:assert/strict";
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { test, type TestContext } from "node:test";
import type { SaleView } from "../../src/core/till/view.ts";
import { until } from "./link-support.ts";

const program = resolve(import.meta.dirname, "../../src/bin/chupiao.ts");
const env = { ...process.env, CHUPIAO_URL: "", CHUPIAO_ALIPAY_CONFIG: "" };

type Answer = Readonly<Record<string, unknown>>;

/** A command that ends: its exit code and the object that it printed. */
const run = (...args: readonly string[]): Promise<{ code: number; answer: Answer; text: string }> =>
  new Promise((done) => {
    execFile(process.execPath, [program, ...args], { env }, (error, out, err) => {
      const code = error === null ? 0 : Number(error.code);
      const answer = args.includes("--json") ? (JSON.parse(out) as Answer) : {};
      done({ code, answer, text: out + err });
    });
  });

interface Running {
  readonly answer: Answer;
  readonly errors: () => string;
  kill(signal: "SIGKILL" | "SIGTERM"): Promise<void>;
}

/** A command that stays: resolves with the object that it prints once it is up. */
async function start(context: TestContext, ...args: readonly string[]): Promise<Running> {
  const child: ChildProcess = spawn(process.execPath, [program, ...args, "--json"], { env });
  let [out, err] = ["", ""];
  child.stdout?.on("data", (part) => (out += String(part)));
  child.stderr?.on("data", (part) => (err += String(part)));
  const gone = new Promise<void>((done) => child.once("exit", () => done()));
  const kill = async (signal: "SIGKILL" | "SIGTERM"): Promise<void> => {
    child.kill(signal);
    await gone;
  };
  context.after(() => kill("SIGTERM"));
  await until(() => out.includes("\n") || child.exitCode !== null, "the process is up", 60_000);
  assert.ok(out.includes("\n"), `${args.join(" ")} ended: ${err}`);
  return { answer: JSON.parse(out) as Answer, errors: () => err, kill };
}

test("a hub and its terminal: enrol, sell, hub killed and back, revoked, verified", async (context) => {
  const folder = mkdtempSync(join(tmpdir(), "chupiao-chain-"));
  context.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  const [hubData, tillData] = [join(folder, "hub"), join(folder, "till")];
  assert.equal((await run("hub", "terminals", "--data", hubData, "--json")).code, 1);
  mkdirSync(hubData, { mode: 0o700 });
  writeFileSync(join(hubData, "config.json"), '{"probes": {"provider_every_s": 5}}');
  let hub = await start(context, "hub", "start", "--data", hubData, "--port", "0");
  const hubUrl = String(hub.answer["url"]);
  const open = await run("hub", "start", "--data", hubData, "--host", "0.0.0.0", "--json");
  assert.equal(open.code, 1);
  assert.ok(open.text.includes("tls_needed"), open.text);

  const offered = await run("hub", "enrol", "--data", hubData, "--terminal", "T07", "--json");
  const code = String(offered.answer["code"]);
  const wrong = ["terminal", "--data", tillData, "--hub", hubUrl, "--enrol", "0000-0000-0000-0000"];
  assert.ok((await run(...wrong)).text.includes("登记码"));
  const entry = ["--data", tillData, "--hub", hubUrl, "--enrol", code, "--port", "0"];
  const till = await start(context, "terminal", ...entry);
  assert.deepEqual([till.answer["terminal_id"], till.answer["livemode"]], ["T07", false]);

  // The till watches its way to the hub; the hub asks Alipay for all its tills and tells them.
  await until(
    async () => {
      const reply = await fetch(`${String(till.answer["url"])}/api/evidence`);
      const { data } = (await reply.json()) as { data: readonly { readonly id: string }[] };
      return ["reach.hub.lo", "provider.call"].every((id) => data.some((one) => one.id === id));
    },
    "the till has evidence of hub and provider",
    30_000,
  );

  const sandbox = String(hub.answer["sandbox_url"]);
  const sell = async (amountFen: number): Promise<SaleView> => {
    const init = { method: "POST", headers: { "content-type": "application/json" } };
    const made = await fetch(`${sandbox}/control/codes`, { ...init, body: "{}" });
    const payment = ((await made.json()) as { code: string }).code;
    const body = { amount_fen: amountFen, method: "code", code: payment, wait_ms: 5_000 };
    const reply = await fetch(`${String(till.answer["url"])}/api/sell`, {
      ...init,
      body: JSON.stringify({ ...body, accept_e_receipt: true }),
    });
    return (await reply.json()) as SaleView;
  };
  const paid = await sell(1_280);
  assert.equal(paid.outcome, "paid", JSON.stringify(paid));
  const receiptUrl = paid.receipt?.url ?? "";
  assert.ok(receiptUrl.startsWith(`${hubUrl}/r/`), receiptUrl);
  await until(async () => (await fetch(receiptUrl)).status === 200, "the hub has the receipt");
  assert.equal((await fetch(`${hubUrl}/api/till`)).status, 404, "a hub has no till");

  const { port } = new URL(hubUrl);
  await hub.kill("SIGKILL");
  const away = await sell(500);
  assert.deepEqual([away.outcome, away.cause?.code], ["declined", "hub_not_reached"]);
  assert.equal((await run("hub", "verify", "--data", hubData)).code, 0, "at rest after a kill -9");
  hub = await start(context, "hub", "start", "--data", hubData, "--port", port);
  assert.equal((await sell(600)).outcome, "paid");
  const seen = await run("terminal", "status", "--data", tillData, "--json");
  assert.deepEqual([seen.code, seen.answer["hub_reached"]], [0, true]);
  assert.equal((await run("terminal", "verify", "--data", tillData, "--json")).code, 0);

  await run("hub", "revoke", "--data", hubData, "--terminal", "T07");
  const refused = await sell(700);
  assert.deepEqual([refused.outcome, refused.cause?.code], ["declined", "hub_refused"]);
  assert.equal((await run("hub", "verify", "--data", hubData, "--json")).code, 0);
  const status = await run("hub", "status", "--data", hubData, "--json");
  assert.deepEqual([status.answer["running"], status.answer["terminals"]], [true, 0]);
  assert.doesNotMatch(hub.errors() + till.errors(), /"(?:paymentCode|code)":"\d/);
});
