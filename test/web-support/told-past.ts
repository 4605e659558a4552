/** A cause that is past, and a light with two matters, as the box would send them: in the words of the program itself. */
import { lineWords } from "../../src/core/diagnosis/families/met-words.ts";
import { worstOf } from "../../src/core/diagnosis/gate-told.ts";
import type { FindingView, IncidentView } from "../../src/core/diagnosis/view.ts";
import { gateText } from "../../src/core/text/gate.ts";
import { fill, type Text } from "../../src/core/text/text.ts";
import { families, incident, line, lineDown, open, step } from "./incidents.ts";
import { at } from "./views.ts";

const text = (zh: string, en: string): Text => ({ zh, en });
const backAtMs = Date.parse(at("17:21:44"));

/** The cable is in again: what it was is told in the past, and since when there are answers. */
export const backIncident = (): IncidentView => {
  const { title = lineDown.title, explain, nextStep } = lineWords("interface_down", backAtMs);
  const past: FindingView = {
    ...lineDown,
    cause: "interface_down",
    title,
    explain: explain ?? lineDown.explain,
    next_step: nextStep ?? lineDown.next_step,
    evidence: [line("17:21:10", "till", "网口 eth0 上没有接通", "port eth0 has no link")],
  };
  return incident({
    why: "outcome_late",
    money: open,
    first: past,
    families: families([past], ["provider_api", "buyer_account", "maintenance"]),
    guide: [
      step("reseat_cable", "done", "把收银机后面的网线拔下再插紧", "Reseat the network cable", {
        seen: text("网线接通了", "the cable has a link"),
      }),
      step("check_order", "now", "查单：问支付宝这笔付了没有", "Check the order", {
        action: "query",
      }),
    ],
  });
};

/** Alipay refused the shop, and a window is running. */
export const twoMatters = worstOf(
  {
    light: "amber",
    text: text("本店收款账户被冻结", "The shop's account is blocked"),
    why: gateText.shopRefused,
  },
  {
    light: "amber",
    text: text("支付宝系统升级", "Announced maintenance (支付宝系统升级)"),
    why: fill(gateText.windowUntil, { time: "11-24 02:00" }),
  },
);
