/** Everything that the page offers, as one table: what a person reads and what is posted when they press it. */
import type { Text } from "../../../core/text/text.ts";
import type { PrinterAction, StateChange } from "./state.ts";

export interface Choice {
  readonly text: Text;
  readonly change: StateChange;
  /** A fault, shown in the colour of care while it is on. */
  readonly fault?: boolean;
}

export interface Control {
  readonly text: Text;
  readonly choices: readonly Choice[];
}

const text = (zh: string, en: string): Text => ({ zh, en });
const fault = (zh: string, en: string, change: StateChange): Choice => ({
  text: text(zh, en),
  change,
  fault: true,
});
const calm = (zh: string, en: string, change: StateChange): Choice => ({
  text: text(zh, en),
  change,
});

export const DEVICE_CONTROLS: readonly Control[] = [
  {
    text: text("纸", "Paper"),
    choices: [
      calm("装纸", "load paper", { paper: "ok" }),
      fault("纸将尽", "near end", { paper: "near_end" }),
      fault("只剩 3 厘米", "30 mm left", { paper_left_mm: 30 }),
      fault("缺纸", "paper out", { paper: "out" }),
    ],
  },
  {
    text: text("机盖", "Cover"),
    choices: [
      calm("合盖", "closed", { cover: "closed" }),
      fault("开盖", "open", { cover: "open" }),
    ],
  },
  {
    text: text("切刀", "Cutter"),
    choices: [
      calm("排除卡刀", "clear", { cutter: "ok" }),
      fault("切刀卡住", "jammed", { cutter: "jammed" }),
    ],
  },
  {
    text: text("打印头", "Print head"),
    choices: [calm("降温", "cool", { head: "ok" }), fault("过热", "overheated", { head: "hot" })],
  },
  {
    text: text("机芯", "Mechanism"),
    choices: [
      calm("正常", "ok", { mechanism: "ok" }),
      fault("可恢复故障", "error", { mechanism: "error" }),
      fault("不可恢复故障", "broken", { mechanism: "broken" }),
    ],
  },
  {
    text: text("电源", "Power"),
    choices: [calm("上电", "on", { power: "on" }), fault("断电", "off", { power: "off" })],
  },
  {
    text: text("何时自己断电", "Loses power by itself"),
    choices: [
      calm("不会", "never", { power_loss: null }),
      fault("下次打印前", "before it prints", { power_loss: "before_print" }),
      fault("打两行后", "after two lines", { power_loss: { after_lines: 2 } }),
      fault("打完、回应前", "printed, not answered", { power_loss: "before_answer" }),
    ],
  },
  {
    text: text("速度", "Speed"),
    choices: [
      calm("不费时", "instant", { speed_mm_per_s: 0 }),
      calm("150 毫米/秒", "150 mm/s", { speed_mm_per_s: 150 }),
      fault("慢速", "10 mm/s", { speed_mm_per_s: 10 }),
    ],
  },
  {
    text: text("钱箱", "Cash drawer"),
    choices: [
      calm("关上", "closed", { drawer: "closed" }),
      calm("打开", "open", { drawer: "open" }),
    ],
  },
];

/** What some print servers send after each job; its letters look like status bytes. */
const garbageLine = "JOB DONE 0001\r\n";

export const LINE_CONTROLS: readonly Control[] = [
  {
    text: text("应答", "Answers"),
    choices: [
      calm("正常回应", "answers", { mute: false }),
      fault("不回应", "mute", { mute: true }),
    ],
  },
  {
    text: text("乱码", "Garbage"),
    choices: [
      calm("没有", "none", { garbage: null }),
      fault("打完发乱码", "a line after each job", { garbage: garbageLine }),
    ],
  },
  {
    text: text("出票编号", "Process ids"),
    choices: [
      calm("正确", "right", { wrong_ids: false }),
      fault("错误", "wrong", { wrong_ids: true }),
    ],
  },
  {
    text: text("端口", "Port"),
    choices: [
      calm("接受连接", "open", { refuse: false }),
      fault("拒绝连接", "refused", { refuse: true }),
    ],
  },
  {
    text: text("第二个连接", "Second connection"),
    choices: [
      calm("排队", "queue", { second_connection: "queue" }),
      fault("拒绝", "refuse", { second_connection: "refuse" }),
      fault("挂起", "hang", { second_connection: "hang" }),
    ],
  },
];

export const ACTION_TEXT: Readonly<Record<PrinterAction, Text>> = {
  feed: text("走纸", "FEED"),
  tear: text("撕下", "tear off"),
  reset_connection: text("重置连接", "reset connection"),
  clear_papers: text("清空纸槽", "clear the tray"),
};
