/** Causes with the provider, the merchant and the people at the counter, where no provider's code names them. */
import { tillText } from "../../text/till.ts";
import { text as t, type CauseRow } from "./row.ts";

export type ProviderCause =
  | "provider_silent"
  | "provider_down"
  | "provider_http_error"
  | "provider_unreadable"
  | "bad_signature"
  | "wrong_trade"
  | "provider_took_back"
  | "unlisted_code"
  | "provider_slow";
export type InputCauseId =
  | "code_is_product"
  | "code_of_other_wallet"
  | "code_unreadable"
  | "amount_unreadable";
export type OperationCause =
  | "code_scanned_twice"
  | "code_scanned_without_amount"
  | "amount_left"
  | "charge_while_open"
  | "sale_left_half_way"
  | "stopped"
  | "question_left_open";
export type BuyerCause = "buyer_not_confirming";
export type MerchantCause = "qualification_expired" | "qualification_stands_against";
export type MaintenanceCause = "announced_maintenance" | "network_maintenance" | "own_maintenance";

type Given = Omit<CauseRow, "family" | "bears">;

const provider = (row: Given): CauseRow => ({ family: "provider_api", bears: "payment", ...row });
const waitForAlipay = {
  nextStep: t(
    "请稍等；系统一直在问支付宝，恢复后收银机上会显示。",
    "Please wait; the system keeps asking Alipay and shows when it is back.",
  ),
  nextStepOpen: t(
    "请稍等，不要重复收款；系统一直在问，有结论收银机上会显示。",
    "Wait and don't charge again; the system keeps asking and shows the result.",
  ),
};

export const PROVIDER_CAUSES: Readonly<Record<ProviderCause, CauseRow>> = {
  provider_silent: provider({
    title: t("支付宝没有应答", "Alipay doesn't answer"),
    explain: t(
      "网络是通的，支付宝收到请求后没有应答。",
      "The network works; Alipay takes the request and doesn't answer.",
    ),
    fixer: "provider",
    ...waitForAlipay,
    guide: "provider_wait",
    rank: 32,
  }),
  provider_down: provider({
    title: t("支付宝服务中断", "Alipay is down"),
    explain: t(
      "其他收银机也得不到应答，是支付宝那边的故障。",
      "Other tills get no answer either: the trouble is at Alipay.",
    ),
    fixer: "provider",
    ...waitForAlipay,
    guide: "provider_wait",
    rank: 26,
  }),
  provider_http_error: provider({
    title: t("支付宝网关报错", "Alipay's gateway reports an error"),
    explain: t(
      "网关应答了错误页，没有处理请求，或处理了没有说。",
      "The gateway answered with an error page; whether it did anything isn't said.",
    ),
    fixer: "provider",
    ...waitForAlipay,
    guide: "provider_wait",
    rank: 31,
  }),
  provider_unreadable: provider({
    title: t("支付宝应答看不懂", "Alipay's answer is unreadable"),
    explain: t(
      "应答不完整或格式不对，不能当作结论。",
      "The answer is cut or malformed and proves nothing.",
    ),
    fixer: "provider",
    ...waitForAlipay,
    guide: "provider_wait",
    rank: 33,
  }),
  bad_signature: provider({
    title: t("支付宝应答不能采信", "Alipay's answer isn't trusted"),
    explain: t(
      "有应答，但没有签名或签名对不上，不能当真。扣没扣款要等查询证明。",
      "An answer came unsigned or wrongly signed and can't be believed. Whether money was taken is for a query to prove.",
    ),
    fixer: "service_provider",
    nextStep: t(
      "一直这样，请店主或技术支持运行 chupiao provider check，核对应用编号和密钥。",
      "If it stays, the owner or support runs chupiao provider check and compares app id and keys.",
    ),
    nextStepOpen: t(
      "请稍等，不要重复收款；一直这样，请店主或技术支持核对应用编号和密钥。",
      "Wait and don't charge again; if it stays, the owner or support checks app id and keys.",
    ),
    guide: "support",
    rank: 30,
  }),
  provider_took_back: provider({
    title: t("支付宝撤回了付款", "Alipay took the payment back"),
    explain: t(
      "先说收款成功，后又撤回：本单没有收到钱，小票作废，商品可能已被带走。",
      "It said paid, then took it back: the sale has no money, its receipt is void, and the goods may be gone.",
    ),
    fixer: "owner",
    nextStep: t(
      "请找店主：重新收款、改收现金，或收回商品后取消本单。",
      "Call the owner: charge again, take cash, or keep the goods and cancel the sale.",
    ),
    nextStepOpen: waitForAlipay.nextStepOpen,
    guide: "finish_sale",
    rank: 18,
  }),
  wrong_trade: provider({
    title: t("应答里不是这笔单", "The answer is about another order"),
    explain: t(
      "订单号或金额和本单不符，不当作结论。",
      "Order number or amount isn't ours, so it counts as no answer.",
    ),
    fixer: "service_provider",
    nextStep: t("等系统接着查，并通知店主核对。", "Wait, and tell the owner to compare."),
    guide: "provider_wait",
    rank: 30,
  }),
  unlisted_code: provider({
    title: t("支付宝返回了新代码", "Alipay sent a code that isn't listed"),
    explain: t(
      "这个代码还没有收录，不能当作结论。",
      "The code isn't in our list and proves nothing.",
    ),
    fixer: "service_provider",
    ...waitForAlipay,
    guide: "provider_wait",
    rank: 34,
  }),
  provider_slow: provider({
    title: t("支付宝应答慢", "Alipay answers slowly"),
    explain: t(
      "网络不慢，是支付宝的应答要等很久。",
      "The line isn't slow; Alipay takes long to answer.",
    ),
    fixer: "provider",
    nextStep: t("收款会慢一些，请顾客稍等。", "Payments take longer; ask the customer to wait."),
    nextStepOpen: t("请顾客稍等，不要重复收款。", "Ask the customer to wait; don't charge again."),
    guide: "provider_wait",
    rank: 46,
  }),
};

