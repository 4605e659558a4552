/** How every command speaks: words for people, one JSON object for programs, honest exit codes. */
import type { Command } from "commander";
import { damageOf } from "../adapters/store/sqlite/errors.ts";
import type { Text } from "../core/text/text.ts";
import { ApiError, BoxAway, defaultUrl, type Target } from "./client.ts";
import { InputError } from "./input-error.ts";
import { PaperAfterBreak, UnknownAfterBreak } from "./patience.ts";
import { below } from "./words.ts";

export { InputError } from "./input-error.ts";

export const addTarget = (command: Command): Command =>
  command
    .option(
      "--url <address>",
      `收银程序的地址 (address of the box; also CHUPIAO_URL, default ${defaultUrl})`,
    )
    .option("--json", "输出一个 JSON 对象 (print one JSON object)");

export function print(target: Target, value: unknown, words: () => string): void {
  console.log(target.json === true ? JSON.stringify(value) : words());
}

/** The last word of a command that failed: a sentence that says what to do. Gives the exit code. */
export function complain(error: unknown, json: boolean): number {
  const { code, zh, en } = wordsOf(error);
  const more = error instanceof ApiError ? error.more : {};
  if (json) console.log(JSON.stringify({ error: { code, message: zh, message_en: en }, ...more }));
  else console.error(below({ zh, en }));
  if (error instanceof ApiError) return error.exitCode;
  if (error instanceof PaperAfterBreak) return 3;
  return error instanceof UnknownAfterBreak ? 4 : 1;
}

function wordsOf(error: unknown): {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
} {
  if (error instanceof ApiError) {
    const { code, text } = error.problem;
    return { code, ...(inCommands[code] ?? text) };
  }
  if (error instanceof InputError) return { code: error.code, ...error.text };
  if (error instanceof BoxAway) return { code: "box_away", ...error.text };
  if (hasText(error)) return { code: codeOf(error), ...error.text };
  const damage = damageOf(error);
  if (damage !== null) return { code: "store_damaged", ...damage };
  const message = error instanceof Error ? error.message : String(error);
  if (/database or disk is full|ENOSPC/.test(message)) {
    return {
      code: "disk_full",
      zh: "磁盘满了，没有启动。请腾出至少 100 MB 再启动。",
      en: "The disk is full, so nothing was started. Make room (100 MB at least) and start again.",
    };
  }
  return { code: "error", zh: message, en: message };
}

/** Problems that name what a program sends, or what stands on the page, in the words of who typed a command. */
const inCommands: Readonly<Record<string, Text>> = {
  day_is_empty: {
    zh: "没有日结：这一日还没有收款，可能刚刚结过。空的一日也要结，请加 --empty。",
    en: "Nothing was closed: nothing was taken on this day; perhaps it was closed just now. To close an empty day add --empty.",
  },
  extra_payment_first: {
    zh: "没有退款：这一单另有一笔多到账的钱还没退回。先用 --extra 整笔退回它（正在退的等它退完），再退本单的钱。",
    en: "Nothing was refunded: an extra payment of this sale hasn't gone back yet. Return it whole with --extra first, or wait while it is on its way; then refund the sale.",
  },
  no_extra_payment: {
    zh: "没有退款：这一单没有多到账、还没退回的钱。要退本单的钱，请不加 --extra。",
    en: "Nothing was refunded: no extra payment of this sale waits to go back. To give back the sale's own money, leave --extra out.",
  },
  not_found: {
    zh: `没有执行，没有扣款：这个地址下没有收银程序的接口。--url 只写到端口，例如 ${defaultUrl}。`,
    en: `Nothing was done and no money was taken: the box has nothing at this address. Write --url up to its port, e.g. ${defaultUrl}.`,
  },
  pin_missing: {
    zh: "没有签到：这位操作员有 PIN，这次没有给。请放进环境变量 CHUPIAO_PIN，再来一次；不算输错。",
    en: "Nobody was signed on: this operator has a PIN and none was given. Put it into CHUPIAO_PIN and try again; it counts as no wrong try.",
  },
  idempotency_key_reused: {
    zh: "--request 后面的 key 已用于另一次操作，这次没有执行。请换一个新的 key。",
    en: "The key after --request was used for something else, so nothing was done. Use a new one.",
  },
  idempotency_key_missing: {
    zh: "--request 后面的 key 是空的，没有执行。请写一个 key，或不写 --request。",
    en: "The key after --request is empty, so nothing was done. Write one, or leave --request out.",
  },
};

/** An error that has a sentence is named after what it is, so that a script can tell one from another. */
const codeOf = (error: Error): string =>
  "code" in error && typeof error.code === "string"
    ? error.code
    : error.constructor.name.replaceAll(/(?<=.)([A-Z])/g, "_$1").toLowerCase();

/** Errors that carry their own sentence, e.g. a data file that another process has. */
const hasText = (error: unknown): error is Error & { readonly text: Text } =>
  error instanceof Error &&
  "text" in error &&
  typeof error.text === "object" &&
  error.text !== null &&
  "zh" in error.text;
