/**
 * What the product refuses to do, each named after the rule it broke. A refusal is a value: `status` is for the API
 * (RFC 9457 problems carry the code as their `code`), `text` tells the person what happened and what to do now.
 */
import type { AmountRefusal } from "../money/money.ts";
import type { CodeRefusal } from "../payment/code-form.ts";
import { AMOUNT_CAUSES, CODE_CAUSES } from "../text/input-causes.ts";
import type { Text } from "../text/text.ts";

type InputRefusal = AmountRefusal | CodeRefusal | "item_not_readable" | "reason_needed";

type SaleRefusal =
  | "sale_not_found"
  | "sale_has_live_attempt"
  | "sale_has_no_attempt"
  | "sale_already_paid"
  | "sale_is_not_paid"
  | "sale_ended"
  | "outcome_is_known"
  | "nothing_to_reverse"
  | "reversal_under_way"
  | "provider_being_asked"
  | "earlier_attempt_not_closed"
  | "earlier_attempt_was_paid"
  | "intent_too_old"
  | "withdrawn";

type RefundRefusal =
  | "refund_must_be_positive"
  | "refund_exceeds_what_is_left"
  | "refund_in_progress"
  | "refund_number_reused"
  | "refund_not_found";

type PaperRefusal =
  | "receipt_not_found"
  | "receipt_void"
  | "paper_still_printing"
  | "paper_not_doubtful"
  | "answer_the_question_first"
  | "paper_already_settled"
  | "printer_not_set_up"
  | "printer_not_ready";

type PersonRefusal = "sign_on_needed" | "pin_wrong" | "pin_locked" | "role_needed" | "second_tab";

type RecordRefusal = "record_not_found" | "window_ends_first";

type DayRefusal = "day_has_open_sales" | "day_already_closed";

type SystemRefusal =
  | "provider_not_answering"
  | "provider_not_set_up"
  | "ledger_unavailable"
  | "hub_not_reached"
  | "hub_refused"
  | "stored_elsewhere"
  | "journal_full"
  | "journal_unavailable"
  | "not_ready"
  | "stopping"
  | "internal_error";

type GateRefusal =
  | "gate_network_down"
  | "gate_provider_down"
  | "printer_red_needs_e_receipt"
  | "incident_not_found";

type RequestRefusal =
  | "bad_json"
  | "bad_request"
  | "not_found"
  | "method_not_allowed"
  | "body_too_large"
  | "too_many_requests"
  | "origin_not_allowed"
  | "host_not_allowed"
  | "idempotency_key_missing"
  | "idempotency_key_reused";

export type RefusalCode =
  | InputRefusal
  | SaleRefusal
  | RefundRefusal
  | PaperRefusal
  | PersonRefusal
  | DayRefusal
  | RecordRefusal
  | SystemRefusal
  | GateRefusal
  | RequestRefusal;

export interface Refusal {
  /** HTTP status of the API's problem. */
  readonly status: number;
  readonly text: Text;
}

const refusal = (status: number, zh: string, en: string): Refusal => ({
  status,
  text: { zh, en },
});

/** Bad input is 422; its text is the one that the till shows. */
const input = (cause: { readonly cashier: Text }): Refusal => ({
  status: 422,
  text: cause.cashier,
});

const INPUT: Record<InputRefusal, Refusal> = {
  amount_missing: input(AMOUNT_CAUSES.amount_missing),
  amount_not_a_number: input(AMOUNT_CAUSES.amount_not_a_number),
  amount_too_many_decimals: input(AMOUNT_CAUSES.amount_too_many_decimals),
  amount_not_positive: input(AMOUNT_CAUSES.amount_not_positive),
  amount_too_large: input(AMOUNT_CAUSES.amount_too_large),
  code_missing: input(CODE_CAUSES.code_missing),
  code_not_digits: input(CODE_CAUSES.code_not_digits),
  code_is_product: input(CODE_CAUSES.code_is_product),
  code_of_other_wallet: input(CODE_CAUSES.code_of_other_wallet),
  code_wrong_length: input(CODE_CAUSES.code_wrong_length),
  code_not_of_a_wallet: input(CODE_CAUSES.code_not_of_a_wallet),
  code_used_before: { ...input(CODE_CAUSES.code_used_before), status: 409 },
  item_not_readable: refusal(
    422,
    "商品写法不对。请写成 名称*数量@单价，例如 牛奶*2@6.50。",
    "The item can't be read. Write NAME*QUANTITY@PRICE, e.g. milk*2@6.50.",
  ),
  reason_needed: refusal(422, "请选择或填写原因后再试。", "Give a reason, then try again."),
};

