/** The two known cases, as `npm run demo` plays them: told to a person, and judged by what is true in the end. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { playRestaurant } from "../../demo/restaurant.ts";
import { playSupermarket } from "../../demo/supermarket.ts";
import { Teller } from "../../demo/teller.ts";

/** What was told, as one text; also what a failure shows. */
function listener(): { readonly teller: Teller; readonly told: () => string } {
  const lines: string[] = [];
  return { teller: new Teller("zh", (line) => lines.push(line)), told: () => lines.join("\n") };
}

/** Each is told after the one before it. */
function assertToldInOrder(told: string, words: readonly string[]): void {
  let from = 0;
  for (const word of words) {
    const at = told.indexOf(word, from);
    assert.ok(at >= 0, `“${word}” isn't told there:\n${told}`);
    from = at + word.length;
  }
}

test("小超市：小票打到一半停电，来电后问收银员，补打有标记，只扣一次款", async () => {
  const { teller, told } = listener();
  const { rows, wrong } = await playSupermarket(teller);
  assert.deepEqual(wrong, [], told());
  assertToldInOrder(told(), [
    "收款成功",
    "电压骤降",
    "小票号                                T01-000002",
    "来电了",
    "小票打出来了吗？",
    "钱：已收款，不要再收",
    "把握：已确认",
    "电脑重启过",
    "供电不足",
    "只有半张",
    "** 补打 第1次 ",
    "已自动结束：已补打带标记的小票",
    "收款成功",
  ]);
  const papers = rows.map(({ originals, halves, copies }) => [originals, halves, copies]);
  assert.deepEqual(papers, [
    [1, 0, 0],
    [0, 1, 1],
    [1, 0, 0],
  ]);
  assert.deepEqual(
    rows.map(({ outcome, keptFen, charges }) => [outcome, keptFen, charges]),
    [
      ["paid", 2_870, 1],
      ["paid", 12_170, 1],
      ["paid", 1_300, 1],
    ],
  );
});

test("连锁餐厅：线路慢、抖、丢，每一桌结果都知道，没有一桌扣两次款", async () => {
  const { teller, told } = listener();
  const tables = 12;
  const { rows, wrong } = await playRestaurant(teller, { factor: 5, tables });
  assert.deepEqual(wrong, [], told());
  assert.equal(rows.length, tables);
  for (const { outcome, keptFen, amountFen, charges, originals, copies } of rows)
    assert.deepEqual(
      [outcome, keptFen, charges, originals + copies],
      ["paid", amountFen, 1, 1],
      told(),
    );
});

test("npm run demo names a wrong word, and plays nothing", () => {
  const played = spawnSync(process.execPath, ["demo/demo.ts", "bakery"], { encoding: "utf8" });
  assert.equal(played.status, 2);
  assert.equal(played.stdout, "");
  assert.match(played.stderr, /there is no story bakery/);
});
