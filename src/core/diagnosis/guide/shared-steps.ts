/** Steps that several guides share, and the forms of those that differ in little. */
import type { Text } from "../../text/text.ts";
import {
  chargedSince,
  type Check,
  justBack,
  not,
  onNewPath,
  paperAnswered,
  paperAsked,
  printerIsNot,
  printerWell,
  providerAnswers,
  saleGoesOn,
  unseen,
} from "./checks.ts";
import { minuteMs, type Step, step } from "./step.ts";

/** In place of every step that leads to another payment. */
export const notAgain: Text = {
  zh: "这一单有结论前不要再收，请稍等；系统一直在问支付宝",
  en: "Don't charge this sale again before its result; wait, the system keeps asking Alipay",
};
/** Whether anybody was told to wait isn't known; that it asked is. */
export const keptAsking: Text = {
  zh: "系统自己一直在问支付宝",
  en: "The system kept asking Alipay by itself",
};
export const addressed: Text = { zh: "分到网络地址了", en: "the till has an address" };
export const linked: Text = { zh: "网线接通了", en: "the cable has a link" };
export const routerAnswers: Text = { zh: "路由器有应答了", en: "the router answers" };
export const alipayAnswers: Text = { zh: "支付宝有应答了", en: "Alipay answers" };

export const reseat = (done: Check, seen: Text): Step =>
  step(
    "reseat_cable",
    "把收银机后面的网线拔下再插紧，听到“咔”一声",
    "Unplug the network cable at the till and push it in until it clicks",
    done,
    { picture: "network_cable", seen },
  );

export const lookAtLine = step(
  "look_at_line",
  "看一下收银机的网线插紧没有、路由器的灯亮不亮",
  "Look whether the till's network cable is in firmly and the router's lights are on",
  providerAnswers,
  { picture: "network_cable", shownBy: unseen, patienceMs: minuteMs / 2, seen: alipayAnswers },
);

export const restartRouter = (done: Check, more: Partial<Step> = {}): Step =>
  step(
    "restart_router",
    "拔掉路由器电源，等 10 秒，再插上，约两分钟恢复",
    "Unplug the router, wait 10 seconds, plug it in; it takes about two minutes",
    done,
    {
      picture: "router",
      patienceMs: 3 * minuteMs,
      // It may as well have come back by itself.
      shownBy: unseen,
      itself: { zh: "路由器恢复了", en: "The router is back" },
      seen: routerAnswers,
      ...more,
    },
  );

export const hotspot = step(
  "hotspot",
  "打开手机热点，让收银机连上；或用备用网络",
  "Switch on a phone's hotspot and connect the till to it, or use a spare network",
  providerAnswers,
  {
    picture: "hotspot",
    action: "other_path",
    // What has just come back may be all it takes.
    due: not(justBack),
    shownBy: onNewPath,
    patienceMs: 3 * minuteMs,
    seen: alipayAnswers,
  },
);

export const waitForProvider = step(
  "wait_provider",
  "请稍等，系统一直在问支付宝",
  "Please wait; the system keeps asking Alipay",
  providerAnswers,
  {
    open: {
      zh: "请顾客稍等，不要重复收款；系统一直在问支付宝",
      en: "Ask the customer to wait and don't charge again; the system keeps asking Alipay",
    },
    picture: "wait",
    isWait: true,
    itself: keptAsking,
    patienceMs: 2 * minuteMs,
    seen: alipayAnswers,
  },
);

export const chargedAgain = {
  shownBy: chargedSince,
  patienceMs: 2 * minuteMs,
  seen: { zh: "已重新收款", en: "charged again" },
} as const;

export const askFreshCode = step(
  "fresh_code",
  "请顾客刷新支付宝付款码，调亮屏幕",
  "Ask the customer to refresh the code in Alipay and turn the screen bright",
  saleGoesOn,
  {
    picture: "payment_code",
    open: notAgain,
    ...chargedAgain,
  },
);

export const tellSupport = (done: Check): Step =>
  step(
    "call_support",
    "请技术支持来处理；先收现金或换一台收银机",
    "Call support; take cash or use another till meanwhile",
    done,
    {
      open: {
        zh: "请技术支持来处理；这一单有结论前不要再收",
        en: "Call support; don't charge this sale again before its result is known",
      },
      action: "escalate",
      shownBy: unseen,
      patienceMs: Infinity,
    },
  );

export const askOwner = (id: string, zh: string, en: string): Step =>
  step(id, `${zh}；先收现金`, `${en}; take cash meanwhile`, saleGoesOn, {
    open: {
      zh: `${zh}；这一单有结论前不要再收`,
      en: `${en}; don't charge this sale again before its result`,
    },
    action: "escalate",
    shownBy: unseen,
    patienceMs: Infinity,
  });

export const lookAtPaper = step(
  "look_at_paper",
  "看一眼出纸口：小票完整出来了吗？",
  "Look at the printer: is the receipt out and complete?",
  paperAnswered,
  {
    picture: "paper_slot",
    due: paperAsked,
    isWitnessed: true,
    action: "answer_printed",
    patienceMs: Infinity,
    seen: { zh: "已回答", en: "answered" },
  },
);

export const closeCover = step(
  "close_cover",
  "合上打印机盖子，两边都按到底",
  "Close the printer's cover and press down both sides",
  printerIsNot("cover_open", "paper_out"),
  {
    picture: "printer_close_cover",
    isWitnessed: true,
    seen: { zh: "盖子合好了", en: "the cover is closed" },
  },
);

export const power = (id: string, zh: string, en: string, done: Check): Step =>
  step(id, zh, en, done, {
    picture: "printer_power",
    seen: { zh: "打印机有应答了", en: "the printer answers" },
  });

export const restartPrinter = power(
  "restart_printer",
  "关掉打印机电源，等 10 秒，再打开",
  "Switch the printer off, wait 10 seconds, switch it on",
  printerWell,
);
