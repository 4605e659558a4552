/** `chupiao day` as a script uses it: closes, their list, one of them, and its slip once more. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { dayClockText } from "../../src/core/till/clock.ts";
import type { DayRow, DayView } from "../../src/core/till/view.ts";
import { readChupiao, runChupiao } from "./support/command.ts";
import { RealBox } from "./support/real-box.ts";

let box: RealBox;
before(async () => (box = await RealBox.open(20)));
after(() => box.close());

const day = (...args: readonly string[]) => runChupiao(box.url, "day", ...args);
const codeOf = (json: Readonly<Record<string, unknown>>): unknown =>
  (json["error"] as { readonly code?: string } | undefined)?.code;

test("closed, listed, looked at, and its slip printed again as a copy", async () => {
  const sold = await runChupiao(box.url, "sell", "--amount", "3.00", "--code", await box.code());
  assert.equal(sold.code, 0);
  const closed = await day("close", "--cash", "0");
  assert.equal(closed.code, 0);
  assert.equal((await day("close", "--empty")).code, 0);

  const { data } = (await day("list")).json as unknown as { readonly data: readonly DayRow[] };
  assert.deepEqual(
    data.map((one) => [one.close_no, one.paid_count, one.net_fen]),
    [
      [2, 0, 0],
      [1, 1, 300],
    ],
  );
  const first = await day("--no", "1");
  assert.deepEqual([first.code, first.json], [0, closed.json]);
  await box.untilPapers((texts) => texts.filter(isSlip).length === 2);
  const again = await day("--no", "1", "--print");
  assert.equal(again.code, 0);
  const { slip, ...view } = again.json as unknown as DayView & { slip: { copy: number } };
  assert.deepEqual([view, slip.copy], [closed.json, 1]);
  await box.untilPapers((texts) => texts.filter(isSlip).filter(isCopy).length === 1);
});

test("a person reads the date of the money and from when to when, on paper too", async () => {
  const view = (await day("--no", "1")).json as unknown as DayView;
  const text = async (...args: readonly string[]): Promise<string> =>
    (await readChupiao(box.url, "day", ...args)).text;
  const span = `${dayClockText(view.opened_at)} 至 ${dayClockText(view.closed_at ?? "")}`;
  const [head, , next] = (await text("--no", "1")).split("\n");
  assert.deepEqual([head, next], [`${view.date} 日结第 1 号`, `营业起止 ${span}`]);
  assert.ok((await text("list")).includes(`第 1 号  ${view.date}  收款 1 笔`));
  assert.match(await text(), /^\S+（未日结）\n.*\n\d\d-\d\d \d\d:\d\d 开始\n/);
  const papers = (await box.papers()).filter((one) => one.includes(`日结单 ${view.date} 第 1 号`));
  assert.ok(papers.length > 0 && papers.every((one) => one.includes(span)), papers.join("\n"));
});

test("a number that never was, and options that make no sense, do nothing and say so", async () => {
  const runs = [
    [["--no", "77"], "day_not_found"],
    [["--no", "77", "--print"], "day_not_found"],
    [["--no", "one"], "bad_request"],
    [["--print"], "bad_request"],
    [["close", "--no", "1"], "bad_request"],
    [["lst"], "bad_request"],
    [["list", "--limit", "500"], "bad_request"],
  ] as const;
  for (const [args, code] of runs) {
    const run = await day(...args);
    assert.deepEqual([run.code, codeOf(run.json)], [1, code], args.join(" "));
  }
  const { close_no: openNo } = (await day()).json as unknown as DayView;
  assert.equal(openNo, null);
});

const isSlip = (text: string): boolean => text.includes("日结单");
const isCopy = (text: string): boolean => /补打\s*第\s*1\s*次/.test(text);