const SALE: Record<SaleRefusal, Refusal> = {
  sale_not_found: refusal(
    404,
    "没有这笔交易。请核对交易号或订单号，或在今天的列表里找。",
    "There is no such sale. Check the number, or look in today's list.",
  ),
  sale_has_live_attempt: refusal(
    409,
    "这笔正在收款，结论出来前不能再收。请等本机显示结论，或先撤销。",
    "This sale is being charged; it can't be charged again yet. Wait for the result, or reverse it.",
  ),
  sale_has_no_attempt: refusal(
    409,
    "这笔还没有收过款，没有可查的结果。请先收款。",
    "Nothing has been charged for this sale, so there is nothing to ask about. Charge it first.",
  ),
  sale_already_paid: refusal(
    409,
    "这笔已付款，不要再收。要退钱请用退款，要小票请用补打。",
    "This sale is paid; don't charge again. Use a refund to give money back, a reprint for paper.",
  ),
  sale_is_not_paid: refusal(
    409,
    "这笔没有查到付款，不能这样做。请先查单，确认已付款再试。",
    "This sale isn't known to be paid, so this can't be done. Query it first.",
  ),
  sale_ended: refusal(
    409,
    "这笔已经结束，不能再改。要收款请新开一笔。",
    "This sale has ended and no longer changes. Start a new sale to charge.",
  ),
  outcome_is_known: refusal(
    409,
    "这笔已有结论，不用再确认。请看本机显示的结果。",
    "This sale's outcome is known. Go by what the till shows.",
  ),
  nothing_to_reverse: refusal(
    409,
    "没有可撤销的收款。已付款的请用退款。",
    "There is nothing to reverse. For a paid sale use a refund.",
  ),
  reversal_under_way: refusal(
    409,
    "这笔正在撤销，请等本机显示结论，不要收款也不要退款。",
    "This is being reversed. Wait for the result; neither charge nor refund.",
  ),
  provider_being_asked: refusal(
    409,
    "正在等支付宝应答这笔收款，几秒就有结果，请稍等。",
    "Alipay is being asked about this charge; wait a few seconds for its answer.",
  ),
  earlier_attempt_not_closed: refusal(
    503,
    "没有扣款：上一次收款还没能确认关闭，这次没有发出。请检查网络后再收。",
    "No money was taken: the attempt before couldn't be closed for sure, so this one wasn't sent. Check the network and charge again.",
  ),
  earlier_attempt_was_paid: refusal(
    409,
    "上一次收款其实到账了，系统正在退回，这次没有发出。请等本机显示结论。",
    "The attempt before was paid after all and is being sent back; this one wasn't sent. Wait for the result.",
  ),
  intent_too_old: refusal(
    409,
    "没有扣款：请求放得太久，没有发出。请顾客刷新付款码重新收款。",
    "No money was taken: the request was too old and wasn't sent. Charge again with a refreshed code.",
  ),
  withdrawn: refusal(
    409,
    "没有扣款：这次收款已收回，没有发出。可以重新收款。",
    "No money was taken: this attempt was withdrawn before it was sent. You can charge again.",
  ),
};

const REFUND: Record<RefundRefusal, Refusal> = {
  refund_must_be_positive: refusal(
    422,
    "没有退款：退款金额须大于 0。请改金额。",
    "Nothing was refunded: the amount must be above 0. Correct it.",
  ),
  refund_exceeds_what_is_left: refusal(
    422,
    "没有退款：金额超过可退余额。请改小金额，或先看已退了多少。",
    "Nothing was refunded: the amount is above what is left. Lower it, or see what was refunded before.",
  ),
  refund_in_progress: refusal(
    409,
    "这笔有一次退款还没有结论，请等它完成再退，免得退两次。",
    "A refund of this sale is still open. Wait for it, so that nothing is refunded twice.",
  ),
  refund_number_reused: refusal(
    409,
    "没有退款：这个退款号已用于另一金额。请新开一笔退款。",
    "Nothing was refunded: this refund number was used for another amount. Start a new refund.",
  ),
  refund_not_found: refusal(
    404,
    "没有这笔退款。请核对退款号。",
    "There is no such refund. Check its number.",
  ),
};

