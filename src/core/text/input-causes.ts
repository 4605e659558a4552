/** What is wrong with an amount or a payment code before anything was sent. No money can have moved. */
import { fen, yuanText } from "../money/money.ts";
import type { AmountRefusal } from "../money/money.ts";
import type { CodeRefusal, OtherWallet, RefusedCode } from "../payment/code-form.ts";
import type { CauseView } from "../till/view.ts";
import { causeView, type CauseText } from "./causes.ts";
import { fill, type Text } from "./text.ts";

export interface InputCause extends CauseText {
  /** One line beside the field or over the amount, for the person who is typing or scanning. */
  readonly short: Text;
  /** What to do, without a word on money: where it stands beside other sales. */
  readonly todo: Text;
}

const nothingTaken: Text = { zh: "没有扣款。", en: "No money was taken." };
/** Where another one may have been paid all the same. */
const ofThisSale: Text = { zh: "这一单没有扣款。", en: "No money was taken for this sale." };

const input = (
  title: Text,
  todo: Text,
  customer: Text,
  short: Text,
  money = nothingTaken,
): InputCause => ({
  family: "amount_or_input",
  title,
  cashier: { zh: money.zh + todo.zh, en: `${money.en} ${todo.en}` },
  todo,
  customer,
  short,
});

const amountChecked: Text = {
  zh: "请稍等，我核对一下金额。",
  en: "One moment, I'm checking the amount.",
};

export const AMOUNT_CAUSES: Record<AmountRefusal, InputCause> = {
  amount_missing: input(
    { zh: "还没有金额", en: "No amount yet" },
    { zh: "请先输入金额，例如 128.50。", en: "Enter the amount first, e.g. 128.50." },
    amountChecked,
    { zh: "先输入金额。", en: "Enter the amount first." },
  ),
  amount_not_a_number: input(
    { zh: "金额不是数字", en: "Amount isn't a number" },
    {
      zh: "金额只用数字和小数点，例如 128.50，不要加单位和逗号。",
      en: "Use digits and a point only, e.g. 128.50, without unit or comma.",
    },
    amountChecked,
    { zh: "金额写法不对，例如 128.50。", en: "That is no amount. Write it like 128.50." },
  ),
  amount_too_many_decimals: input(
    { zh: "金额小数超过两位", en: "More than two decimals" },
    { zh: "最小到分，请改成两位小数，例如 128.50。", en: "Use at most two decimals, e.g. 128.50." },
    amountChecked,
    { zh: "金额最多两位小数。", en: "At most two decimals." },
  ),
  amount_not_positive: input(
    { zh: "金额须大于 0", en: "Amount must be above 0" },
    {
      zh: "请输入 0.01 元或更多；要退钱请用退款。",
      en: "Enter 0.01 yuan or more; to give money back use a refund.",
    },
    amountChecked,
    { zh: "金额要大于 0。", en: "The amount must be above 0." },
  ),
  amount_too_large: input(
    { zh: "金额过大", en: "Amount too large" },
    {
      zh: "单笔最多 1 亿元，请核对是否扫进了条码。",
      en: "At most 100 million yuan a sale; check whether a bar code was scanned into it.",
    },
    amountChecked,
    { zh: "超过单笔上限 1 亿元。", en: "Above the limit of 100 million yuan for one sale." },
  ),
  amount_over_limit: input(
    { zh: "超过本店单笔上限", en: "Above the shop's limit for one sale" },
    {
      zh: "金额超过本店设置的单笔上限，请核对是否输错；确实要收，请店主改设置 amount_max。",
      en: "The amount is above the shop's limit for one sale. Check it; if it is right, the owner can raise the setting amount_max.",
    },
    amountChecked,
    {
      zh: "超过本店单笔上限 ￥{limit}，请核对金额。",
      en: "Above the shop's limit of ￥{limit} for one sale. Check the amount.",
    },
  ),
};

/** The one line about a refused amount, at the till. */
export const amountShort = (refusal: AmountRefusal, limitFen: number): Text =>
  fill(AMOUNT_CAUSES[refusal].short, { limit: yuanText(fen(limitFen)) });

/** For whoever isn't at the till: the same, with what can be done about it. */
export const amountOverLimit = (limitFen: number): Text =>
  fill(
    {
      zh: "没有扣款。超过本店单笔上限 ￥{limit}，请核对金额；确实要收，请店主改设置 amount_max。",
      en: "No money was taken. Above the shop's limit of ￥{limit} for one sale. Check the amount; if it is right, the owner can raise the setting amount_max.",
    },
    { limit: yuanText(fen(limitFen)) },
  );

const showAlipayCode: Text = {
  zh: "麻烦打开支付宝，点“收付款”，出示付款码。",
  en: "Please open Alipay, tap Pay, and show your payment code.",
};
const refreshCode: Text = {
  zh: "麻烦刷新一下付款码，再出示一次。",
  en: "Please refresh your payment code and show it again.",
};
const notACode: Text = {
  zh: "扫到的不是付款码。请顾客打开支付宝“收付款”，再扫一次。",
  en: "That is no payment code. Ask the customer to open Pay in Alipay, then scan again.",
};

