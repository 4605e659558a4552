/** Commands that look at a running sandbox or make it do something: thin skins of its control interface. */
import { fen, parseYuan, yuanText, type Fen } from "../../core/money/money.ts";
import { InputError, print } from "../output.ts";
import { ask, type SandboxTarget } from "./target.ts";

interface Row {
  readonly [field: string]: unknown;
}
const cell = (row: Row, field: string): string => {
  const value = row[field];
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
};
const money = (row: Row, field: string): string => yuanText(fen(Number(row[field] ?? 0)));
const table = (rows: readonly Row[], line: (row: Row) => readonly string[]): string =>
  rows.length === 0 ? "没有 (none)" : rows.map((row) => line(row).join("  ")).join("\n");

export async function env(target: SandboxTarget): Promise<void> {
  const value = await ask<Row>(target, "GET", "/env");
  print(target, value, () =>
    Object.entries(value)
      .map(([name, one]) => {
        const text = typeof one === "string" ? one.trim() : JSON.stringify(one);
        return text.includes("\n") ? `${name}:\n${text}` : `${name}: ${text}`;
      })
      .join("\n"),
  );
}

export async function code(target: SandboxTarget & { readonly wallet?: string }): Promise<void> {
  const body = target.wallet === undefined ? {} : { wallet: target.wallet };
  const value = await ask<Row>(target, "POST", "/codes", body);
  print(target, value, () => cell(value, "code"));
}

export async function wallets(target: SandboxTarget): Promise<void> {
  const value = await ask<{ readonly wallets: readonly Row[] }>(target, "GET", "/wallets");
  print(target, value, () =>
    table(value.wallets, (row) => [
      cell(row, "id").padEnd(6),
      cell(row, "name"),
      money(row, "balance_fen").padStart(12),
      cell(row, "state"),
    ]),
  );
}

export interface WalletOptions extends SandboxTarget {
  readonly balance?: string;
  readonly state?: string;
  readonly dayLimit?: string;
}

export async function wallet(name: string, options: WalletOptions): Promise<void> {
  const patch = {
    ...(options.balance === undefined ? {} : { balance_fen: yuan(options.balance) }),
    ...(options.state === undefined ? {} : { state: options.state }),
    ...(options.dayLimit === undefined
      ? {}
      : { day_limit_fen: options.dayLimit === "none" ? null : yuan(options.dayLimit) }),
  };
  const path = `/wallets/${encodeURIComponent(name)}`;
  const value = await ask<Row>(options, "PATCH", path, patch);
  print(options, value, () =>
    [
      cell(value, "id"),
      cell(value, "name"),
      money(value, "balance_fen"),
      cell(value, "state"),
    ].join("  "),
  );
}

/** A wallet may be empty, so zero is an amount here. */
function yuan(text: string): Fen {
  const amount = /^0+(\.0{0,2})?$/.test(text.trim()) ? fen(0) : parseYuan(text);
  if (typeof amount === "number") return amount;
  throw new InputError("bad_amount", {
    zh: `金额 ${text} 不对，请写元，最多两位小数，例如 20.00。`,
    en: `The amount ${text} is wrong; write yuan with up to two decimals, e.g. 20.00.`,
  });
}

const tradeLine = (row: Row): readonly string[] => [
  cell(row, "created_at").slice(0, 19).replace("T", " "),
  cell(row, "out_trade_no").padEnd(32),
  money(row, "total_fen").padStart(10),
  cell(row, "status").padEnd(14),
  cell(row, "wallet"),
];

export async function trades(target: SandboxTarget & { readonly limit?: string }): Promise<void> {
  const query = `?limit=${encodeURIComponent(target.limit ?? "50")}`;
  const value = await ask<{ readonly trades: readonly Row[] }>(target, "GET", `/trades${query}`);
  print(target, value, () => table(value.trades, tradeLine));
}

async function act(target: SandboxTarget, path: string, body: unknown): Promise<void> {
  const value = await ask<Row>(target, "POST", path, body);
  print(target, value, () => tradeLine(value).join("  "));
}

export const confirm = (number: string, target: SandboxTarget): Promise<void> =>
  act(target, `/trades/${encodeURIComponent(number)}/confirm`, {});

export const refuse = (number: string, target: SandboxTarget): Promise<void> =>
  act(target, `/trades/${encodeURIComponent(number)}/refuse`, {});

export interface ScanOptions extends SandboxTarget {
  readonly wallet?: string;
  readonly look?: boolean;
}

export const scan = (code_: string, options: ScanOptions): Promise<void> =>
  act(options, "/scan", {
    target: code_,
    ...(options.wallet === undefined ? {} : { wallet: options.wallet }),
    pays: options.look !== true,
  });

export async function counters(target: SandboxTarget): Promise<void> {
  const value = await ask<Row>(target, "GET", "/counters");
  print(target, value, () =>
    Object.entries(value)
      .map(([name, one]) => `${name}: ${JSON.stringify(one)}`)
      .join("\n"),
  );
}

export interface ModeOptions extends SandboxTarget {
  readonly seconds?: number;
}

export async function gateway(mode: string, options: ModeOptions): Promise<void> {
  const body = { mode, seconds: options.seconds ?? null };
  const value = await ask<Row>(options, "POST", "/gateway", body);
  print(options, value, () => cell(value, "mode"));
}