const PAPER: Record<PaperRefusal, Refusal> = {
  receipt_not_found: refusal(
    404,
    "没有这张小票。已付款的交易才有小票，请核对号码。",
    "There is no such receipt. Only paid sales have one; check the number.",
  ),
  receipt_void: refusal(
    409,
    "这张小票已作废，不能再打。请看交易详情里的原因。",
    "This receipt is void and prints no more. The sale's details say why.",
  ),
  paper_still_printing: refusal(
    409,
    "小票还在打印，请等它打完；没有打出来再补打。",
    "The receipt is still printing. Wait for it; print a copy only if it doesn't come out.",
  ),
  answer_the_question_first: refusal(
    409,
    "请先看一眼出纸口，回答小票打出来了没有，再补打。",
    "Look at the printer and say first whether the receipt is out, then reprint.",
  ),
  paper_not_doubtful: refusal(
    409,
    "这张小票不需要人工确认，请看本机显示的打印结果。",
    "This paper needs no one's word. Go by what the till shows.",
  ),
  paper_already_settled: refusal(
    409,
    "这张小票已经有结果了。还要纸质小票请用补打。",
    "This receipt is settled. For another paper print a copy.",
  ),
  printer_not_ready: refusal(
    503,
    "打印机现在问不了：请看电源、连接、纸和机盖，好了再试。",
    "The printer can't be asked now: check power, cable, paper and cover, then try again.",
  ),
  printer_not_set_up: refusal(
    409,
    "还没有设置打印机。请给顾客电子小票，并在设置里添加打印机。",
    "No printer is set up. Give the electronic receipt and add a printer in the settings.",
  ),
};

const PERSON: Record<PersonRefusal, Refusal> = {
  sign_on_needed: refusal(
    401,
    "请先签到：选操作员，输入 PIN。",
    "Sign on first, with your number and PIN.",
  ),
  pin_wrong: refusal(
    401,
    "PIN 不对，请再输一次。忘了请找店主重设。",
    "Wrong PIN. Try again; the owner can set a new one.",
  ),
  pin_locked: refusal(
    429,
    "输错次数过多，暂时锁定。请等几分钟再试，或请店主解锁。",
    "Too many wrong tries, so it's locked for now. Wait some minutes, or ask the owner.",
  ),
  role_needed: refusal(
    403,
    "这一步要店主来做。请店主签到。",
    "Only the owner can do this. Ask the owner to sign on.",
  ),
  second_tab: refusal(
    409,
    "收银页已在另一个窗口打开。请回到那个窗口，或关掉它再用这里。",
    "The till is open in another window. Go back there, or close it to use this one.",
  ),
};

const DAY: Record<DayRefusal, Refusal> = {
  day_has_open_sales: refusal(
    409,
    "还有交易没有结论，不能日结。请等它们有结论，或按名单结转到下一日。",
    "Some sales are still open. Wait for them, or carry them over by name.",
  ),
  day_already_closed: refusal(
    409,
    "这一天已经日结。请看日结单，新交易记入下一日。",
    "This day is closed. See its report; new sales count for the next day.",
  ),
};

const RECORD: Record<RecordRefusal, Refusal> = {
  record_not_found: refusal(
    404,
    "没有这条记录，或它来自外部数据源，不能在这里删除。请核对编号。",
    "There is no such record, or a feed tells it and it can't be removed here. Check its id.",
  ),
  window_ends_first: refusal(
    400,
    "结束时间不晚于开始时间，没有保存。请改正时间。",
    "The window ends before it begins, so nothing was saved. Correct the times.",
  ),
};

const SYSTEM: Record<SystemRefusal, Refusal> = {
  provider_not_answering: refusal(
    503,
    "支付宝没有应答。请看网络；进行中的收款会自动确认，新的顾客可先付现金。",
    "Alipay doesn't answer. Check the network; open sales are settled by themselves, new customers can pay cash.",
  ),
  provider_not_set_up: refusal(
    503,
    "没有扣款：还没有配置支付宝。请店主填写应用编号和密钥，再用 chupiao provider check 检验。",
    "No money was taken: Alipay isn't set up. The owner enters app id and keys, then runs chupiao provider check.",
  ),
  ledger_unavailable: refusal(
    503,
    "没有扣款：账本暂时写不进，请求没有发出。请稍后重试；一直这样请通知技术支持。",
    "No money was taken: the ledger can't be written, so nothing was sent. Try again soon; if it stays, tell support.",
  ),
  hub_not_reached: refusal(
    503,
    "没有扣款：连不上中心，请求没有发出。请看网络，稍后重试，或先收现金。",
    "No money was taken: the hub can't be reached, so nothing was sent. Check the network and try again, or take cash.",
  ),
  hub_refused: refusal(
    503,
    "没有扣款：中心不接受这台收银机，请求没有发出。请店主在中心查看它的登记，先收现金。",
    "No money was taken: the hub doesn't accept this till, so nothing was sent. The owner checks its enrolment at the hub; take cash meanwhile.",
  ),
  stored_elsewhere: refusal(
    409,
    "这笔是另一台收银机的。请到那台机上操作。",
    "This sale belongs to another till. Do it there.",
  ),
  journal_full: refusal(
    507,
    "没有扣款：收银机磁盘已满，不能开新单。查单和补打照常；请清理磁盘。",
    "No money was taken: the till's disk is full, so no new sales. Queries and reprints go on; free some space.",
  ),
  journal_unavailable: refusal(
    503,
    "没有扣款：收银机磁盘读写出错，不能开新单。查单和补打照常；请通知技术支持。",
    "No money was taken: the till's disk fails, so no new sales. Queries and reprints go on; tell support.",
  ),
  not_ready: refusal(
    503,
    "系统正在启动，请等几秒再试。",
    "The system is starting. Try again in a few seconds.",
  ),
  stopping: refusal(
    503,
    "系统正在关闭，这次没有执行。请等它重新启动再试。",
    "The system is stopping and did nothing. Try again once it is back.",
  ),
  internal_error: refusal(
    500,
    "系统出错了。请先查单确认有没有收款，再决定下一步，并通知技术支持。",
    "Something broke in the system. Query the sale before anything else, and tell support.",
  ),
};

