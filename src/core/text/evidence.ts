/** The words of evidence: what was probed, what came back, what a person did. Each table is total over its union. */
import type {
  FactOf,
  OperatorAct,
  ReachFailure,
  SelfCheckId,
  Target,
} from "../diagnosis/evidence.ts";
import type { Text } from "./text.ts";

export const SOURCES = {
  here: { zh: "本机", en: "this computer" },
  till: { zh: "收银页", en: "till page" },
  provider: { zh: "支付宝", en: "Alipay" },
  hub: { zh: "中心", en: "hub" },
  printer: { zh: "打印机", en: "printer" },
  records: { zh: "资质记录", en: "records" },
  notice: { zh: "公告", en: "notice" },
} as const satisfies Record<string, Text>;

export const ASKED_TEXTS: Record<FactOf<"provider_call">["asked"], Text> = {
  pay: { zh: "收款", en: "the charge" },
  precreate: { zh: "生成二维码", en: "the QR" },
  query: { zh: "查询", en: "the query" },
  cancel: { zh: "撤销", en: "the reversal" },
  close: { zh: "关单", en: "the close" },
  refund: { zh: "退款", en: "the refund" },
  refund_query: { zh: "退款查询", en: "the refund query" },
  bill: { zh: "取账单", en: "the bill" },
  probe: { zh: "无害查询", en: "a harmless query" },
};

export const TARGET_TEXTS: Record<Target, Text> = {
  interface: { zh: "本机网口", en: "network port" },
  router: { zh: "路由器", en: "router" },
  dns: { zh: "域名解析", en: "name service" },
  internet: { zh: "外网", en: "internet" },
  hub: { zh: "中心", en: "hub" },
  provider: { zh: "支付宝网关", en: "Alipay's gateway" },
};

export const FAILURE_TEXTS: Record<ReachFailure, Text> = {
  down: { zh: "没有接通", en: "no link" },
  no_address: { zh: "没有分到地址", en: "no address" },
  no_route: { zh: "没有去路", en: "no route" },
  timeout: { zh: "没有应答", en: "no answer" },
  refused: { zh: "拒绝连接", en: "connection refused" },
  reset: { zh: "连接被断开", en: "connection reset" },
  no_name: { zh: "名字查不到", en: "name not found" },
  tls: { zh: "安全连接建不起来", en: "no secure connection" },
  portal: { zh: "是登录页在应答", en: "a login page answers" },
  bad_answer: { zh: "应答不对", en: "wrong answer" },
};

export const LINE_EVENT_TEXTS: Record<FactOf<"printer_line">["what"], Text> = {
  opened: { zh: "连上了", en: "connected" },
  ended: { zh: "连接结束", en: "connection ended" },
  reset: { zh: "连接被断开", en: "connection reset" },
  timeout: { zh: "连接没有应答", en: "connection timed out" },
  power_off: { zh: "报告正在断电", en: "says that it is losing power" },
  noise: { zh: "传来乱码", en: "sent nonsense" },
};

export const CHECK_TEXTS: Record<SelfCheckId, Text> = {
  provider_keys: { zh: "支付宝密钥", en: "Alipay keys" },
  app_id: { zh: "应用编号", en: "app id" },
  settings: { zh: "设置", en: "settings" },
  journal: { zh: "流水文件", en: "journal" },
  ledger: { zh: "账本文件", en: "ledger" },
  disk: { zh: "数据目录写入", en: "writing to the data folder" },
  hash_chain: { zh: "流水的校验链", en: "hash chain" },
  printer_set_up: { zh: "打印机设置", en: "printer settings" },
  runtime_version: { zh: "运行环境版本", en: "runtime version" },
  version: { zh: "程序版本", en: "version" },
  second_instance: { zh: "只运行一份", en: "only one instance" },
  not_replaced: { zh: "没有被另一台替换", en: "not replaced by another till" },
  pages: { zh: "收银页文件", en: "till pages" },
};

export const ACT_TEXTS: Record<OperatorAct, Text> = {
  amount_left: { zh: "输入了金额，没有继续", en: "entered an amount and went no further" },
  code_scanned_without_amount: {
    zh: "还没有金额就扫了付款码",
    en: "scanned a code before an amount",
  },
  code_scanned_twice: { zh: "同一个付款码扫了两次", en: "scanned the same code twice" },
  code_of_other_wallet: { zh: "扫了其他钱包的付款码", en: "scanned another wallet's code" },
  code_is_product: { zh: "扫了商品条码", en: "scanned a product's bar code" },
  code_unreadable: { zh: "扫到的不是付款码", en: "scanned what is no payment code" },
  amount_unreadable: { zh: "输入的金额不对", en: "entered an amount that isn't right" },
  charge_while_open: { zh: "结果没出来又要再收", en: "charged again before the result" },
  sale_left_half_way: { zh: "开了单，没有收款", en: "opened a sale and didn't charge" },
  stopped: { zh: "按了撤销", en: "pressed “reverse”" },
  asked_provider: { zh: "按了查单", en: "asked for the result" },
  gate_overridden: { zh: "店主允许继续收款", en: "the owner let sales go on" },
};

export const QUALIFICATION_TEXTS: Record<FactOf<"qualification">["what"], Text> = {
  licence: { zh: "营业执照", en: "business licence" },
  contract: { zh: "支付宝签约", en: "Alipay contract" },
  account: { zh: "收款账户", en: "account" },
  limit: { zh: "收款额度", en: "sales limit" },
  payment_product: { zh: "收款产品", en: "payment product" },
};

export const QUALIFICATION_STATES: Record<FactOf<"qualification">["state"], Text> = {
  valid: { zh: "有效", en: "is valid" },
  expiring: { zh: "快到期", en: "expires soon" },
  expired: { zh: "已过期", en: "has expired" },
  missing: { zh: "没有办", en: "is missing" },
  frozen: { zh: "被冻结", en: "is frozen" },
  limited: { zh: "受限", en: "is restricted" },
  withdrawn: { zh: "已撤下", en: "was withdrawn" },
};

export function bytesText(bytes: number): string {
  const mega = bytes / (1024 * 1024);
  return mega >= 1024 ? `${(mega / 1024).toFixed(1)} GB` : `${Math.round(mega)} MB`;
}
