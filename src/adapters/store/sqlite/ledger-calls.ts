/** What the ledger's front asks of the file behind it: small plain values, since they may cross to another thread. */
import type { LedgerRefusal, LedgerWrite } from "../../../ports/ledger.ts";
import type { PackedEvent } from "../chain.ts";
import { checkPlain, plainJson } from "../plain.ts";
import type { CheckPoint } from "./chain.ts";
import type { Row, Value } from "./file.ts";
import type { claimSql, readSql } from "./ledger-sql.ts";

export interface PackedWrite {
  readonly kind: LedgerWrite["kind"];
  readonly values: readonly Value[];
}

export type Call =
  | {
      readonly kind: "commit";
      readonly writes: readonly PackedWrite[];
      readonly events: readonly PackedEvent[];
    }
  | {
      readonly kind: "claim";
      readonly table: keyof typeof claimSql;
      readonly nowMs: number;
      readonly leaseUntilMs: number;
      readonly limit: number;
    }
  | {
      readonly kind: "read";
      readonly name: keyof typeof readSql;
      readonly values: readonly Value[];
    }
  | { readonly kind: "events"; readonly stream: string }
  | { readonly kind: "check"; readonly point: CheckPoint }
  | { readonly kind: "health" }
  | { readonly kind: "reopen" }
  | { readonly kind: "close" };

/** `unavailable`: the file failed, and nothing is known about what was asked. */
export type Reply =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly unavailable: boolean; readonly error: Error };

export type Committed = "committed" | LedgerRefusal;
export type Rows = readonly Row[];

type Of<K extends LedgerWrite["kind"]> = Extract<LedgerWrite, { readonly kind: K }>;

const packers: {
  readonly [K in LedgerWrite["kind"]]: (write: Of<K>) => readonly Value[];
} = {
  insert_attempt({ attempt }) {
    const doc = plainJson(attempt, "attempt");
    const { merchantId, orderNo, saleId, terminalId, state, version, amountFen } = attempt;
    const { providerTradeNo, createdAtMs, dueAtMs } = attempt;
    const head = [merchantId, orderNo, saleId, terminalId, state, version, amountFen];
    return [...head, providerTradeNo, createdAtMs, dueAtMs, doc];
  },
  update_attempt({ attempt }) {
    const doc = plainJson(attempt, "attempt");
    const { merchantId, orderNo, state, version, amountFen, providerTradeNo, dueAtMs } = attempt;
    return [merchantId, orderNo, state, version, amountFen, providerTradeNo, dueAtMs, doc];
  },
  insert_refund({ refund }) {
    const doc = plainJson(refund, "refund");
    const { merchantId, requestNo, orderNo, saleId, terminalId, state, version } = refund;
    const head = [merchantId, requestNo, orderNo, saleId, terminalId, state, version];
    const { requestedAtMs, dueAtMs, endedAtMs } = refund;
    return [...head, refund.amountFen, requestedAtMs, dueAtMs, endedAtMs, doc];
  },
  update_refund({ refund }) {
    const doc = plainJson(refund, "refund");
    const { merchantId, requestNo, state, version, amountFen, dueAtMs, endedAtMs } = refund;
    return [merchantId, requestNo, state, version, amountFen, dueAtMs, endedAtMs, doc];
  },
  withdraw_order(write) {
    checkPlain(write, "withdraw_order");
    return [write.merchantId, write.orderNo, write.atMs];
  },
  put_receipt({ merchantId, receipt }) {
    checkPlain(merchantId, "merchantId");
    const doc = plainJson(receipt, "receipt");
    const { number, saleId, token, issuedAtMs, openedAtMs } = receipt;
    const isVoid = receipt.void ? 1 : 0;
    return [merchantId, number, saleId, token, issuedAtMs, openedAtMs, isVoid, doc];
  },
  put_setting(write) {
    checkPlain(write, "put_setting");
    return [write.key, write.value];
  },
  raise_setting(write) {
    checkPlain(write, "raise_setting");
    return [write.key, String(write.value)];
  },
  swap_setting(write) {
    checkPlain(write, "swap_setting");
    return [write.key, write.from, write.to];
  },
};

/** Throws TypeError when the write holds anything that wouldn't come back as it was. */
export function packWrite<K extends LedgerWrite["kind"]>(
  write: Of<K> & { readonly kind: K },
): PackedWrite {
  return { kind: write.kind, values: packers[write.kind](write) };
}
