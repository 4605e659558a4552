/** The three lights of the till: what can be relied on right now. Amber warns, red stops something. */
import type { HoldCause } from "../printing/job.ts";
import { HOLD_CAUSES } from "../text/printer-causes.ts";
import type { Text } from "../text/text.ts";
import type { TillView } from "./view.ts";

export interface PrinterNews {
  /** Null: nothing stands against printing. */
  readonly condition: HoldCause | null;
  readonly paperLow: boolean;
  /** A connection is open. */
  readonly reachable: boolean;
  /** What stands behind it: the printer's own answer at the last look, one of an earlier time, or none ever. */
  readonly heard: "now" | "before" | "never";
  /** Null until the printer has been looked at. */
  readonly checkedAtMs: number | null;
}

export interface ProviderNews {
  readonly state: "not_asked" | "answering" | "slow" | "failing" | "hub_away";
  readonly failuresInARow: number;
}

type Lights = TillView["lights"];

export function lightsOf(provider: ProviderNews, printer: PrinterNews): Lights {
  return {
    network: networkLight(provider),
    provider: PROVIDER_LIGHTS[provider.state],
    printer: printerLight(printer),
  };
}

const good = (zh: string, en: string): Lights["network"] => ({ light: "green", text: { zh, en } });

export const answering = good("支付宝：应答正常", "Alipay: answering");

const PROVIDER_LIGHTS: Readonly<Record<ProviderNews["state"], Lights["provider"]>> = {
  not_asked: good("支付宝：还没有问过", "Alipay: not asked yet"),
  answering,
  slow: { light: "amber", text: { zh: "支付宝：应答慢", en: "Alipay: slow" } },
  failing: { light: "red", text: { zh: "支付宝：没有应答", en: "Alipay: not answering" } },
  hub_away: {
    light: "red",
    text: { zh: "中心：连不上，暂时不能收款", en: "Hub: not reached, no payments for now" },
  },
};

/** Until the line itself is probed, silence of the provider is all that is known of it. */
function networkLight(provider: ProviderNews): Lights["network"] {
  if (provider.state !== "failing" && provider.state !== "hub_away")
    return good("网络：正常", "Network: fine");
  const text: Text = { zh: "网络：可能不通", en: "Network: may be down" };
  return { light: provider.failuresInARow > 2 ? "red" : "amber", text };
}

function printerLight(printer: PrinterNews): Lights["printer"] {
  if (printer.condition !== null)
    return { light: "red", text: HOLD_CAUSES[printer.condition].title };
  if (printer.checkedAtMs === null)
    return { light: "amber", text: { zh: "打印机：正在检查", en: "Printer: being checked" } };
  if (printer.paperLow)
    return { light: "amber", text: { zh: "打印机：纸快用完", en: "Printer: paper is low" } };
  if (printer.heard !== "now")
    return { light: "amber", text: { zh: "打印机：不报告状态", en: "Printer: tells no state" } };
  return good("打印机：正常", "Printer: fine");
}
