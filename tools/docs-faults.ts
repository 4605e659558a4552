/**
 * The README's table of troubles to try. Amounts come from the sandbox's own list, so that a row can't name an amount
 * that does something else; how each ends is held by the scenario and end-to-end tests.
 */
import type { Language, Text } from "../src/core/text/text.ts";
import { SENTINELS, sentinelRow } from "../src/sandbox/model/gateway/sentinels.ts";

interface Trouble {
  readonly what: Text;
  /** `{NAME}` is the amount that provokes the behaviour or sub-code NAME. */
  readonly how: Text;
  readonly says: Text;
  readonly ends: Text;
}

const text = (zh: string, en: string): Text => ({ zh, en });
const cashQuestion = text(
  "结果确认中，请勿重复收款",
  "结果确认中，请勿重复收款 (don't charge again)",
);

const TROUBLES: readonly Trouble[] = [
  {
    what: text("余额不足", "not enough balance"),
    how: text(
      "{ACQ.BUYER_BALANCE_NOT_ENOUGH}，或用陈阿芬的付款码收 30 元",
      "{ACQ.BUYER_BALANCE_NOT_ENOUGH}, or 30 yuan from 陈阿芬's wallet",
    ),
    says: text("未收款，原因和该说的话", "未收款, with the reason and what to say"),
    ends: text("没有扣款，可以换码再收", "no money taken; charge again with a new code"),
  },
  {
    what: text("要输密码，20 秒后确认", "the buyer takes 20 s for the password"),
    how: text("{password_confirms}", "{password_confirms}"),
    says: text("请顾客在手机上确认，倒计时", "请顾客在手机上确认, with a countdown"),
    ends: text("已收款，自动出票", "paid, the receipt prints"),
  },
  {
    what: text("要输密码，一直不确认", "the password never comes"),
    how: text("{password_never}", "{password_never}"),
    says: text("等待，60 秒后正在撤销", "waiting, after 60 s being reversed"),
    ends: text("撤销成功，没有扣款", "reversed, no money taken"),
  },
  {
    what: text("已扣款，应答丢失", "charged, but the answer is lost"),
    how: text("{silence_after} 或 {reset_after}", "{silence_after} or {reset_after}"),
    says: cashQuestion,
    ends: text("查询证明已付，出票", "a query proves it paid; the receipt prints"),
  },
  {
    what: text("请求丢失，没有扣款", "the request is lost"),
    how: text("{silence_before}", "{silence_before}"),
    says: cashQuestion,
    ends: text(
      "撤销；码和订单都过期后证明从未到达，约 2 分钟",
      "reversed; once code and order have expired it is proven that it never arrived, about 2 minutes",
    ),
  },
  {
    what: text("请求晚到 12 秒", "the request arrives 12 s late"),
    how: text("{late_booking}", "{late_booking}"),
    says: cashQuestion,
    ends: text("查到已付，出票", "found paid; the receipt prints"),
  },
  {
    what: text("撤销之后请求才到", "the request arrives after its reversal"),
    how: text("{booked_after_cancel}", "{booked_after_cancel}"),
    says: text("正在撤销，请勿重复收款", "正在撤销 (being reversed)"),
    ends: text("再撤一次，钱原路退回", "reversed again; the money goes back"),
  },
  {
    what: text("应答签名不对", "a reply with a wrong signature"),
    how: text("{wrong_signature}", "{wrong_signature}"),
    says: cashQuestion,
    ends: text("不采信，查询后已收款", "not believed; a query proves it paid"),
  },
  {
    what: text("付款成功后被支付宝撤回", "paid, then taken back by Alipay"),
    how: text("{rolled_back}", "{rolled_back}"),
    says: text("先收款成功，后更正", "paid at first, then corrected"),
    ends: text(
      "两次查询证实后小票作废，可以重新收款",
      "after two queries the receipt is void; charge again",
    ),
  },
  {
    what: text("支付宝断线两分钟", "Alipay is down for two minutes"),
    how: text(
      "沙盒页把网关停掉，或 `npx chupiao sandbox gateway blackhole --seconds 120`",
      "switch the gateway off on the sandbox page, or `npx chupiao sandbox gateway blackhole --seconds 120`",
    ),
    says: text(
      "结果确认中；灯变红后，下一单在用码之前就停下",
      "the outcome is being confirmed; once the light is red the next sale stops before its code",
    ),
    ends: text("恢复后自动查清，不多收", "settled by itself once it is back, nothing taken twice"),
  },
  {
    what: text("打印前、中、后缺纸", "paper out before, during, after"),
    how: text(
      "打印机页：缺纸，或只剩 3 厘米；再装纸",
      "printer page: 缺纸 or 只剩 3 厘米, then 装纸",
    ),
    says: text(
      "打印前：先问要不要电子小票；打印中：已收款，不要再收；小票没出来：打印机缺纸",
      "before: an e-receipt instead? during: paid, and why there is no receipt",
    ),
    ends: text(
      "装纸后自动接着打，只有一张原始小票",
      "goes on by itself with paper in; one original",
    ),
  },
  {
    what: text("打印中断电", "the printer loses power while printing"),
    how: text("打印机页：打两行后断电", "printer page: 打两行后"),
    says: text("小票打出来了吗？两个按钮", "小票打出来了吗？ with two buttons"),
    ends: text(
      "你看一眼：打出来了就确认；没有就补打一张带标记的",
      "you look: yes confirms it, no prints a marked copy",
    ),
  },
  {
    what: text("随时杀掉收银程序", "kill the box at any moment"),
    how: text(
      "`kill -9` 启动时显示的进程，再 `npm start`",
      "`kill -9` its process, then `npm start`",
    ),
    says: text("重连后显示这一笔的现状", "the sale as it stands, once it is back"),
    ends: text(
      "没收完的接着查清；打到一半的要你看一眼；不会收两次",
      "open sales are settled; a paper in flight asks you; nothing is charged twice",
    ),
  },
];

const HEAD: Readonly<Record<Language, readonly string[]>> = {
  zh: ["故障", "怎么触发", "收银台显示", "怎么收场"],
  en: ["trouble", "how to provoke it", "what the till says", "how it ends"],
};

/** One row a trouble. A plain amount is typed at the till or given to `sell --amount`. */
export function faultsPart(language: Language): string {
  const rows = TROUBLES.map(({ what, how, says, ends }) => [
    what[language],
    how[language].replaceAll(/\{([\w.]+)\}/g, (_place, name: string) => amount(name, language)),
    says[language],
    ends[language],
  ]);
  const head = HEAD[language];
  return [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
}

function amount(name: string, language: Language): string {
  const found = SENTINELS.find((one) => one.behaviour === name || one.subCode === name);
  if (found === undefined) throw new Error(`the sandbox has no amount for ${name}`);
  const yuan = sentinelRow(found).amount;
  return language === "zh" ? `收 ${yuan} 元` : `charge ${yuan}`;
}
