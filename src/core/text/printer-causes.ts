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

const noPaperHere: Text = {
  zh: "这里打不出纸质小票，请您看电子小票。",
  en: "The paper can't be printed here; please use the electronic receipt.",
};

/** How every advice about paper begins where it isn't known which slip it is. */
export const moneyUntouched: Text = {
  zh: "收款不受影响，不用重新收款。",
  en: "Payments aren't affected; don't charge again. ",
};

interface PrinterCause extends CauseText {
  /** The one thing to do now, or what to look at: a line of the till's big state. */
  readonly now: Text;
}

interface HoldText extends PrinterCause {
  /** The printer said so itself; else it's what we noticed. */
  readonly ownReport: boolean;
  readonly more: Text;
}

interface Held {
  readonly title: Text;
  readonly now: Text;
  /** What follows `now` where there is room for it. */
  readonly more: Text;
  readonly ownReport: boolean;
  /** Left out: the paper comes as soon as the printer can. */
  readonly customer?: Text;
}

const held = ({ title, now, more, ownReport, customer = paperComes }: Held): HoldText => ({
  family: "device",
  title,
  cashier: {
    zh: `${moneyUntouched.zh}${now.zh}。${more.zh}`,
    en: `${moneyUntouched.en}${now.en}. ${more.en}`,
  },
  customer,
  now,
  ownReport,
  more,
});

const goesOn: Text = { zh: "好了会自动接着打。", en: "It goes on by itself." };
const switchOffAndOn: Text = {
  zh: "关掉打印机，等 10 秒，再打开",
  en: "Switch the printer off, wait 10 seconds, switch it on",
};

/** Why the printer can't take the paper now. It goes on by itself once the cause is gone. */
export const HOLD_CAUSES: Record<HoldCause, HoldText> = {
  paper_out: held({
    title: { zh: "打印机缺纸", en: "Printer out of paper" },
    now: {
      zh: "装一卷热敏纸，热敏面朝上，合上盖子",
      en: "Load a roll, heat-sensitive side up, and close the cover",
    },
    more: goesOn,
    ownReport: true,
  }),
  cover_open: held({
    title: { zh: "打印机盖子没合上", en: "Printer cover is open" },
    now: { zh: "把盖子按下，听到“咔”一声", en: "Press the cover down until it clicks" },
    more: goesOn,
    ownReport: true,
  }),
  cutter_error: held({
    title: { zh: "切刀卡住", en: "Cutter is jammed" },
    now: {
      zh: "关掉打印机，取出卡住的纸，再打开",
      en: "Switch the printer off, remove the jammed paper, switch it on",
    },
    more: goesOn,
    ownReport: true,
  }),
  head_hot: held({
    title: { zh: "打印头过热", en: "Print head too hot" },
    now: { zh: "等一两分钟，凉下来会自动继续", en: "Wait a minute or two; it goes on when cool" },
    more: { zh: "不要关电源。", en: "Leave the power on." },
    ownReport: true,
  }),
  printer_error: held({
    title: { zh: "打印机报错", en: "Printer reports an error" },
    now: switchOffAndOn,
    more: {
      zh: "仍报错就用电子小票，并通知技术支持。",
      en: "If the error stays, use the electronic receipt and tell support.",
    },
    ownReport: true,
  }),
  printer_offline: held({
    title: { zh: "打印机脱机", en: "Printer is offline" },
    now: {
      zh: "看面板指示灯，按一下进纸键或联机键，或关掉再打开",
      en: "Look at its lights, press its feed or online button, or switch it off and on",
    },
    more: goesOn,
    ownReport: true,
  }),
  unreachable: held({
    title: { zh: "连不上打印机", en: "Printer can't be reached" },
    now: {
      zh: "看打印机电源开了没有，网线（或数据线）插紧没有",
      en: "Check that it is on and its cable is plugged in",
    },
    more: { zh: "连上后自动接着打。", en: "It goes on by itself once connected." },
    ownReport: false,
  }),
  busy: held({
    title: { zh: "打印机被占用", en: "Printer is in use" },
    now: {
      zh: "等另一台电脑或程序打完，系统会自动再试",
      en: "Wait until the other computer or program is done; it retries",
    },
    more: { zh: "一直占用就重启打印机。", en: "If that never ends, restart the printer." },
    ownReport: false,
  }),
  no_answer: held({
    title: { zh: "打印机没有应答", en: "Printer doesn't answer" },
    now: switchOffAndOn,
    more: { zh: "还不行就检查连线。", en: "If that fails, check its cable." },
    ownReport: false,
  }),
  garbage: held({
    title: { zh: "打印机应答异常", en: "Printer answers nonsense" },
    now: switchOffAndOn,
    more: {
      zh: "仍这样请技术支持核对接线、打印机型号和波特率。",
      en: "If that fails, support checks cable, model and baud rate.",
    },
    ownReport: false,
  }),
  not_printable: held({
    title: { zh: "小票内容无法打印", en: "Content can't be printed" },
    now: {
      zh: "请给顾客电子小票，并通知技术支持",
      en: "Give the electronic receipt and tell support",
    },
    more: { zh: "其他小票照常打印。", en: "Other receipts print as usual." },
    ownReport: false,
    customer: noPaperHere,
  }),
  hub_not_asked: held({
    title: { zh: "还没连上中心", en: "The hub hasn't been reached" },
    now: {
      zh: "请看网络；票可能已出，要先向中心核对",
      en: "Check the network: the paper may be out already, and only the hub can tell",
    },
    more: goesOn,
    ownReport: false,
  }),
  terminal_replaced: held({
    title: { zh: "这台收银机已被替换", en: "This till has been replaced" },
    now: {
      zh: "请改用另一台；要用这台，请先停用另一台再重启这台",
      en: "Use the other till; to go on here, stop the other one and restart this one",
    },
    more: {
      zh: "这里不再打原票；顾客要票请给电子小票。",
      en: "No original prints here; give the electronic receipt.",
    },
    ownReport: false,
    customer: noPaperHere,
  }),
  e_receipt_unopened: held({
    title: { zh: "电子小票还没打开", en: "E-receipt not opened yet" },
    now: {
      zh: "请顾客扫码打开；要纸的，打印机能打时就可以打",
      en: "Let the customer scan and open it; paper can be had whenever the printer can print",
    },
    more: {
      zh: "都不要的，点“顾客不要小票”。",
      en: "Neither is wanted: say that no paper is wanted.",
    },
    ownReport: false,
    customer: {
      zh: "请您扫码打开电子小票；要纸质的请告诉我。",
      en: "Please scan and open your electronic receipt; tell me if you would like paper.",
    },
  }),
  no_printer: held({
    title: { zh: "还没有设置打印机", en: "No printer is set up" },
    now: {
      zh: "先给顾客电子小票；请店主设置打印机",
      en: "Give the electronic receipt; ask the owner to set up a printer",
    },
    more: { zh: "添加后自动打印。", en: "It prints then by itself." },
    ownReport: false,
  }),
};

