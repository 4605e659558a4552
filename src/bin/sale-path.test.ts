/** A command about a sale that names none asks for its number, and doesn't ask the box. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { saleCommands } from "./commands.ts";
import { InputError } from "./input-error.ts";
import { salePath } from "./sale-path.ts";

async function refusalOf(name: string, ...words: readonly string[]): Promise<InputError> {
  const command = saleCommands().find((one) => one.name() === name);
  const asked = command?.parseAsync([...words, "--url", "http://127.0.0.1:1"], { from: "user" });
  const refused = await asked?.catch((error: unknown) => error);
  assert.ok(refused instanceof InputError, `${name}: ${String(refused)}`);
  return refused;
}

for (const [name, ...rest] of [
  ["query"],
  ["refund"],
  ["reprint"],
  ["sales"],
  ["answer", "printed"],
] as const)
  for (const number of ["", "  ", ".."])
    test(`${name} "${number}" says what to write`, async () => {
      const { code, text } = await refusalOf(name, number, ...rest);
      assert.equal(code, "bad_request");
      assert.match(text.zh, /^没有执行：没有写是哪一单。请写订单号/);
      assert.match(text.en, /^Nothing was done: no sale is named\. Write its order/);
    });

test("what is too long for a number is the number of no sale", async () => {
  assert.equal((await refusalOf("query", "9".repeat(101))).code, "sale_not_found");
});

test("the sale's path holds the number as it is, without blanks at its ends", () => {
  assert.equal(salePath(" T01/1 ", "/query"), "/api/sales/T01%2F1/query");
});