export const CODE_CAUSES: Record<CodeRefusal, InputCause> = {
  code_missing: input(
    { zh: "没有扫到付款码", en: "No payment code" },
    { zh: "请扫顾客手机上的付款码。", en: "Scan the payment code on the customer's phone." },
    showAlipayCode,
    notACode,
  ),
  code_not_digits: input(
    { zh: "付款码里有非数字", en: "Code holds other signs than digits" },
    {
      zh: "付款码全是数字。请把输入法切到英文，再扫一次；扫到收款码、网址都不行。",
      en: "A payment code is digits only. Set the keyboard to English and scan again; a web address is no payment code.",
    },
    showAlipayCode,
    notACode,
  ),
  code_is_product: input(
    { zh: "这是商品条码", en: "This is a product's bar code" },
    {
      zh: "这不是付款码。请扫顾客手机支付宝里的付款码。",
      en: "This is no payment code. Scan the code in Alipay on the customer's phone.",
    },
    showAlipayCode,
    {
      zh: "这是商品条码，不是付款码。请扫顾客手机上的付款码。",
      en: "That is a product bar code, not a payment code. Scan the code on the customer's phone.",
    },
  ),
  code_of_other_wallet: input(
    { zh: "这是其他钱包的付款码", en: "A code of another wallet" },
    {
      zh: "本机收支付宝。请顾客打开支付宝的付款码，或换一种方式付。",
      en: "This till takes Alipay. Ask for the code in Alipay, or another way of payment.",
    },
    {
      zh: "这里收支付宝，可以打开支付宝的付款码吗？",
      en: "We take Alipay here. Could you open the payment code in Alipay?",
    },
    {
      zh: "这是{wallet}的付款码，本店现在只收支付宝。没有扣款。",
      en: "That is a {wallet} code; this shop takes Alipay only. No money has moved.",
    },
  ),
  code_too_long: input(
    { zh: "付款码位数太多", en: "Too many digits for a payment code" },
    {
      zh: "位数太多，不是一个付款码，可能连着扫了两次。请再扫一次顾客手机上的付款码。",
      en: "These are too many digits for one payment code; two scans may have run together. Scan the code on the phone once more.",
    },
    refreshCode,
    {
      zh: "位数太多，不是一个付款码，没有使用。请再扫一次顾客手机上的付款码。",
      en: "Too many digits for one payment code, so it was not used. Scan the code on the phone once more.",
    },
  ),
  code_wrong_length: input(
    { zh: "付款码位数不对", en: "Code of the wrong length" },
    {
      zh: "可能没扫全。请顾客把码放大、调亮屏幕，再扫一次。",
      en: "It may be cut short. Ask for a larger code and a brighter screen, then scan again.",
    },
    refreshCode,
    notACode,
  ),
  code_not_of_a_wallet: input(
    { zh: "这不是付款码", en: "Not a payment code" },
    {
      zh: "这串数字不是任何钱包的付款码。请扫顾客支付宝里的付款码。",
      en: "These digits are no wallet's payment code. Scan the code in the customer's Alipay.",
    },
    showAlipayCode,
    notACode,
  ),
  code_used_before: input(
    { zh: "付款码已用过", en: "Code was used before" },
    {
      zh: "付款码只能用一次，这次没有发出。先看用过它的那一单收到没有，再请顾客刷新后扫。",
      en: "A code works once, so this wasn't sent. See first whether the sale that used it is paid, then ask for a refreshed code.",
    },
    refreshCode,
    {
      zh: "这个付款码已用过，这一单没有扣款。先看用过它的那一单收到没有，再请顾客刷新后扫。",
      en: "That code was used before; nothing was taken for this sale. See first whether the one that used it is paid, then ask for a refreshed code.",
    },
    ofThisSale,
  ),
};

const OTHER_WALLETS: Record<OtherWallet, Text> = {
  wechat: { zh: "微信支付", en: "WeChat Pay" },
  unionpay: { zh: "云闪付", en: "UnionPay QuickPass" },
  digital_yuan: { zh: "数字人民币", en: "digital yuan" },
  bestpay: { zh: "翼支付", en: "BestPay" },
  suning: { zh: "苏宁支付", en: "Suning Pay" },
};

const otherWalletTitle: Text = { zh: "这是{wallet}的付款码", en: "This is a {wallet} code" };

/** The one line for a refused code, at the till. */
export const codeShort = ({ refusal, wallet }: RefusedCode): Text =>
  fill(CODE_CAUSES[refusal].short, wallet === null ? {} : { wallet: OTHER_WALLETS[wallet] });

/** The cause of a refused code; another wallet's code is called by its name. */
export function codeCause(refused: RefusedCode): CauseView {
  const text = CODE_CAUSES[refused.refusal];
  if (refused.wallet === null) return causeView(refused.refusal, text);
  const title = fill(otherWalletTitle, { wallet: OTHER_WALLETS[refused.wallet] });
  return causeView(refused.refusal, { ...text, title });
}
