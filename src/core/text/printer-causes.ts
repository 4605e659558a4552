/**
 * Why a paper waits or may not be out. A job can be any slip, so these say only what is true of all: a printer's
 * trouble never changes what was paid.
 */
import type { DoubtCause, HoldCause } from "../printing/job.ts";
import type { CauseText } from "./causes.ts";
import type { Text } from "./text.ts";

const paperComes: Text = {
  zh: "打印机正在处理，小票马上就好；您也可以先看电子小票。",
  en: "The printer needs a moment; your receipt is coming. You can also open the electronic one.",
};

/** How every advice about paper begins where it isn't known which slip it is. */
export const moneyUntouched: Text = {
  zh: "收款不受影响，不用重新收款。",
  en: "Payments aren't affected; don't charge again. ",
};

const held = (title: Text, zh: string, en: string): CauseText => ({
  family: "device",
  title,
  cashier: {
    zh: moneyUntouched.zh + zh,
    en: moneyUntouched.en + en,
  },
  customer: paperComes,
});

/** Why the printer can't take the paper now. It goes on by itself once the cause is gone. */
export const HOLD_CAUSES: Record<HoldCause, CauseText> = {
  paper_out: held(
    { zh: "打印机缺纸", en: "Printer out of paper" },
    "装一卷热敏纸，热敏面朝上，合上盖子，会自动接着打。",
    "Load a roll, printing side up, and close the cover; it goes on by itself.",
  ),
  cover_open: held(
    { zh: "打印机盖子没合上", en: "Printer cover is open" },
    "把盖子按到听见咔哒声，会自动接着打。",
    "Press the cover until it clicks; it goes on by itself.",
  ),
  cutter_error: held(
    { zh: "切刀卡住", en: "Cutter is jammed" },
    "关电源，打开盖子清掉碎纸，合上再开电源。",
    "Switch off, open the cover, remove scraps, close it and switch on.",
  ),
  head_hot: held(
    { zh: "打印头过热", en: "Print head too hot" },
    "等一两分钟，凉下来会自动接着打。不要关电源。",
    "Wait a minute or two; it goes on when cool. Leave the power on.",
  ),
  printer_error: held(
    { zh: "打印机报错", en: "Printer reports an error" },
    "关电源等 10 秒再开；仍报错就用电子小票，并通知技术支持。",
    "Switch off for 10 seconds, then on; if it stays, use the electronic receipt and tell support.",
  ),
  printer_offline: held(
    { zh: "打印机脱机", en: "Printer is offline" },
    "看打印机面板：按一下进纸键或联机键，会自动接着打。",
    "Look at its panel: press the feed or online button; it goes on by itself.",
  ),
  unreachable: held(
    { zh: "连不上打印机", en: "Printer can't be reached" },
    "看打印机电源和网线（或数据线）是否插好，连上后自动接着打。",
    "Check its power and cable; it goes on by itself once connected.",
  ),
  busy: held(
    { zh: "打印机被占用", en: "Printer is in use" },
    "另一台电脑或程序正在用打印机，等它打完；一直占用就重启打印机。",
    "Another computer or program is printing; wait for it. If it never ends, restart the printer.",
  ),
  no_answer: held(
    { zh: "打印机没有应答", en: "Printer doesn't answer" },
    "看电源灯和连线；灯亮着也不应答就关电源等 10 秒再开。",
    "Check its light and cable; if lit but silent, switch it off for 10 seconds.",
  ),
  garbage: held(
    { zh: "打印机应答异常", en: "Printer answers nonsense" },
    "关电源等 10 秒再开；仍这样请技术支持核对打印机型号和波特率。",
    "Switch off for 10 seconds, then on; if it stays, support checks model and baud rate.",
  ),
  not_printable: held(
    { zh: "小票内容无法打印", en: "Content can't be printed" },
    "请给顾客电子小票，并通知技术支持；其他小票照常打印。",
    "Give the electronic receipt and tell support; other receipts print as usual.",
  ),
  no_printer: held(
    { zh: "还没有设置打印机", en: "No printer is set up" },
    "给顾客电子小票；请店主在设置里添加打印机，添加后自动打印。",
    "Give the electronic receipt; the owner adds a printer in the settings and it prints then.",
  ),
};

const doubtful = (family: CauseText["family"], title: Text, zh: string, en: string): CauseText => ({
  family,
  title,
  cashier: {
    zh: `${moneyUntouched.zh}${zh}请看一眼出纸口：完整打出来了选“打出来了”，没有就选“补打一张”。`,
    en: `${moneyUntouched.en}${en} Look at the paper slot: if it is complete say it came out, else print a copy.`,
  },
  customer: {
    zh: "请稍等，我看一下小票打好了没有。",
    en: "One moment, I'm checking whether your receipt came out.",
  },
});

/** Why it isn't known whether the paper came out. The cashier's look at the slot settles it. */
export const DOUBT_CAUSES: Record<DoubtCause, CauseText> = {
  till_restarted: doubtful(
    "system",
    { zh: "打印中收银机重启了", en: "Till restarted while printing" },
    "打印中途收银机重启，没等到打印机的回答。",
    "The till restarted before the printer answered.",
  ),
  printer_lost_power: doubtful(
    "device",
    { zh: "打印中打印机断电", en: "Printer lost power" },
    "打印中途打印机断电，它没来得及回答。",
    "The printer lost power before it could answer.",
  ),
  connection_lost: doubtful(
    "device",
    { zh: "打印中连接断开", en: "Connection to printer lost" },
    "打印中途和打印机的连接断了。",
    "The connection to the printer broke while printing.",
  ),
  no_proof_in_time: doubtful(
    "device",
    { zh: "打印机没有及时确认", en: "No confirmation in time" },
    "数据已送到打印机，它一直没有确认。",
    "The printer has the data and hasn't confirmed.",
  ),
  buffer_cleared: doubtful(
    "device",
    { zh: "打印机缓存被清空", en: "Printer buffer was cleared" },
    "打印机清掉了还没打完的内容，纸上可能不完整。",
    "The printer dropped what it hadn't printed; the paper may be incomplete.",
  ),
  no_confirmation_possible: doubtful(
    "device",
    { zh: "这台打印机不会确认", en: "This printer can't confirm" },
    "这台打印机不回报状态，只能由人确认。",
    "This printer reports nothing, so a person has to confirm.",
  ),
};
