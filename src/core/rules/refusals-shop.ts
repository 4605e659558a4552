/** What is refused about papers, people, the business day, and the records of the shop. */
import { type Refusal, refusal } from "./refusal.ts";

export type PaperRefusal =
  | "receipt_not_found"
  | "paper_not_found"
  | "no_receipt_yet"
  | "receipt_void"
  | "paper_waits_for_printer"
  | "paper_interrupted"
  | "paper_still_printing"
  | "paper_not_doubtful"
  | "answer_the_question_first"
  | "paper_already_settled"
  | "printer_not_set_up"
  | "printer_not_answering"
  | "printer_not_ready";

export type PersonRefusal =
  | "sign_on_needed"
  | "pin_missing"
  | "pin_wrong"
  | "pin_locked"
  | "owner_pin_first"
  | "owner_without_pin"
  | "last_owner"
  | "role_needed"
  | "second_tab";

export type DayRefusal =
  | "day_has_open_sales"
  | "day_is_empty"
  | "cash_not_readable"
  | "day_not_found"
  | "day_slip_on_its_way";

export type RecordRefusal = "record_not_found" | "window_ends_first";

export const PAPER: Record<PaperRefusal, Refusal> = {
  receipt_not_found: refusal(
    404,
    "没有这张小票。已付款的交易才有小票，请核对号码。",
    "There is no such receipt. Only paid sales have one; check the number.",
  ),
  paper_not_found: refusal(
    404,
    "没有这张票。请用 chupiao printer status 看待确认的票，再核对号码。",
    "There is no such paper. `chupiao printer status` lists those in doubt; check the number.",
  ),
  no_receipt_yet: refusal(
    409,
    "这一单还没有小票，请等收款成功后再试。",
    "This sale has no receipt yet; it gets one once it is paid.",
  ),
  paper_waits_for_printer: refusal(
    409,
    "小票还没开始打印，打印机好了会自动打出来，请等一下，不要补打。",
    "The receipt hasn't begun to print. It prints by itself once the printer is ready; no copy is needed.",
  ),
  paper_interrupted: refusal(
    409,
    "打印中断，系统正在确认小票出了没有，先不要补打。",
    "Printing broke off and the system is checking what came out. Don't reprint yet.",
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
  printer_not_answering: refusal(
    503,
    "没有配对：连得上打印机，但它不应答。也许另一台电脑正占用它，请稍后再试。确实不会应答的机型，请店主设置 printer.trust_mute（见 docs/operating/config.md）。",
    "Not paired: the printer can be reached and doesn't answer. Another computer may hold it; try again in a while. For one that can't answer at all the owner sets printer.trust_mute (docs/operating/config.md).",
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

export const PERSON: Record<PersonRefusal, Refusal> = {
  sign_on_needed: refusal(
    401,
    "请先签到：选操作员，输入 PIN。",
    "Sign on first, with your number and PIN.",
  ),
  pin_missing: refusal(
    401,
    "还没有输入 PIN，不算输错。请输入 PIN，再来一次。",
    "No PIN was entered; that counts as no try. Enter it, then try again.",
  ),
  pin_wrong: refusal(
    401,
    "PIN 不对，请再输一次。忘了，请已签到的店主用 chupiao operator set 重设；店主自己忘了，要由另一位店主重设。",
    "Wrong PIN. Try again. A forgotten one is set anew with chupiao operator set by an owner who is signed on; an owner's own, by another owner.",
  ),
  pin_locked: refusal(
    429,
    "输错次数过多，这位操作员锁定一分钟，店主也一样。请等一分钟再试。",
    "Too many wrong tries: this operator is locked for a minute, an owner too. Wait a minute, then try again.",
  ),
  owner_pin_first: refusal(
    409,
    "没有改动：设了 PIN 的店里，店主都要有 PIN，否则谁都能当店主退款。请先给店主设 PIN。",
    "Nothing was changed: where there are PINs every owner needs one, or anybody could refund as the owner. Set an owner's PIN first.",
  ),
  owner_without_pin: refusal(
    403,
    "这位店主没有 PIN，不能签到。请由有 PIN 的店主给他设一个。",
    "This owner has no PIN and can't sign on. An owner who has one can set it.",
  ),
  last_owner: refusal(
    409,
    "没有改动：店里至少要有一位店主。请先设另一位店主。",
    "Nothing was changed: the shop needs an owner. Set another owner first.",
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

export const DAY: Record<DayRefusal, Refusal> = {
  day_has_open_sales: refusal(
    409,
    "没有日结：还有没办完的交易，每笔写着原因。等结果的请等；等人办的请在收银台办完（再收、改收现金、取消）；或按名单结转到下一日。",
    "Nothing was closed: some sales are open, each with its reason. Wait for those that await a result; finish those that await a person at the till (charge again, take cash, cancel); or carry them over by name.",
  ),
  day_is_empty: refusal(
    409,
    "没有日结：这一日还没有收款，可能刚刚结过。空的一日也要结，请勾选“也要结”。",
    "Nothing was closed: nothing was taken on this day; perhaps it was closed just now. To close an empty day tick the box.",
  ),
  cash_not_readable: refusal(
    422,
    "没有日结：清点的现金写法不对。请写成 1280.50 这样；没有现金写 0。",
    "Nothing was closed: the counted cash is no amount. Write it like 1280.50, or 0 for none.",
  ),
  day_not_found: refusal(
    404,
    "没有这个号的日结。请看日结列表里的号。",
    "There is no close of this number. The list of closes has the numbers.",
  ),
  day_slip_on_its_way: refusal(
    409,
    "没有再打：这张日结单还在打印，或在等打印机，会自动打出来。",
    "Nothing was ordered: this day slip is printing or waits for the printer, and comes out by itself.",
  ),
};

export const RECORD: Record<RecordRefusal, Refusal> = {
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
