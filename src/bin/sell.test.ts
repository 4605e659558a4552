/** `chupiao sell` on a box that refuses before the payment code is used. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { resolve } from "node:path";
import { test, type TestContext } from "node:test";
import fastify from "fastify";
import { problems } from "../adapters/http/server.ts";
import { fen } from "../core/money/money.ts";
import { chargedFen } from "../core/receipt/items.ts";
import { JournalFailed } from "../ports/journal.ts";
import { LedgerUnavailable } from "../ports/ledger.ts";
import { readItem } from "./sell.ts";

const program = resolve(import.meta.dirname, "chupiao.ts");

async function sellAt(url: string): Promise<{ code: number; text: string }> {
  const words = ["sell", "--url", url, "--amount", "4", "--code", "288888888888888801"];
  return new Promise((done) => {
    execFile(process.execPath, [program, ...words], (error, out, err) => {
      done({ code: error === null ? 0 : Number(error.code), text: out + err });
    });
  });
}

async function boxThatThrows(context: TestContext, error: Error): Promise<string> {
  const app = fastify();
  problems(app, () => {});
  app.post("/api/sell", () => Promise.reject(error));
  context.after(() => app.close());
  return app.listen({ host: "127.0.0.1", port: 0 });
}

for (const [name, error, zh, en] of [
  [
    "full disk",
    new JournalFailed("full", { isFull: true }),
    /腾出至少 100 MB/,
    /make room, 100 MB/,
  ],
  ["failed disk", new JournalFailed("disk I/O error"), /磁盘读写出错/, /chupiao doctor/],
  ["ledger that can't be written", new LedgerUnavailable("full"), /账本/, /ledger/],
] as const)
  test(`a ${name} stops the sale before its code: exit 5, no money, what to do`, async (context) => {
    const { code, text } = await sellAt(await boxThatThrows(context, error));
    assert.equal(code, 5);
    assert.match(text, /没有扣款[^]*No money was taken/);
    assert.match(text, zh);
    assert.match(text, en);
  });

test("an item that comes to too much can be read: the amount is what is wrong", () => {
  const { name, quantity, price_fen: priceFen } = readItem("x*1000000@1000000");
  assert.deepEqual([name, quantity, priceFen], ["x", 1_000_000, 100_000_000]);
  assert.equal(chargedFen(null, [{ quantity, priceFen: fen(priceFen) }]), "amount_too_large");
  assert.throws(() => readItem("x*1@1000000000000"), { code: "amount_too_large" });
  for (const wrong of ["x*0@1", "x*1@1.005", "x@1", "*1@1"])
    assert.throws(() => readItem(wrong), { code: "item_not_readable" }, wrong);
});

test("nobody there is no such refusal", async () => {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  assert.equal((await sellAt(`http://127.0.0.1:${port}`)).code, 1);
});
