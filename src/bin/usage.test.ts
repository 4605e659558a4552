/** Each refusal of the real parser, by the real commands: in both languages, with what was wrong in it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createProgram } from "./program.ts";
import { usageError } from "./usage.ts";

async function refusalOf(words: string) {
  try {
    await createProgram().parseAsync(["node", "chupiao", ...words.split(" ")]);
  } catch (error) {
    const { code, message } = error as { code: string; message: string };
    return usageError(code, message)?.text ?? null;
  }
  return assert.fail("it was taken");
}

for (const [words, zh, en] of [
  ["start --prt 5", "没有 --prt 这个选项。是不是 --port？", "Unknown option '--prt'"],
  ["stat", "没有 stat 这个命令。是不是 start？", "Unknown command 'stat'"],
  ["hub status --nothing", "没有 --nothing 这个选项。", "Unknown option '--nothing'"],
  ["hub enrol", "必须给出选项 --terminal <id>。", "Required option '--terminal <id>'"],
  ["query", "缺少参数：<number>。", "Missing required argument 'number'"],
  [
    "start --port",
    "选项 --port <number> 后面缺少值。",
    "Option '--port <number>' argument missing",
  ],
  ["version now", "参数太多。", "Too many arguments"],
  [
    "sandbox wire set gateway --up-delay soon",
    "--up-delay <ms> 的值不对。要一个不小于 0 的数。",
    "is invalid. Write a number of 0 or more.",
  ],
  ["sandbox --paper 70", "--paper <mm> 的值不对。可以写：58, 80。", "Allowed choices are 58, 80."],
] as const)
  test(`chupiao ${words}`, async () => {
    const text = await refusalOf(words);
    assert.ok(text?.zh.startsWith(`${zh}没有执行。`), text?.zh);
    assert.ok(text?.en.includes(en), text?.en);
    assert.doesNotMatch(text?.en ?? "", /[一-龥]/);
    assert.match(text?.en ?? "", /[.)] Nothing was done\. Add --help for usage\.$/);
  });

test("what a later parser may say is passed on", () => {
  const text = usageError("commander.somethingNew", "error: it can't be so")?.text;
  assert.equal(text?.zh, "命令写得不对（it can't be so）。没有执行。加 --help 看用法。");
});
