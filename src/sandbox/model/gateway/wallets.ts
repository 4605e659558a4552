/** The customers' side: whose money it is and why a wallet refuses to pay. */
import { fen, type Fen } from "../../../core/money/money.ts";
import type { Text } from "../../../core/text/text.ts";

export type WalletState =
  | "normal"
  | "frozen"
  | "face_to_face_off"
  | "mobile_off"
  | "uncertified"
  | "risky"
  | "no_instrument"
  | "closed";

/** What the customer does when the wallet asks for the password. `waits`: nothing, until somebody presses a button. */
export type WhenAsked =
  | { readonly kind: "confirms" | "refuses"; readonly afterMs: number }
  | { readonly kind: "waits" };

export interface Wallet {
  /** Short ASCII name for commands; `name` is what people read. */
  readonly id: string;
  readonly name: string;
  /** As the provider masks it in replies. */
  readonly logonId: string;
  /** 2088 and 12 digits. */
  readonly userId: string;
  readonly openId: string;
  readonly balanceFen: Fen;
  readonly singleLimitFen: Fen | null;
  readonly dayLimitFen: Fen | null;
  /** What was paid (and not given back) on the last day with a payment, for the day limit. */
  readonly spent: { readonly day: string; readonly fen: number };
  readonly state: WalletState;
  /** A payment above this asks for the password (1000 yuan in production). */
  readonly passwordAboveFen: Fen;
  readonly whenAsked: WhenAsked;
  readonly channel: "ALIPAYACCOUNT" | "PCREDIT";
}

/** The sub-code that each state answers with; null where the wallet pays. */
const STATE_REFUSAL: Record<WalletState, string | null> = {
  normal: null,
  frozen: "ACQ.BUYER_ENABLE_STATUS_FORBID",
  face_to_face_off: "ACQ.USER_FACE_PAYMENT_SWITCH_OFF",
  mobile_off: "ACQ.MOBILE_PAYMENT_SWITCH_OFF",
  uncertified: "ACQ.ERROR_BUYER_CERTIFY_LEVEL_LIMIT",
  risky: "ACQ.PAYMENT_REQUEST_HAS_RISK",
  no_instrument: "ACQ.NO_PAYMENT_INSTRUMENTS_AVAILABLE",
  closed: "ACQ.BUYER_NOT_EXIST",
};

export const WALLET_STATE_TEXT: Record<WalletState, Text> = {
  normal: { zh: "正常", en: "normal" },
  frozen: { zh: "账户冻结", en: "frozen" },
  face_to_face_off: { zh: "当面付已关闭", en: "face-to-face payment off" },
  mobile_off: { zh: "无线支付已关闭", en: "mobile payment off" },
  uncertified: { zh: "未实名认证", en: "not certified" },
  risky: { zh: "风险控制", en: "held by risk control" },
  no_instrument: { zh: "没有可用支付方式", en: "no payment instrument" },
  closed: { zh: "账户已注销", en: "account closed" },
};

export const WALLET_STATES = Object.keys(STATE_REFUSAL) as readonly WalletState[];

/** The sub-code with which this wallet refuses the amount on that day (yyyy-MM-dd), or null. */
export function walletRefusal(wallet: Wallet, amountFen: Fen, day: string): string | null {
  const byState = STATE_REFUSAL[wallet.state];
  if (byState !== null) return byState;
  if (wallet.singleLimitFen !== null && amountFen > wallet.singleLimitFen) {
    return "ACQ.PRODUCT_AMOUNT_LIMIT_ERROR";
  }
  const spentFen = wallet.spent.day === day ? wallet.spent.fen : 0;
  if (wallet.dayLimitFen !== null && spentFen + amountFen > wallet.dayLimitFen) {
    return "ACQ.BUYER_PAYMENT_AMOUNT_DAY_LIMIT_ERROR";
  }
  return amountFen > wallet.balanceFen ? "ACQ.BUYER_BALANCE_NOT_ENOUGH" : null;
}

export const asksPassword = (wallet: Wallet, amountFen: Fen): boolean =>
  amountFen > wallet.passwordAboveFen;

const plain = {
  balanceFen: fen(5_000_000),
  singleLimitFen: null,
  dayLimitFen: null,
  spent: { day: "", fen: 0 },
  state: "normal",
  passwordAboveFen: fen(100_000),
  whenAsked: { kind: "confirms", afterMs: 10_000 },
  channel: "ALIPAYACCOUNT",
} as const satisfies Partial<Wallet>;

function wallet(
  index: number,
  id: string,
  name: string,
  phone: string,
  rest: Partial<Wallet> = {},
) {
  const digits = String(index).padStart(2, "0");
  return {
    ...plain,
    id,
    name,
    logonId: `${phone.slice(0, 3)}****${phone.slice(3)}`,
    userId: `20880011223344${digits}`,
    openId: `074a1CcTG1LelxKe4xQC0zgNdId0nxi95b5lsNpazWYoCo${digits}`,
    ...rest,
  } satisfies Wallet;
}

/** The customers that a fresh sandbox has, each with one story. The first one simply pays. */
export const DEMO_WALLETS: readonly Wallet[] = [
  wallet(1, "lin", "林小满", "1380001", { passwordAboveFen: fen(100_000) }),
  wallet(2, "chen", "陈阿芬", "1390002", { balanceFen: fen(2_000) }),
  wallet(3, "zhou", "周国强", "1360003", { state: "frozen" }),
  wallet(4, "su", "苏小雨", "1370004", { state: "face_to_face_off" }),
  wallet(5, "he", "何佳佳", "1350005", {
    passwordAboveFen: fen(0),
    whenAsked: { kind: "confirms", afterMs: 8_000 },
  }),
  wallet(6, "zheng", "郑大明", "1880006", {
    passwordAboveFen: fen(0),
    whenAsked: { kind: "waits" },
  }),
  wallet(7, "huang", "黄丽丽", "1860007", {
    passwordAboveFen: fen(0),
    whenAsked: { kind: "refuses", afterMs: 5_000 },
  }),
  wallet(8, "wu", "吴志强", "1580008", { dayLimitFen: fen(10_000), channel: "PCREDIT" }),
];