const input = (row: Omit<Given, "fixer" | "guide" | "rank">): CauseRow => ({
  family: "amount_or_input",
  bears: "payment",
  fixer: "cashier",
  guide: "other_code",
  rank: 60,
  ...row,
});

export const INPUT_CAUSES: Readonly<Record<InputCauseId, CauseRow>> = {
  code_is_product: input({
    title: t("扫的是商品条码", "A product's bar code was scanned"),
    explain: t(
      "那不是付款码，没有发出，没有扣款。",
      "It is no payment code; nothing was sent and no money moved.",
    ),
    nextStep: t("请顾客打开支付宝付款码，再扫一次。", "Ask for the code in Alipay and scan again."),
  }),
  code_of_other_wallet: input({
    title: t("扫的是其他钱包的码", "Another wallet's code was scanned"),
    explain: t(
      "这台收银机只收支付宝，没有发出，没有扣款。",
      "This till takes Alipay; nothing was sent and no money moved.",
    ),
    nextStep: t(
      "请顾客打开支付宝付款码，或换一种方式付。",
      "Ask for the code in Alipay, or another way of payment.",
    ),
  }),
  code_unreadable: input({
    title: t("扫到的不是付款码", "What was scanned is no payment code"),
    explain: t(
      "可能没扫全，没有发出，没有扣款。",
      "It may be cut short; nothing was sent and no money moved.",
    ),
    nextStep: t(
      "请顾客把码放大、调亮屏幕，再扫一次。",
      "Ask for a larger, brighter code and scan again.",
    ),
  }),
  amount_unreadable: {
    ...input({
      title: t("金额不对", "The amount isn't right"),
      explain: t(
        "这个金额没有用上：没有开单，没有扣款。",
        "This amount wasn't used: no sale was made of it, and no money was taken for it.",
      ),
      nextStep: t("核对后重新输入，例如 128.50。", "Check it and enter it again, e.g. 128.50."),
    }),
    guide: "amount",
  },
};

