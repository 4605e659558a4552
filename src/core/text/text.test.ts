/** Which language a page opens in. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { languageOf } from "./text.ts";

test("chosen on this computer, else English where the browser asks for it first, else Chinese", () => {
  const table = [
    [null, ["zh-CN", "zh", "en"], "zh"],
    [null, ["en-US", "en", "zh-CN"], "en"],
    [null, ["fr-FR", "en-GB"], "en"],
    [null, ["fr-FR"], "zh"],
    [null, [], "zh"],
    ["zh", ["en-US"], "zh"],
    ["en", ["zh-CN"], "en"],
    ["klingon", ["en"], "en"],
  ] as const;
  for (const [chosen, wanted, language] of table)
    assert.equal(languageOf(chosen, wanted), language, `${chosen} ${wanted.join()}`);
});
