/** Words for notices; those for qualifications stand with the evidence. */
import type { NoticeSeen } from "../diagnosis/evidence.ts";
import type { NoticePhase } from "../records/records.ts";
import type { Text } from "./text.ts";

export const NOTICE_SCOPES: Record<NoticeSeen["scope"], Text> = {
  provider: { zh: "支付渠道", en: "provider" },
  hub: { zh: "中心", en: "hub" },
  terminal: { zh: "收银机", en: "till" },
  network: { zh: "网络", en: "network" },
};

export const NOTICE_PHASES: Record<NoticePhase, Text> = {
  ahead: { zh: "未开始", en: "ahead" },
  now: { zh: "进行中", en: "now" },
  over: { zh: "已结束", en: "over" },
};
