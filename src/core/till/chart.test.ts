import assert from "node:assert/strict";
import { test } from "node:test";
import { chartOf, missingText, valueText } from "./chart.ts";

const at = (second: number): string => `2026-11-23T17:21:0${second}+08:00`;
const fromMs = Date.parse(at(0));
const frame = { width: 90, height: 10, fromMs, toMs: fromMs + 9000 };
const name = { zh: "路由器", en: "router" };

test("a line is broken where there was no answer, and says where", () => {
  const points = [
    [at(0), 4],
    [at(3), 8],
    [at(6), null],
    [at(9), 2],
  ] as const;
  assert.deepEqual(chartOf({ id: "r", name, unit: "ms", points }, frame), {
    path: "M0 5h0L30 0M90 7.5h0",
    gapXs: [60],
    largest: 8,
    newest: 2,
  });
});

test("a state holds until the next, on a scale of its own", () => {
  const points = [
    [at(0), 0],
    [at(3), 2],
    [at(6), 1],
  ] as const;
  const { path, newest } = chartOf({ id: "p", name, unit: "state", points }, frame);
  assert.equal(path, "M0 10h0H30V0H60V5");
  assert.equal(newest, 1);
});

test("points outside of the time asked for are left out, and nothing is no scale", () => {
  const points = [[at(0), 4]] as const;
  const later = { ...frame, fromMs: fromMs + 1, toMs: fromMs + 2 };
  assert.deepEqual(chartOf({ id: "r", name, unit: "ms", points }, later), {
    path: "",
    gapXs: [],
    largest: null,
    newest: null,
  });
});

test("values carry their unit", () => {
  const said = (
    [
      [23.4, "ms"],
      [3.14, "ms"],
      [0.5, "percent"],
      [3_221_225_472, "bytes"],
      [0, "state"],
      [2, "state"],
    ] as const
  ).map(([value, unit]) => valueText(value, { id: "reach.router.eth0", unit }).zh);
  assert.deepEqual(said, ["23 ms", "3.1 ms", "0.5 %", "3 GB", "正常", "故障"]);
});

test("only who was asked can fail to answer: a disk that wasn't measured didn't", () => {
  const said = (id: string): string => valueText(null, { id, unit: "ms" }).zh;
  assert.equal(said("reach.router.eth0"), "没有应答");
  assert.equal(said("provider.call"), "没有应答");
  for (const id of ["computer.write", "clock.provider", "printer.time"])
    assert.equal(said(id), "没有数据", id);
  assert.equal(missingText({ id: "reach.dns.eth0" }, 3).zh, "3 次没有应答");
  assert.equal(missingText({ id: "computer.write" }, 3).en, "3 not measured");
});
