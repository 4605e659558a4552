/** What the parser of the command line refuses, in both languages. Its own words are English only. */
import type { Text } from "../core/text/text.ts";
import { InputError } from "./input-error.ts";

interface Refusal {
  /** The parser's own sentence, without `error: `. */
  readonly form: RegExp;
  /** `$1` is what the form's first group found. */
  readonly zh: string;
}

/** By the parser's own code. */
const REFUSALS: Readonly<Record<string, Refusal>> = {
  "commander.unknownOption": { form: /^unknown option '(.*?)'/s, zh: "没有 $1 这个选项。" },
  "commander.unknownCommand": { form: /^unknown command '(.*?)'/s, zh: "没有 $1 这个命令。" },
  "commander.missingArgument": {
    form: /^missing required argument '(.*?)'/s,
    zh: "缺少参数：<$1>。",
  },
  "commander.optionMissingArgument": {
    form: /^option '(.*?)' argument missing/s,
    zh: "选项 $1 后面缺少值。",
  },
  "commander.missingMandatoryOptionValue": {
    form: /^required option '(.*?)' not specified/s,
    zh: "必须给出选项 $1。",
  },
  "commander.excessArguments": { form: /^too many arguments(?: for '(.*?)')?/s, zh: "参数太多。" },
  "commander.invalidArgument": {
    form: /^(?:option|command-argument value) '(.*?)'.*? is invalid/s,
    zh: "$1 的值不对。",
  },
};

const suggested = /\(Did you mean (?:one of )?(.*?)\?\)/s;
const choices = /Allowed choices are (.*?)\.?$/s;

/** What our own readers of a value add, both languages in one: `写成……。(write …)`. */
const hinted = /(?<= is invalid\. )(.+?。)\((.+)\)$/s;

export function usageText(code: string, message: string): Text {
  const said = message.replace(/^error: /, "");
  const { form, zh } = REFUSALS[code] ?? { form: /^(.*)$/s, zh: "命令写得不对（$1）。" };
  const [, found = ""] = form.exec(said) ?? [];
  const [, near] = suggested.exec(said) ?? [];
  const [, allowed] = choices.exec(said) ?? [];
  const [ours = "", hint, hintEn = ""] = hinted.exec(said) ?? [];
  const more = [
    ...(near === undefined ? [] : [`是不是 ${near}？`]),
    ...(allowed === undefined ? [] : [`可以写：${allowed}。`]),
    ...(hint === undefined ? [] : [hint]),
  ].join("");
  const english = said.replace(ours, () => hintEn).replaceAll("\n", " ");
  return {
    zh: `${zh.replace("$1", () => found)}${more}没有执行。加 --help 看用法。`,
    en: `${english.charAt(0).toUpperCase()}${english.slice(1).replace(/(?<![.)])$/, ".")} Nothing was done. Add --help for usage.`,
  };
}

/** Null: help was asked for or shown, and all has been said. */
export const usageError = (code: string, message: string): InputError | null =>
  ["commander.help", "commander.helpDisplayed", "commander.version"].includes(code)
    ? null
    : new InputError("bad_usage", usageText(code, message));