const GATE: Record<GateRefusal, Refusal> = {
  gate_network_down: refusal(
    503,
    "没有扣款：网络断了，请求没有发出，付款码没有用过。请按本机的步骤恢复网络，或先收现金。",
    "No money was taken: the network is down, so nothing was sent and the code is unused. Follow the steps on this till, or take cash.",
  ),
  gate_provider_down: refusal(
    503,
    "没有扣款：支付宝一直没有应答，请求没有发出，付款码没有用过。请稍等，或先收现金。",
    "No money was taken: Alipay doesn't answer, so nothing was sent and the code is unused. Wait, or take cash.",
  ),
  printer_red_needs_e_receipt: refusal(
    409,
    "没有扣款：打印机现在出不了票。顾客同意用电子小票就继续收，或先修好打印机。",
    "No money was taken: the printer can't print now. Go on if the customer takes the electronic receipt, or mend the printer first.",
  ),
  incident_not_found: refusal(
    404,
    "没有这个事件。请核对编号，例如 CP-1129-0007。",
    "There is no such incident. Check its number, e.g. CP-1129-0007.",
  ),
};

const REQUEST: Record<RequestRefusal, Refusal> = {
  bad_json: refusal(
    400,
    "请求内容不是有效的 JSON，没有执行。请检查格式后重发。",
    "The body is no valid JSON, so nothing was done. Check it and send it again.",
  ),
  bad_request: refusal(
    400,
    "请求的内容不合要求，没有执行。请按接口说明改正后重发。",
    "The request doesn't fit the interface, so nothing was done. Correct it and send it again.",
  ),
  not_found: refusal(
    404,
    "没有这个地址。请核对网址或接口说明。",
    "There is nothing at this address. Check it against the interface's description.",
  ),
  method_not_allowed: refusal(
    405,
    "这个地址不支持这种请求方法。请核对接口说明。",
    "This address doesn't take that method. Check the interface's description.",
  ),
  body_too_large: refusal(
    413,
    "请求内容太大，没有执行。请减少商品行后重发。",
    "The request is too large, so nothing was done. Send fewer item lines.",
  ),
  too_many_requests: refusal(
    429,
    "请求太频繁，没有执行。请稍等再试。",
    "Too many requests, so this one wasn't done. Wait a moment and try again.",
  ),
  host_not_allowed: refusal(
    403,
    "收银台只在本机打开。请用 http://127.0.0.1 开头的地址。",
    "The till opens on this computer only. Use the address that begins with http://127.0.0.1.",
  ),
  origin_not_allowed: refusal(
    403,
    "这个网页无权操作收银机。请从收银页打开。",
    "That page may not use the till. Open the till's own page.",
  ),
  idempotency_key_missing: refusal(
    400,
    "请求缺少 Idempotency-Key，没有执行。请为每次操作带上一个新的键。",
    "Idempotency-Key is missing, so nothing was done. Send a new one with each operation.",
  ),
  idempotency_key_reused: refusal(
    422,
    "这个 Idempotency-Key 已用于另一内容，没有执行。请换一个新的键。",
    "This Idempotency-Key was used for something else, so nothing was done. Send a new one.",
  ),
};

/** Every refusal with its status and text; total, so a new code doesn't compile without them. */
export const REFUSALS: Record<RefusalCode, Refusal> = {
  ...INPUT,
  ...SALE,
  ...REFUND,
  ...PAPER,
  ...PERSON,
  ...DAY,
  ...RECORD,
  ...SYSTEM,
  ...GATE,
  ...REQUEST,
};
