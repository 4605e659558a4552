/** `chupiao provider check`: are the real keys right? Exit 0 when Alipay answers as it should, 1 otherwise. */
import { Command, Option } from "commander";
import { providerCheck } from "../adapters/provider/alipay/check.ts";
import { readAlipayConfig } from "../adapters/provider/alipay/config.ts";
import type { ConfigNote } from "../adapters/provider/alipay/config-note.ts";
import type { Language, Text } from "../core/text/text.ts";

interface CheckOptions {
  readonly config?: string;
  readonly json?: true;
  readonly lang: Language;
}

export function providerCommand(): Command {
  const provider = new Command("provider").description("支付渠道 · payment provider");
  provider
    .command("check")
    .description(
      "用一次无害的签名查询验证支付宝密钥 · prove the Alipay keys by a harmless signed query",
    )
    .option("--config <file>", "JSON 配置文件 · configuration file (or CHUPIAO_ALIPAY_… variables)")
    .option("--json", "输出一个 JSON 对象 · print one JSON object")
    .addOption(new Option("--lang <lang>", "语言 · language").choices(["zh", "en"]).default("zh"))
    .action(check);
  return provider;
}

async function check(options: CheckOptions): Promise<void> {
  const read = readAlipayConfig({
    file: options.config,
    env: process.env,
    folder: process.cwd(),
    nowMs: Date.now(),
  });
  const print = (text: Text): void => console.log(text[options.lang]);
  if (read.kind === "problems") {
    process.exitCode = 1;
    if (options.json) return printJson({ ok: false, problems: read.problems, warnings: [] });
    for (const problem of read.problems) print(problem.text);
    return print(fixConfig);
  }
  const verdict = await providerCheck(read.config, { nowMs: Date.now });
  process.exitCode = verdict.ok ? 0 : 1;
  const warnings: readonly ConfigNote[] = read.warnings;
  if (options.json) {
    return printJson({
      ok: verdict.ok,
      finding: verdict.finding,
      text: verdict.text,
      advice: verdict.advice,
      gateway: verdict.gateway,
      livemode: verdict.livemode,
      took_ms: verdict.tookMs,
      clock_ahead_seconds: verdict.clockAheadSeconds,
      said: verdict.said,
      problems: [],
      warnings: [...warnings, ...clockNotes(verdict.clockWarning)],
    });
  }
  print(verdict.text);
  print(verdict.advice);
  for (const { text } of [...warnings, ...clockNotes(verdict.clockWarning)]) print(text);
  if (!verdict.livemode) print(notLive);
}

const printJson = (value: unknown): void => console.log(JSON.stringify(value));

const clockNotes = (text: Text | null): readonly { field: "clock"; text: Text }[] =>
  text === null ? [] : [{ field: "clock", text }];

const fixConfig: Text = {
  zh: "请改好以上各项后再试，说明见 docs/operating/real-keys.md。",
  en: "Fix these and try again; docs/operating/real-keys.md explains each.",
};
const notLive: Text = {
  zh: "注意：这不是支付宝正式环境，收到的不是真钱。",
  en: "Note: this isn't Alipay's production gateway; no real money moves.",
};