const operation = (
  row: Omit<Given, "fixer"> & { readonly fixer?: CauseRow["fixer"] },
): CauseRow => ({
  family: "operation",
  bears: "payment",
  fixer: "cashier",
  ...row,
});

export const OPERATION_CAUSES: Readonly<Record<OperationCause, CauseRow>> = {
  code_scanned_twice: operation({
    title: t("同一个码扫了两次", "The same code was scanned twice"),
    explain: t(
      "一个付款码只能用一次，第二次没有发出，不会重复扣款。",
      "A code works once; the second scan wasn't sent, so nothing is charged twice.",
    ),
    nextStep: t(
      "先看第一次的结果；要再收请顾客刷新付款码。",
      "See the first result; to charge again ask for a fresh code.",
    ),
    guide: "other_code",
    rank: 61,
  }),
  code_scanned_without_amount: operation({
    title: t("还没输金额就扫了码", "A code was scanned before an amount"),
    explain: t("没有发出，没有扣款。", "Nothing was sent and no money moved."),
    nextStep: t("先输入金额，再扫码。", "Enter the amount first, then scan."),
    guide: "amount",
    rank: 61,
  }),
  amount_left: operation({
    title: t("输了金额没有继续", "An amount was entered and left"),
    explain: t("这一单停在半路，没有发出收款。", "The sale stopped half-way; nothing was sent."),
    nextStep: t("继续收款，或清掉金额。", "Go on charging, or clear the amount."),
    guide: "finish_sale",
    rank: 63,
  }),
  charge_while_open: operation({
    title: t("结果没出来又要再收", "Charged again before the result"),
    explain: t(
      "系统拦下了第二次收款，不会重复扣款。",
      "The second charge was stopped, so nothing is charged twice.",
    ),
    nextStep: t("等收银机显示结论。", "Wait for the till's result."),
    guide: "provider_wait",
    rank: 61,
  }),
  sale_left_half_way: operation({
    title: t("这一单没有做完", "The sale was left half-way"),
    explain: t("开了单，没有收款，没有扣款。", "It was opened and never charged; no money moved."),
    nextStep: t("继续收款，或取消这一单。", "Charge it, or cancel it."),
    guide: "finish_sale",
    rank: 60,
  }),
  stopped: operation({
    title: t("收银员停止了收款", "The cashier stopped the charge"),
    explain: t(
      "按了撤销，系统在撤销这一单；如果扣了款会原路退回。",
      "It is being reversed as the cashier asked; anything taken goes back.",
    ),
    nextStep: t(
      "等撤销完成，再用新的付款码收款。",
      "Wait for the reversal, then charge with a new code.",
    ),
    guide: "finish_sale",
    rank: 44,
  }),
  question_left_open: {
    ...operation({
      title: t("小票出来没有，还没有回答", "Nobody has said whether the paper is out"),
      explain: t(
        "系统在等人看一眼出纸口。钱已收，不要再收。",
        "The till waits for somebody's look at the printer. It is paid; don't charge again.",
      ),
      nextStep: t(
        "看一眼出纸口，回答收银机上的问题。",
        "Look at the printer and answer the till's question.",
      ),
      guide: "look_at_paper",
      rank: 70,
    }),
    bears: "paper",
  },
};

export const BUYER_CAUSES: Readonly<Record<BuyerCause, CauseRow>> = {
  buyer_not_confirming: operation({
    title: t("等顾客确认付款", "Waiting for the customer to confirm"),
    explain: t(
      "支付宝在等顾客在手机上输密码或确认。现在没有扣款，随时可能付。",
      "Alipay waits for the customer to confirm on the phone. Nothing is taken yet; it may be any moment.",
    ),
    fixer: "buyer",
    nextStep: t(
      `请顾客看手机，输入密码或点确认；不付就按“${tillText.reverse.zh}”。`,
      `Ask the customer to confirm on the phone; else press “${tillText.reverse.en}”.`,
    ),
    guide: "buyer_confirms",
    rank: 43,
  }),
};

