import assert from "node:assert/strict";
import { test } from "node:test";
import { ribbonText } from "./ribbon.ts";

test("every screen says that no real money moves, and why", () => {
  const said = (livemode: boolean, training: boolean) => ribbonText({ livemode, training })?.zh;
  assert.equal(said(true, false), undefined);
  assert.equal(said(false, false), "演示 · 非真实交易");
  assert.equal(said(false, true), "培训 · 非真实交易");
  assert.equal(said(true, true), "培训 · 非真实交易");
});
