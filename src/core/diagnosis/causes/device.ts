/** Causes in the shop's own devices (设备故障): the till computer, and the printer by its own and our words. */
import type { DoubtCause, HoldCause } from "../../printing/job.ts";
import { DOUBT_CAUSES, HOLD_CAUSES } from "../../text/printer-causes.ts";
import type { Fixer } from "../finding.ts";
import type { GuideId } from "../guide/ids.ts";
import { text as t, type CauseRow } from "./row.ts";

export type DeviceCause =
  | "till_frozen"
  | "computer_restarted"
  | "power_cut"
  | "disk_full"
  | "disk_slow"
  | "memory_low"
  | "undervoltage"
  | "clock_wrong"
  | "paper_low"
  | "printer_slow"
  | "printer_flaky"
  | "printer_noise";

type Given = Omit<CauseRow, "family">;
const device = (row: Given): CauseRow => ({ family: "device", ...row });

export const DEVICE_CAUSES: Readonly<Record<DeviceCause, CauseRow>> = {
  till_frozen: device({
    title: t("收银电脑卡住了", "The till computer hangs"),
    explain: t(
      "程序轮不到运行，网络和打印机看起来都慢，其实是电脑忙不过来。",
      "Our program doesn't get to run. Network and printer look slow, but it is the computer.",
    ),
    fixer: "cashier",
    nextStep: t(
      "关掉其他程序；还卡就重启电脑，开着的单不会丢。",
      "Close other programs; if it stays, restart. Open sales aren't lost.",
    ),
    guide: "till_restart",
    bears: "both",
    rank: 10,
  }),
  computer_restarted: device({
    title: t("收银电脑重启过", "The till computer restarted"),
    explain: t(
      "收银电脑断电或重启，手上的单被打断。系统已接着处理，钱不会算错。",
      "The computer lost power or restarted and work was cut off. It was taken up again; money is safe.",
    ),
    fixer: "cashier",
    nextStep: t(
      "按收银机上的提示收尾；看一下电源插头。",
      "Finish what the till asks for; check the power plug.",
    ),
    guide: "power",
    bears: "both",
    rank: 48,
  }),
  power_cut: device({
    title: t("店里断过电", "There was a power cut"),
    explain: t(
      "收银电脑和打印机同时断电。打到一半的小票要看一眼才知道出来没有。",
      "Computer and printer lost power together. Whether a half-printed receipt came out needs a look.",
    ),
    fixer: "cashier",
    nextStep: t(
      "看一眼出纸口，回答收银机上的问题。",
      "Look at the printer and answer the till's question.",
    ),
    guide: "power",
    bears: "both",
    rank: 47,
  }),
  disk_full: device({
    title: t("磁盘快满了", "The disk is nearly full"),
    explain: t(
      "剩余空间很少。写不进去的时候就不能开新单；查单和补打照常。",
      "Little space is left. Once nothing can be written no new sale begins; queries and reprints go on.",
    ),
    fixer: "owner",
    nextStep: t(
      "清理出至少 100 MB 空间，系统会自动恢复。",
      "Free at least 100 MB; it recovers by itself.",
    ),
    guide: "disk",
    bears: "both",
    rank: 8,
  }),
  disk_slow: device({
    title: t("磁盘很慢", "The disk is slow"),
    explain: t(
      "每次写盘都要很久，收款和打印都跟着慢。磁盘可能要坏。",
      "Every write takes long, and payments and prints with it. The disk may be failing.",
    ),
    fixer: "service_provider",
    nextStep: t(
      "关掉其他程序；请技术支持检查磁盘。",
      "Close other programs; support checks the disk.",
    ),
    guide: "till_restart",
    bears: "both",
    rank: 34,
  }),
  memory_low: device({
    title: t("内存快用完", "Memory is nearly used up"),
    explain: t("内存不够，收银机会越来越慢。", "The computer is short of memory and gets slower."),
    fixer: "cashier",
    nextStep: t(
      "关掉其他程序，空闲时重启电脑。",
      "Close other programs, restart when it is quiet.",
    ),
    guide: "till_restart",
    bears: "both",
    rank: 75,
  }),
  undervoltage: device({
    title: t("供电不足", "The supply voltage is low"),
    explain: t(
      "电脑报告电压不足，随时可能断电或出错。",
      "The computer reports a low voltage and may stop at any time.",
    ),
    fixer: "cashier",
    nextStep: t("换一个插座或电源适配器。", "Use another socket or power adapter."),
    guide: "power",
    bears: "both",
    rank: 70,
  }),
  clock_wrong: device({
    title: t("收银机时钟不准", "The till's clock is wrong"),
    explain: t(
      "时间差得太多，支付宝会拒绝请求，安全连接也建不起来。",
      "The time is too far off: Alipay refuses requests and secure connections fail.",
    ),
    fixer: "owner",
    nextStep: t(
      "把电脑时间设为自动同步（北京时间）。",
      "Let the computer set its time by itself (China time).",
    ),
    guide: "clock",
    bears: "payment",
    rank: 11,
  }),
  paper_low: device({
    title: t("打印纸快用完", "Paper is low"),
    explain: t("还能打几张，请准备新纸卷。", "A few more papers will do; have a roll ready."),
    fixer: "cashier",
    nextStep: t("准备一卷热敏纸。", "Have a roll of thermal paper ready."),
    guide: "paper",
    bears: "paper",
    rank: 90,
  }),
  printer_slow: device({
    title: t("打印机出票很慢", "The printer is slow"),
    explain: t(
      "打印机在工作，但比平常慢很多：连线不好，或打印机在反复重试。",
      "The printer works, but much slower than usual: a bad connection, or it keeps retrying.",
    ),
    fixer: "cashier",
    nextStep: t(
      "请顾客稍等；插紧打印机的线。",
      "Ask the customer to wait; reseat the printer's cable.",
    ),
    guide: "printer_cable",
    bears: "paper",
    rank: 62,
  }),
  printer_noise: device({
    title: t("打印机发来读不懂的数据", "The printer sends what can't be read"),
    explain: t(
      "小票还能打，但夹着乱码：线接触不良，或这台打印机的型号设置不对。",
      "Receipts still print, with noise in between: a bad contact, or the wrong model is set.",
    ),
    fixer: "service_provider",
    nextStep: t(
      "插紧打印机的线；还有乱码请技术支持核对型号。",
      "Reseat the printer's cable; if it goes on support checks the model.",
    ),
    guide: "printer_cable",
    bears: "paper",
    rank: 63,
  }),
  printer_flaky: device({
    title: t("打印机连接时断时续", "The printer's connection comes and goes"),
    explain: t(
      "几分钟内和打印机断开了好几次，多半是线松了。",
      "The connection broke several times within minutes; most likely a loose cable.",
    ),
    fixer: "cashier",
    nextStep: t(
      "插紧打印机两头的线，或换一根。",
      "Reseat the printer's cable at both ends, or replace it.",
    ),
    guide: "printer_cable",
    bears: "paper",
    rank: 55,
  }),
};

