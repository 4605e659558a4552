/** Who did what, as a person reads it; stored as "operator 01", "terminal T01", "hub", "provider", "printer". */
import type { Text } from "../text/text.ts";
import type { EventView, SaleView } from "./view.ts";

const WHERE: Readonly<Record<EventView["where"], Text>> = {
  terminal: { zh: "终端", en: "terminal" },
  hub: { zh: "中心", en: "hub" },
};

export const whereText = (where: EventView["where"]): Text => WHERE[where];

const ACTORS: Readonly<Record<string, Text>> = {
  ...WHERE,
  operator: { zh: "操作员", en: "operator" },
  provider: { zh: "支付宝", en: "Alipay" },
  printer: { zh: "打印机", en: "printer" },
  customer: { zh: "顾客", en: "customer" },
  feed: { zh: "数据源", en: "feed" },
};

/** The sale's own operator by name; others by their number, since only that was stored. */
export function actorText(actor: string, { operator }: Pick<SaleView, "operator">): Text {
  const [kind = "", ...rest] = actor.split(" ");
  const id = rest.join(" ");
  const known = ACTORS[kind];
  if (known === undefined) return { zh: actor, en: actor };
  const isOwn = kind === "operator" && id === operator.no && operator.name !== "";
  const name = isOwn ? operator.name : id;
  return {
    zh: `${known.zh} ${name}`.trim(),
    en: `${known.en} ${name}`.trim(),
  };
}
