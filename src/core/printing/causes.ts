/** Why a paper waits or is in doubt, in words: what happened and what to do now. Money never depends on it. */
import type { Text } from "../text/text.ts";
import type { DoubtCause, HoldCause } from "./job.ts";

export interface PrintCauseText {
  readonly title: Text;
  readonly cashier: Text;
}

const row = (zh: string, en: string, doZh: string, doEn: string): PrintCauseText => ({
  title: { zh, en },
  cashier: { zh: doZh, en: doEn },
});

export const holdCauses: Readonly<Record<HoldCause, PrintCauseText>> = {
  paper_out: row(
    "打印机缺纸",
    "Out of paper",
    "装上纸卷、合上盖，会自动继续，不用重打。",
    "Load a roll and close the cover; it goes on by itself.",
  ),
  cover_open: row(
    "打印机盖未合",
    "Cover open",
    "合上打印机盖，会自动继续。",
    "Close the cover; it goes on by itself.",
  ),
  cutter_error: row(
    "切刀卡住",
    "Cutter jammed",
    "关机取出卡纸再开机；票若已出，请撕下。",
    "Switch off, free the jam and switch on; tear the paper off if it is out.",
  ),
  head_hot: row(
    "打印头过热",
    "Print head too hot",
    "请稍等，冷却后自动继续。",
    "Wait; it goes on when it has cooled down.",
  ),
  printer_error: row(
    "打印机故障",
    "Printer error",
    "关机再开机；仍不行请联系维修。",
    "Switch it off and on; if that fails call service.",
  ),
  printer_offline: row(
    "打印机脱机",
    "Printer offline",
    "看打印机指示灯，松开进纸键，等它就绪。",
    "Look at its lights, release the feed button and wait until it is ready.",
  ),
  unreachable: row(
    "连不上打印机",
    "Printer unreachable",
    "检查电源和网线（或数据线）；接通后自动打印。",
    "Check power and cable; it prints by itself once connected.",
  ),
  busy: row(
    "打印机被占用",
    "Printer in use",
    "另一台电脑正在使用，稍后自动打印。",
    "Another computer uses it; it prints by itself afterwards.",
  ),
  no_answer: row(
    "打印机没有回应",
    "Printer doesn't answer",
    "关机再开机；若换过打印机，请重新配对。",
    "Switch it off and on; pair again if it was exchanged.",
  ),
  garbage: row(
    "打印机回应混乱",
    "Printer answers nonsense",
    "检查数据线和波特率，关机再开机；可重新配对。",
    "Check cable and baud rate, switch it off and on; pair again if need be.",
  ),
  no_printer: row(
    "未设置打印机",
    "No printer set up",
    "请在设置中配对打印机；可先给顾客电子小票。",
    "Pair a printer in the settings; offer the electronic receipt meanwhile.",
  ),
  not_printable: row(
    "小票内容无法打印",
    "This slip can't be printed",
    "请给顾客电子小票，并联系技术支持。",
    "Offer the electronic receipt and call support.",
  ),
};

const lookAtPrinter = [
  "请看打印机：有票点“票已出”，没有点“未出”，将补打一张带标记的小票。",
  "Look at the printer: say that the paper is out, or order a marked copy.",
] as const;

export const doubtCauses: Readonly<Record<DoubtCause, PrintCauseText>> = {
  till_restarted: row("打印时收银机重启", "The till restarted while printing", ...lookAtPrinter),
  printer_lost_power: row(
    "打印时打印机断电",
    "The printer lost power while printing",
    ...lookAtPrinter,
  ),
  connection_lost: row("打印时连接中断", "The connection broke while printing", ...lookAtPrinter),
  no_proof_in_time: row(
    "打印机没有确认出票",
    "The printer didn't confirm in time",
    ...lookAtPrinter,
  ),
  buffer_cleared: row(
    "未打完的内容已从打印机清除",
    "What was left in the printer was cleared",
    ...lookAtPrinter,
  ),
  no_confirmation_possible: row(
    "这台打印机不能确认出票",
    "This printer can't confirm",
    ...lookAtPrinter,
  ),
};