const HOLD_FIX: Readonly<Record<HoldCause, readonly [GuideId, Fixer, CauseRow["family"]]>> = {
  paper_out: ["paper", "cashier", "device"],
  cover_open: ["cover", "cashier", "device"],
  cutter_error: ["cutter", "cashier", "device"],
  head_hot: ["cool_down", "cashier", "device"],
  printer_error: ["printer_restart", "cashier", "device"],
  printer_offline: ["printer_restart", "cashier", "device"],
  unreachable: ["printer_cable", "cashier", "device"],
  busy: ["printer_restart", "cashier", "device"],
  no_answer: ["printer_restart", "cashier", "device"],
  garbage: ["printer_cable", "service_provider", "device"],
  no_printer: ["printer_setup", "owner", "system"],
  not_printable: ["support", "service_provider", "system"],
  hub_not_asked: ["support", "service_provider", "system"],
  terminal_replaced: ["support", "service_provider", "system"],
  e_receipt_unopened: ["e_receipt", "cashier", "device"],
};

const DOUBT_FAMILY: Readonly<Record<DoubtCause, CauseRow["family"]>> = {
  till_restarted: "system",
  printer_lost_power: "device",
  connection_lost: "device",
  no_proof_in_time: "device",
  buffer_cleared: "device",
  no_confirmation_possible: "device",
};

const PRINTER_RANK = 50;

/** A printer's condition, in the words that the paper's own state uses. */
export function holdRow(cause: HoldCause): CauseRow {
  const { title, cashier, now } = HOLD_CAUSES[cause];
  const [guide, fixer, family] = HOLD_FIX[cause];
  const nextStep = { zh: `${now.zh}。`, en: `${now.en}.` };
  return {
    family,
    title,
    explain: cashier,
    fixer,
    nextStep,
    guide,
    bears: "paper",
    rank: PRINTER_RANK,
  };
}

/** Why a paper is in doubt: what it takes is a look at the printer. */
export function doubtRow(cause: DoubtCause): CauseRow {
  const { title, cashier, now } = DOUBT_CAUSES[cause];
  return {
    family: DOUBT_FAMILY[cause],
    title,
    explain: cashier,
    fixer: "cashier",
    nextStep: now,
    guide: "look_at_paper",
    bears: "paper",
    rank: PRINTER_RANK + 5,
  };
}
