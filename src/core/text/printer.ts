/** Why paper is held or doubtful, and the one thing to do now: a line for each cause. */
import type { DoubtCause, HoldCause } from "../printing/job.ts";
import type { Text } from "./text.ts";

export interface HoldText {
  readonly title: Text;
  readonly now: Text;
  /** The printer said so itself; else it's what we noticed. */
  readonly ownReport: boolean;
}

export const holdText: Record<HoldCause, HoldText> = {
  paper_out: {
    title: { zh: "打印机缺纸", en: "out of paper" },
    now: {
      zh: "装一卷热敏纸，热敏面朝上，合上盖子",
      en: "Load a roll, heat-sensitive side up, and close the cover",
    },
    ownReport: true,
  },
  cover_open: {
    title: { zh: "打印机盖子没合上", en: "cover open" },
    now: { zh: "把盖子按下，听到“咔”一声", en: "Press the cover down until it clicks" },
    ownReport: true,
  },
  cutter_error: {
    title: { zh: "切刀卡住", en: "cutter jammed" },
    now: {
      zh: "关掉打印机，取出卡住的纸，再打开",
      en: "Switch the printer off, remove the jammed paper, switch it on",
    },
    ownReport: true,
  },
  head_hot: {
    title: { zh: "打印头过热", en: "print head hot" },
    now: { zh: "等一两分钟，凉下来会自动继续", en: "Wait a minute or two; it goes on when cool" },
    ownReport: true,
  },
  printer_error: {
    title: { zh: "打印机报错", en: "printer fault" },
    now: {
      zh: "关掉打印机，等 10 秒，再打开",
      en: "Switch the printer off, wait 10 seconds, switch it on",
    },
    ownReport: true,
  },
  printer_offline: {
    title: { zh: "打印机离线", en: "printer offline" },
    now: {
      zh: "看面板指示灯，按一下“进纸”键，或关掉再打开",
      en: "Look at its lights, press FEED once, or switch it off and on",
    },
    ownReport: true,
  },
  unreachable: {
    title: { zh: "连不上打印机", en: "can't reach the printer" },
    now: {
      zh: "看电源开了没有，网线插紧没有",
      en: "Check that it is on and its cable is plugged in",
    },
    ownReport: false,
  },
  not_printable: {
    title: { zh: "小票内容无法打印", en: "content can't be printed" },
    now: {
      zh: "请给顾客电子小票，并通知技术支持",
      en: "Give the electronic receipt and tell support",
    },
    ownReport: false,
  },
  busy: {
    title: { zh: "打印机被别的电脑占用", en: "another computer holds the printer" },
    now: {
      zh: "等别的电脑打完，系统会自动再试",
      en: "Wait until the other one is done; it retries",
    },
    ownReport: false,
  },
  no_answer: {
    title: { zh: "打印机没有回答", en: "the printer doesn't answer" },
    now: {
      zh: "关掉打印机，等 10 秒，再打开",
      en: "Switch the printer off, wait 10 seconds, switch it on",
    },
    ownReport: false,
  },
  garbage: {
    title: { zh: "打印机回答看不懂", en: "the printer's answers make no sense" },
    now: {
      zh: "关掉打印机再打开；还不行就找人看接线和型号设置",
      en: "Switch it off and on; if that fails, have cable and model setting checked",
    },
    ownReport: false,
  },
  no_printer: {
    title: { zh: "还没有设置打印机", en: "no printer is set up" },
    now: {
      zh: "先给顾客电子小票；请店主设置打印机",
      en: "Give an e-receipt; ask the owner to set one up",
    },
    ownReport: false,
  },
};

export const doubtText: Record<DoubtCause, Text> = {
  till_restarted: {
    zh: "打印中途收银电脑重启了，不知道纸出来没有。请看一眼出纸口。",
    en: "The till restarted while printing, so it can't know. Please look at the printer.",
  },
  printer_lost_power: {
    zh: "打印中途打印机断电，它没来得及回答。请看一眼出纸口。",
    en: "The printer lost power before it could answer. Please look at the printer.",
  },
  connection_lost: {
    zh: "打印中途和打印机断开了。请看一眼出纸口。",
    en: "The connection to the printer broke while printing. Please look at the printer.",
  },
  no_proof_in_time: {
    zh: "打印机收下了内容，但没有确认打完。请看一眼出纸口。",
    en: "The printer took the data but never confirmed. Please look at the printer.",
  },
  buffer_cleared: {
    zh: "打印机清空了没打完的内容。请看一眼出纸口有没有完整的一张。",
    en: "The printer dropped unfinished data. Please look whether a whole receipt came out.",
  },
  no_confirmation_possible: {
    zh: "这台打印机不会回答打没打完。请看一眼出纸口。",
    en: "This printer can't confirm its prints. Please look at the printer.",
  },
};