/** The printer was lost in the middle of a paper; the system is finding out what came of it. */
export const PRINT_INTERRUPTED: PrinterCause = {
  family: "device",
  title: { zh: "打印中断，正在确认是否已出票", en: "Printing broke off; checking what came out" },
  now: {
    zh: "先不要补打。看打印机电源开了没有，线插紧没有；系统正在重新连接，确认不了就会问你。",
    en: "Don't reprint yet. Check the printer's power and cable; the system is reconnecting, and asks you if it can't tell.",
  },
  cashier: {
    zh: `${moneyUntouched.zh}打印到一半和打印机断开了，小票可能已出一部分。先不要补打，系统正在确认；请看打印机的电源和连线。`,
    en: `${moneyUntouched.en}The printer was lost in the middle of the receipt, so part of it may be out. Don't reprint yet; the system is checking. See to its power and cable.`,
  },
  customer: {
    zh: "请稍等，我看一下小票打好了没有。",
    en: "One moment, I'm checking whether your receipt came out.",
  },
};

const doubtful = (
  family: CauseText["family"],
  title: Text,
  zh: string,
  en: string,
): PrinterCause => ({
  family,
  title,
  now: { zh: `${zh}请看一眼出纸口。`, en: `${en} Please look at the printer.` },
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
export const DOUBT_CAUSES: Record<DoubtCause, PrinterCause> = {
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
    { zh: "打印中断过，没能确认", en: "Printing broke off and couldn't be confirmed" },
    "打印中断，连上后系统清掉了没打完的内容，纸上可能不完整。",
    "Printing broke off; once connected the system cleared the rest, so the paper may be incomplete.",
  ),
  no_confirmation_possible: doubtful(
    "device",
    { zh: "这台打印机不会确认", en: "This printer can't confirm" },
    "这台打印机不回报状态，只能由人确认。",
    "This printer reports nothing, so a person has to confirm.",
  ),
};
