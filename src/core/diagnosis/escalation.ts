/** Whom to call (转交), and the numbers that they will ask for. */
import type { HoldCause, Slip } from "../printing/job.ts";
import type { Issuer } from "../receipt/receipt.ts";
import { chinaTime } from "../rules/time.ts";
import { incidentText } from "../text/incident.ts";
import { HOLD_CAUSES } from "../text/printer-causes.ts";
import { fill, type Text } from "../text/text.ts";
import type { SaleFacts } from "../till/can.ts";
import type { Diagnosis, Fixer } from "./finding.ts";
import type { Incident } from "./incident.ts";
import type { EscalationView, PhoneReport } from "./view.ts";

export interface EscalationInput {
  readonly incident: Incident;
  readonly diagnosis: Diagnosis | null;
  readonly sale: SaleFacts | null;
  readonly issuer: Issuer;
  /** Of whoever looks after the installation; null: not set. */
  readonly servicePhone: string | null;
  /** Null: nothing stands against printing. */
  readonly printer: HoldCause | null;
  /** Given only to whoever asked for help: it isn't part of the report itself. */
  readonly phoneReport: PhoneReport;
}

/** Alipay's hotline for merchants: https://opendocs.alipay.com, 商家服务热线. */
export const alipayHotline = "95188";

const t = (zh: string, en: string): Text => ({ zh, en });

export function escalationView(input: EscalationInput): EscalationView {
  const { incident } = input;
  return {
    case_no: incident.caseNo,
    call: callsOf(input),
    numbers: numbersOf(input),
    slip:
      input.printer === null
        ? true
        : fill(cannotPrint, { title: HOLD_CAUSES[input.printer].title }),
    report_url: `/api/incidents/${incident.caseNo}/report`,
    report_phone: input.phoneReport,
  };
}

const cannotPrint = t(
  "打印机现在打不了（{title}），请抄下事件编号",
  "The printer can't print now ({title}); write the case number down",
);

/** The same on paper, no receipt of anything. */
export const caseSlip = (
  view: EscalationView,
  {
    issuer,
    livemode,
    training,
  }: { readonly issuer: Issuer; readonly livemode: boolean; readonly training: boolean },
  nowMs: number,
): Slip => ({
  kind: "case",
  issuer,
  caseNo: view.case_no,
  call: view.call.map(({ who, phone }) => ({ who, phone })),
  numbers: view.numbers,
  atMs: nowMs,
  livemode,
  training,
});

/** Who can fix the first cause is called first; the other one is named too. */
function callsOf({ diagnosis, servicePhone }: EscalationInput): EscalationView["call"] {
  const support = {
    who: t("技术支持", "Support"),
    phone: servicePhone,
    why: t("网络、设备、设置和程序的问题", "Network, devices, settings and program"),
  };
  const alipay = {
    who: t("支付宝商家热线", "Alipay's hotline for merchants"),
    phone: alipayHotline,
    why: t("支付宝系统、签约、账户和款项的问题", "Alipay's system, contract, account and money"),
  };
  const first = diagnosis?.first?.fixer ?? null;
  return first !== null && ofAlipay[first] ? [alipay, support] : [support, alipay];
}

const ofAlipay: Readonly<Record<Fixer, boolean>> = {
  cashier: false,
  owner: true,
  service_provider: false,
  provider: true,
  buyer: true,
};

function numbersOf({ incident, sale, issuer }: EscalationInput): EscalationView["numbers"] {
  const attempt = sale?.attempts.at(-1) ?? null;
  const rows: readonly (readonly [Text, string | null])[] = [
    [incidentText.caseNo, incident.caseNo],
    [t("发生时间", "Opened at"), chinaTime(incident.openedAtMs)],
    [t("商户", "Merchant"), `${issuer.merchantName} ${issuer.merchantNo}`.trim()],
    [t("门店", "Store"), `${issuer.storeName} ${issuer.storeNo}`.trim()],
    [t("终端", "Terminal"), issuer.terminalNo],
    [t("订单号", "Order number"), incident.orderNo],
    [t("支付宝交易号", "Alipay's trade number"), attempt?.providerTradeNo ?? null],
    [t("支付宝应答代码", "Alipay's code"), attempt?.code?.subCode ?? attempt?.code?.code ?? null],
    [t("小票号", "Receipt number"), sale?.receipt?.number ?? null],
  ];
  return rows.flatMap(([name, value]) => (value === null || value === "" ? [] : [{ name, value }]));
}
