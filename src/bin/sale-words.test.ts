/** How a sale ended, as the command line says it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as views from "../../test/web-support/views.ts";
import { saleWords } from "./sale-words.ts";

test("nothing was reversed of an order that Alipay never had", () => {
  assert.match(
    saleWords(views.reversed(false)),
    /^没有扣款 ￥128\.50.*\n.*Nothing charged ￥128\.50/,
  );
  assert.match(saleWords(views.reversed(true)), /^已撤销，未收款 ￥128\.50/);
});
