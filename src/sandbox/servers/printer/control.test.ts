/** The printer's JSON API and pictures, and its page in a real browser. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { test, type TestContext } from "node:test";
import Fastify, { type FastifyInstance } from "fastify";
import iconv from "iconv-lite";
import { printerControl } from "./control.ts";
import { startPrinter, type SandboxPrinter } from "./printer.ts";
import { axeFindings, launchBrowser } from "../../../../test/e2e/support/browser.ts";

interface Rig {
  readonly printer: SandboxPrinter;
  readonly app: FastifyInstance;
}

async function rig(context: TestContext): Promise<Rig> {
  const printer = await startPrinter({ profile: "epson" });
  const app = Fastify();
  await app.register(printerControl(printer), { prefix: "/printer" });
  context.after(async () => {
    await app.close();
    await printer.close();
  });
  return { printer, app };
}

/** Prints lines of text over TCP, cuts, and waits for the printer's own word that it is done. */
async function print(printer: SandboxPrinter, ...lines: readonly string[]): Promise<void> {
  const socket = connect(printer.port, printer.host);
  socket.write("\u001B@\u001C&", "latin1");
  socket.write(iconv.encode(lines.map((line) => `${line}\n`).join(""), "gb18030"));
  socket.end(
    Buffer.from(
      "1d6b490a7b42542d313233343536" + "1d564200" + "1d284806003030 30303031".replaceAll(" ", ""),
      "hex",
    ),
  );
  socket.resume();
  await once(socket, "close");
}

test("papers as list, text, SVG, PNG and JSON", async (context) => {
  const { printer, app } = await rig(context);
  await print(printer, "瑞福便利店", "实收 ￥128.50 <&>");
  const list = (await app.inject("/printer/papers")).json<{ papers: Record<string, unknown>[] }>();
  assert.equal(list.papers.length, 1);
  const [first] = list.papers;
  assert.equal(first?.["n"], 1);
  assert.match(String(first["ended_at"]), /^\d{4}-\d\d-\d\dT[\d:.]+\+08:00$/);
  const text = await app.inject("/printer/papers/1.txt");
  assert.equal(text.body, "瑞福便利店\n实收 ￥128.50 <&>\n[CODE128 T-123456]\n");
  assert.match(String(text.headers["content-type"]), /text\/plain; charset=utf-8/);
  const svg = await app.inject("/printer/papers/last.svg");
  assert.match(svg.body, /^<svg [^>]*width="624"/);
  assert.match(svg.body, />128\.50 &lt;&amp;&gt;</);
  const png = await app.inject("/printer/papers/1.png");
  assert.deepEqual(png.rawPayload.subarray(1, 4).toString(), "PNG");
  const json = (await app.inject("/printer/papers/1.json")).json<{ n: number; end: string }>();
  assert.deepEqual([json.n, json.end], [1, "partial"]);
  assert.equal((await app.inject("/printer/papers/hanging.txt")).body, "\n");
  assert.deepEqual((await app.inject("/printer/papers?after=1")).json(), { papers: [] });
  const missing = await app.inject("/printer/papers/9.txt");
  assert.equal(missing.statusCode, 404);
  assert.match(String(missing.headers["content-type"]), /application\/problem\+json/);
});

test("state is told and set; nonsense is refused by name", async (context) => {
  const { printer, app } = await rig(context);
  const post = async (url: string, payload: object): Promise<Record<string, unknown>> =>
    (await app.inject({ method: "POST", url, payload })).json();
  assert.equal((await post("/printer/state", { paper: "out", cover: "open" }))["offline"], true);
  assert.equal(printer.state().paper, "out");
  const calm = await post("/printer/state", { paper: "ok", cover: "closed", power_loss: null });
  assert.equal(calm["offline"], false);
  const trapped = await post("/printer/state", { power_loss: { after_lines: 2 } });
  assert.deepEqual(trapped["power_loss"], { after_lines: 2 });
  assert.equal((await post("/printer/state", { papr: "out" }))["code"], "bad_state");
  assert.equal((await post("/printer/state", { paper: "none" }))["code"], "bad_state");
  assert.equal((await post("/printer/actions/feed", {}))["feed_button"], "up");
  assert.equal((await post("/printer/actions/burn", {}))["code"], "unknown_action");
  assert.equal((await app.inject("/printer/state")).json<{ profile: string }>().profile, "epson");
});

test("the page shows paper as it comes out, works every fault, and passes axe", async (context) => {
  const { printer, app } = await rig(context);
  await print(printer, "第一张");
  const address = await app.listen({ port: 0, host: "127.0.0.1" });
  const browser = await launchBrowser();
  context.after(() => browser.close());
  const page = await (await browser.newContext()).newPage();
  const outside: string[] = [];
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(address) && !url.startsWith("data:")) outside.push(url);
  });
  await page.goto(`${address}/printer`);
  await page.getByText("第 1 张 ·").waitFor();

  await page.getByRole("button", { name: "缺纸 paper out" }).click();
  await page.locator("#status", { hasText: "缺纸" }).waitFor();
  assert.equal(printer.state().paper, "out");
  await print(printer, "等纸的票");
  assert.equal(printer.papers().length, 1);
  await page.getByRole("button", { name: "装纸" }).click();
  await page.getByText("第 2 张 ·").waitFor();

  const socket = connect(printer.port, printer.host);
  context.after(() => socket.destroy());
  // The page switches the printer off and on below, which resets this connection.
  socket.on("error", () => socket.destroy());
  socket.write(iconv.encode("\u001B@\u001C&没切的一行\n", "gb18030"));
  await page.locator("#paper svg text", { hasText: "没切的一行" }).waitFor();

  for (const [pressed, putRight] of [
    ["开盖", "合盖"],
    ["切刀卡住", "排除卡刀"],
    ["过热", "降温"],
    ["断电", "上电"],
    ["慢速", "不费时"],
    ["不回应", "正常回应"],
    ["打完发乱码", "没有"],
    ["拒绝连接", "接受连接"],
    ["挂起", "排队"],
  ] as const) {
    const fault = page.getByRole("button", { name: pressed }).first();
    await fault.click();
    await page.locator(`button[aria-pressed=true]`, { hasText: pressed }).waitFor();
    await page.getByRole("button", { name: putRight }).first().click();
    await page.locator(`button[aria-pressed=true]`, { hasText: putRight }).first().waitFor();
  }
  assert.deepEqual(await axeFindings(page), []);
  await page.getByRole("button", { name: "清空纸槽" }).click();
  await page.getByText("第 2 张 ·").waitFor({ state: "detached" });
  assert.deepEqual(outside, []);
});
