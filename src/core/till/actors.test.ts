import assert from "node:assert/strict";
import { test } from "node:test";
import { actorText } from "./actors.ts";

test("the sale's operator has a name, others their number, machines a word", () => {
  const of = { operator: { no: "01", name: "小李" } };
  const said = ["operator 01", "operator 07", "terminal T01", "hub", "provider", "cron"];
  assert.deepEqual(
    said.map((one) => actorText(one, of).zh),
    ["操作员 小李", "操作员 07", "终端 T01", "中心", "支付宝", "cron"],
  );
});