const merchant = (row: Omit<Given, "fixer" | "guide">): CauseRow => ({
  family: "merchant",
  bears: "payment",
  fixer: "owner",
  guide: "owner_account",
  ...row,
});

export const MERCHANT_CAUSES: Readonly<Record<MerchantCause, CauseRow>> = {
  qualification_expired: merchant({
    title: t("商户资质已过期", "A qualification of the shop has expired"),
    explain: t(
      "记录显示资质过期，支付宝可能因此不受理收款。",
      "By our records it has expired; Alipay may refuse payments for that.",
    ),
    nextStep: t("请店主尽快续办，并在资质里更新。", "The owner renews it and updates the record."),
    rank: 47,
  }),
  qualification_stands_against: merchant({
    title: t("商户资质有问题", "A qualification of the shop stands against it"),
    explain: t(
      "记录显示资质缺失、冻结或受限，支付宝可能因此不受理收款。",
      "By our records it is missing, frozen or limited; Alipay may refuse payments for that.",
    ),
    nextStep: t(
      "请店主登录支付宝商家平台处理。",
      "The owner sees to it on Alipay's merchant site.",
    ),
    rank: 47,
  }),
};

export const MAINTENANCE_CAUSES: Readonly<Record<MaintenanceCause, CauseRow>> = {
  announced_maintenance: {
    family: "maintenance",
    bears: "payment",
    title: t("系统正在升级维护", "Announced maintenance is under way"),
    explain: t(
      "公告过的维护时段内，服务会中断或变慢。",
      "This is within an announced window; the service is down or slow.",
    ),
    fixer: "provider",
    nextStep: t(
      "等维护结束；这段时间请收现金或换一种方式。",
      "Wait for the end of the maintenance; take cash or another way of payment meanwhile.",
    ),
    nextStepOpen: t(
      "等维护结束；没有结论的那一单不要重复收款，系统一直在问。",
      "Wait for the end of the maintenance; don't charge the open sale again, the system keeps asking.",
    ),
    guide: "maintenance_wait",
    rank: 18,
  },
  network_maintenance: {
    family: "maintenance",
    bears: "payment",
    title: t("网络正在维护", "Announced work on the network is under way"),
    explain: t(
      "公告过的维护时段内，店里的外网会中断或变慢；支付宝没有问题。",
      "This is within an announced window of the line; it is down or slow, and Alipay isn't at fault.",
    ),
    fixer: "service_provider",
    nextStep: t(
      "等网络恢复，或改用手机热点；恢复后网络灯自动变绿。",
      "Wait for the network, or use a phone's hotspot; the network's light turns green by itself.",
    ),
    nextStepOpen: t(
      "等网络恢复，或改用手机热点；没有结论的那一单不要重复收款，系统一直在问。",
      "Wait for the network, or use a phone's hotspot; don't charge the open sale again, the system keeps asking.",
    ),
    guide: "other_path",
    rank: 18,
  },
  own_maintenance: {
    family: "maintenance",
    bears: "payment",
    title: t("收银系统正在升级维护", "Announced work on the till's system is under way"),
    explain: t(
      "公告过的维护时段内，收银系统会中断；支付宝没有问题。",
      "This is within an announced window of the till's own system; Alipay isn't at fault.",
    ),
    fixer: "service_provider",
    nextStep: t(
      "等维护结束；拖久了请联系技术支持。",
      "Wait for the end of the maintenance; call support if it takes long.",
    ),
    nextStepOpen: t(
      "等维护结束；没有结论的那一单不要重复收款，系统一直在问。",
      "Wait for the end of the maintenance; don't charge the open sale again, the system keeps asking.",
    ),
    guide: null,
    rank: 18,
  },
};
