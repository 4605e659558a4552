/** Customers: each shows a code or scans a QR, and has a wallet with one story. */
import { fen } from "../../core/money/money.ts";
import type { Wallet } from "../../sandbox/model/gateway/wallets.ts";
import { DEMO_WALLETS } from "../../sandbox/model/gateway/wallets.ts";
import type { Gateway } from "../gateway/gateway.ts";
import type { Chance } from "../world/chance.ts";
import type { Timeline } from "../world/timeline.ts";

const rich = fen(9_000_000_000);

/** Mostly people who simply pay; each of the sandbox's other characters now and then. */
const walletIds: readonly string[] = [
  ...Array.from({ length: 24 }, () => "lin"),
  ...DEMO_WALLETS.map((one) => one.id),
];

export class Buyers {
  readonly #gateway: Gateway;
  readonly #chance: Chance;
  readonly #time: Timeline;

  constructor(gateway: Gateway, chance: Chance, time: Timeline) {
    this.#gateway = gateway;
    this.#chance = chance;
    this.#time = time;
    for (const wallet of DEMO_WALLETS) gateway.model.book.putWallet(withMoney(wallet));
  }

  pick(): string {
    return this.#chance.pick(walletIds);
  }

  /** A fresh code on the customer's screen; sometimes one that nobody ever issued. */
  showCode(walletId: string): string {
    if (this.#chance.hits(0.01)) return `28${this.#chance.digits(16)}`;
    return this.#gateway.model.book.issueCode(walletId, this.#gateway.nowMs).code;
  }

  /** Scans the QR of this order after a while, and pays, or only looks at it. */
  scanSoon(orderNo: string, walletId: string): void {
    if (this.#chance.hits(0.1)) return;
    const waitMs = this.#chance.hits(0.1)
      ? this.#chance.whole(60_000, 400_000)
      : this.#chance.whole(1_000, 25_000);
    this.#time.after(waitMs, () => {
      this.#gateway.model.scan(orderNo, walletId, this.#chance.hits(0.9), this.#gateway.nowMs);
      this.#gateway.settle();
    });
  }
}

const withMoney = (wallet: Wallet): Wallet =>
  wallet.id === "lin" || wallet.id === "he" ? { ...wallet, balanceFen: rich } : wallet;
