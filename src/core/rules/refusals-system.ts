/** What the installation itself, its gate and its API refuse. */
import { type Refusal, refusal } from "./refusal.ts";

export type SystemRefusal =
  | "provider_not_answering"
  | "provider_not_set_up"
  | "ledger_unavailable"
  | "hub_not_reached"
  | "hub_refused"
  | "till_too_old"
  | "terminal_replaced"
  | "stored_elsewhere"
  | "journal_full"
  | "journal_unavailable"
  | "not_ready"
  | "stopping"
  | "internal_error";

export type GateRefusal =
  | "gate_network_down"
  | "gate_provider_down"
  | "printer_red_needs_e_receipt"
  | "incident_not_found"
  | "slip_cannot_print";

export type RequestRefusal =
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

export const SYSTEM: Record<SystemRefusal, Refusal> = {
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
    "没有扣款：账本暂时写不进，请求没有发出。请稍后重试；一直这样请看中心的磁盘是否已满（chupiao doctor），并通知技术支持。",
    "No money was taken: the ledger can't be written, so nothing was sent. Try again soon; if it stays, see whether the hub's disk is full (chupiao doctor) and tell support.",
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
  till_too_old: refusal(
    503,
    "这次没有扣款，也没有退款：中心没有接受，原因是这台收银机的版本还不认识的。请店主更新这台收银机的程序；收款可先收现金。",
    "Nothing was charged or refunded: the hub said no, for a reason that this till's version doesn't know yet. The owner updates this till; take cash meanwhile.",
  ),
  terminal_replaced: refusal(
    409,
    "没有扣款：这台收银机已被替换，或者它的数据被复制到别处用了。请改用另一台；要用这台，请先停用另一台，再重启这台。",
    "No money was taken: this till was replaced, or its data was copied and is used elsewhere. Use the other one; to go on here, stop the other one and restart this one.",
  ),
  stored_elsewhere: refusal(
    409,
    "这笔是另一台收银机的。请到那台机上操作。",
    "This sale belongs to another till. Do it there.",
  ),
  journal_full: refusal(
    507,
    "没有扣款：收银机磁盘已满，不能开新单。查单和补打照常；请腾出至少 100 MB，之后会自动恢复。",
    "No money was taken: the till's disk is full, so no new sales. Queries and reprints go on; make room, 100 MB at least, and sales go on by themselves.",
  ),
  journal_unavailable: refusal(
    503,
    "没有扣款：收银机磁盘读写出错，不能开新单。查单和补打照常；请用 chupiao doctor 看磁盘是否已满、只读或损坏，并通知技术支持。",
    "No money was taken: the till's disk fails, so no new sales. Queries and reprints go on; chupiao doctor says whether the disk is full, read-only or broken; tell support.",
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

export const GATE: Record<GateRefusal, Refusal> = {
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
    "没有扣款：打印机现在出不了票。请问顾客要不要电子小票，要就继续收；或者先修好打印机。",
    "No money was taken: the printer can't print now. Go on if the customer takes the electronic receipt, or mend the printer first.",
  ),
  incident_not_found: refusal(
    404,
    "没有这个事件。请核对编号，例如 CP-1129-0007。",
    "There is no such incident. Check its number, e.g. CP-1129-0007.",
  ),
  slip_cannot_print: refusal(
    409,
    "打印机现在打不了，凭条没有打印。请照屏幕抄下事件编号和电话。",
    "The printer can't print now, so there is no slip. Write the case number and the phone down from the screen.",
  ),
};

export const REQUEST: Record<RequestRefusal, Refusal> = {
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
