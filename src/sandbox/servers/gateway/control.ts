/** What a person, a test or the page may do at the running gateway; HTTP routes and commands are thin skins of it. */
import { fen, type Fen } from "../../../core/money/money.ts";
import { DEMO_WALLETS, type Wallet } from "../../model/gateway/wallets.ts";
import type { BuyerRefusal } from "../../model/gateway/buyer.ts";
import type { GatewayModel, Mode } from "../../model/gateway/gateway.ts";
import type { Fault } from "../../model/gateway/faults.ts";
import type { Notification } from "../../model/gateway/notifications.ts";
import type { Settings } from "../../model/gateway/settings.ts";
import type { PaymentCode, QrOrder, Trade } from "../../model/gateway/trades.ts";
import type { Merchant } from "../../model/gateway/book.ts";
import type { Counters, LogEntry, RequestLog } from "./log.ts";

/** What control needs from the server around the model. */
export interface Host {
  readonly model: GatewayModel;
  readonly log: RequestLog;
  nowMs(): number;
  /** Keeps what changed and sends what is due; after every act. */
  settle(): void;
  /** Opens or really closes the listening socket. */
  setMode(mode: Mode): Promise<void>;
}

export type WalletPatch = Partial<
  Pick<
    Wallet,
    | "balanceFen"
    | "singleLimitFen"
    | "dayLimitFen"
    | "state"
    | "passwordAboveFen"
    | "whenAsked"
    | "name"
  >
>;

export class GatewayControl {
  readonly #host: Host;
  #modeTimer: NodeJS.Timeout | null = null;

  constructor(host: Host) {
    this.#host = host;
  }

  get #book() {
    return this.#host.model.book;
  }

  /** Everything due by now has happened before an answer is given. */
  #act<T>(act: (nowMs: number) => T): T {
    const nowMs = this.#host.nowMs();
    this.#host.model.advance(nowMs);
    const result = act(nowMs);
    this.#host.settle();
    return result;
  }

  wallets(): readonly Wallet[] {
    return [...this.#book.wallets.values()];
  }

  findWallet(name: string): Wallet | undefined {
    return this.#book.findWallet(name);
  }

  changeWallet(name: string, patch: WalletPatch): Wallet | undefined {
    return this.#act(() => {
      const wallet = this.#book.findWallet(name);
      if (wallet === undefined) return undefined;
      const changed = { ...wallet, ...patch };
      this.#book.putWallet(changed);
      return changed;
    });
  }

  /** Puts the wallets of a fresh sandbox back; trades stay. */
  resetWallets(): readonly Wallet[] {
    return this.#act(() => {
      for (const wallet of DEMO_WALLETS) this.#book.putWallet(wallet);
      return this.wallets();
    });
  }

  /** A fresh payment code; without a name of the first wallet. */
  issueCode(name?: string): PaymentCode | undefined {
    return this.#act((nowMs) => {
      const wallet = name === undefined ? this.wallets()[0] : this.#book.findWallet(name);
      return wallet === undefined ? undefined : this.#book.issueCode(wallet.id, nowMs);
    });
  }

  /** The code on the wallet's screen: the living one, or a new one. */
  currentCode(walletId: string): PaymentCode {
    return this.#act(
      (nowMs) => this.#book.liveCode(walletId, nowMs) ?? this.#book.issueCode(walletId, nowMs),
    );
  }

  /** Newest first. */
  trades(count: number): readonly Trade[] {
    return this.#act(() => [...this.#book.trades.values()].slice(-count).toReversed());
  }

  /** By order number or trade number. */
  trade(number: string): Trade | undefined {
    return this.#act(
      () => this.#book.findTrade(number, null) ?? this.#book.findTrade(null, number),
    );
  }

  /** Precreated orders that nobody scanned yet. */
  qrOrders(): readonly QrOrder[] {
    return this.#act(() => [...this.#book.qrOrders.values()].toReversed());
  }

  scan(target: string, wallet: string, pays = true): Trade | BuyerRefusal {
    return this.#act((nowMs) => this.#host.model.scan(target, wallet, pays, nowMs));
  }

  confirm(outTradeNo: string): Trade | BuyerRefusal {
    return this.#act((nowMs) => this.#host.model.confirm(outTradeNo, nowMs));
  }

  refuse(outTradeNo: string): Trade | BuyerRefusal {
    return this.#act((nowMs) => this.#host.model.refuse(outTradeNo, nowMs));
  }

  /** Ends the refund period of a paid trade. */
  finish(outTradeNo: string): Trade | undefined {
    return this.#act(() => {
      const trade = this.#book.trades.get(outTradeNo);
      if (trade?.status !== "TRADE_SUCCESS") return undefined;
      const finished: Trade = { ...trade, status: "TRADE_FINISHED" };
      this.#book.putTrade(finished);
      return finished;
    });
  }

  faults(): readonly Fault[] {
    return this.#host.model.faults.list();
  }

  addFault(fault: Pick<Fault, "behaviour"> & Partial<Omit<Fault, "id" | "behaviour">>): Fault {
    const rest = { method: "*", times: 1, subCode: null, code: null, ms: null } as const;
    return this.#host.model.faults.add({ ...rest, ...fault });
  }

  clearFaults(id: string | null = null): number {
    return this.#host.model.faults.clear(id);
  }

  /** Newest first. */
  notifications(count: number): readonly Notification[] {
    return this.#act(() => [...this.#book.notifications.values()].slice(-count).toReversed());
  }

  counters(): Counters {
    return this.#host.log.counters();
  }

  requests(count: number): readonly LogEntry[] {
    return this.#host.log.last(count);
  }

  resetCounters(): void {
    this.#host.log.reset();
  }

  mode(): Mode {
    return this.#host.model.mode;
  }

  /** Resolves when the socket is really closed or open. After `forMs` the gateway comes back up by itself. */
  async setMode(mode: Mode, forMs: number | null = null): Promise<void> {
    if (this.#modeTimer !== null) clearTimeout(this.#modeTimer);
    this.#modeTimer = null;
    await this.#host.setMode(mode);
    if (forMs === null || mode === "up") return;
    this.#modeTimer = setTimeout(() => void this.#host.setMode("up"), forMs);
    this.#modeTimer.unref();
  }

  settings(): Settings {
    return this.#book.settings;
  }

  set(patch: Partial<Settings>): Settings {
    this.#act(() => this.#host.model.set(patch));
    return this.#book.settings;
  }

  merchant(): Merchant {
    return this.#book.merchant;
  }

  /** Pays the merchant's money out to its bank; all of it when no amount is given. */
  withdraw(amountFen: Fen | null): Merchant | undefined {
    return this.#act(() => {
      const wanted = amountFen ?? fen(this.#book.merchant.balanceFen);
      return this.#book.withdraw(wanted) ? this.#book.merchant : undefined;
    });
  }

  /** Stops what this control started by itself. */
  stop(): void {
    if (this.#modeTimer !== null) clearTimeout(this.#modeTimer);
  }
}
