/** Causes in our own system (系统故障): what the self-check found, and ends that nobody asked for. */
import { CHECK_TEXTS } from "../../text/evidence.ts";
import { fill } from "../../text/text.ts";
import type { SelfCheckId } from "../evidence.ts";
import { text as t, type CauseRow } from "./row.ts";

export type SystemCause =
  | "till_crashed"
  | "hub_refused"
  | "printer_never_reached"
  | `check_${SelfCheckId}`;

type Given = Omit<CauseRow, "family">;
const system = (row: Given): CauseRow => ({ family: "system", ...row });

type Check = Omit<Given, "title" | "fixer" | "guide" | "rank"> & Partial<Pick<Given, "title">>;

const CHECKS: Readonly<Record<SelfCheckId, Check>> = {
  provider_keys: {
    explain: t(
      "密钥读不出或对不上，支付宝会拒绝每一笔。没有扣款。",
      "The keys can't be read or don't match; Alipay refuses everything. No money moves.",
    ),
    nextStep: t(
      "请技术支持运行 chupiao provider check 核对密钥。",
      "Support runs chupiao provider check.",
    ),
    bears: "payment",
  },
  app_id: {
    explain: t(
      "应用编号不对，支付宝不认这家店。没有扣款。",
      "The app id is wrong, so Alipay doesn't know this shop. No money moves.",
    ),
    nextStep: t("请技术支持核对应用编号。", "Support checks the app id."),
    bears: "payment",
  },
  settings: {
    explain: t(
      "设置文件有读不懂或互相矛盾的地方。",
      "The settings hold something unreadable or contradictory.",
    ),
    nextStep: t(
      "请技术支持运行 chupiao doctor，按提示改设置。",
      "Support runs chupiao doctor and follows it.",
    ),
    bears: "both",
  },
  journal: {
    explain: t(
      "流水文件读写出错，不能开新单；查单和补打照常。",
      "The journal fails, so no new sale begins; queries and reprints go on.",
    ),
    nextStep: t(
      "请技术支持检查磁盘，必要时恢复备份。",
      "Support checks the disk and restores a backup if need be.",
    ),
    bears: "both",
  },
  ledger: {
    explain: t("账本文件读写出错，收款请求不会发出。", "The ledger fails, so no request is sent."),
    nextStep: t(
      "请技术支持检查磁盘，必要时恢复备份。",
      "Support checks the disk and restores a backup if need be.",
    ),
    bears: "payment",
  },
  disk: {
    explain: t(
      "数据目录写不进东西：磁盘满了、只读了，或坏了。不能开新单；查单和补打照常。",
      "The data folder takes no data: the disk is full, read-only or broken. No new sale begins; queries and reprints go on.",
    ),
    nextStep: t(
      "请腾出磁盘空间；还是不行就请技术支持换磁盘。",
      "Make room on the disk; if that doesn't help, support replaces it.",
    ),
    bears: "both",
  },
  hash_chain: {
    explain: t(
      "流水的校验链断了：有记录被改过或丢失。",
      "The journal's chain is broken: a record was changed or is missing.",
    ),
    nextStep: t("先不要动数据，请技术支持核对。", "Leave the data as it is; support compares it."),
    bears: "both",
  },
  printer_set_up: {
    explain: t("打印机的设置不对或还没有设置。", "The printer's settings are wrong or missing."),
    nextStep: t("请店主在设置里填写打印机地址。", "The owner enters the printer's address."),
    bears: "paper",
  },
  runtime_version: {
    explain: t("运行环境太旧，程序可能出错。", "The runtime is too old; the program may fail."),
    nextStep: t("请技术支持升级。", "Support upgrades it."),
    bears: "both",
  },
  version: {
    explain: t(
      "程序版本太旧，和中心或支付宝对不上。",
      "This version is too old for the hub or Alipay.",
    ),
    nextStep: t("请技术支持升级程序。", "Support upgrades the program."),
    bears: "both",
  },
  second_instance: {
    explain: t(
      "同一个数据目录开了两份程序，互相抢着用。",
      "Two programs run on one data folder and get in each other's way.",
    ),
    nextStep: t("关掉其中一份，或重启电脑。", "Close one of them, or restart the computer."),
    bears: "both",
  },
  not_replaced: {
    title: t("这台收银机已被替换", "This till has been replaced"),
    explain: t(
      "另一台收银机用了同一个编号，或这台的数据被复制到别处用了。这里不能收款，也不能出新小票；付过的钱中心都记着。",
      "Another till uses this one's number, or its data was copied. No sale and no new receipt here; the hub knows of all money that came.",
    ),
    nextStep: t(
      "请改用另一台；要用这台，请先停用另一台，再重启这台。",
      "Use the other till; to go on here, stop the other one and restart this one.",
    ),
    bears: "both",
  },
  pages: {
    explain: t(
      "收银页的文件不完整，页面打不开或显示不对。",
      "Files of the till page are missing; it doesn't open or looks wrong.",
    ),
    nextStep: t("请技术支持重新安装。", "Support installs it again."),
    bears: "both",
  },
};

const checkTitle = t("自检不通过：{check}", "Self-check failed: {check}");

/** The disk is a device; all other checks are about what we installed and set. */
const checkRow = (id: SelfCheckId): CauseRow => ({
  family: id === "disk" ? "device" : "system",
  title: fill(checkTitle, { check: CHECK_TEXTS[id] }),
  ...CHECKS[id],
  fixer: id === "printer_set_up" ? "owner" : "service_provider",
  guide: id === "printer_set_up" ? "printer_setup" : "support",
  rank: 15,
});

const checkRows = Object.fromEntries(
  (Object.keys(CHECKS) as SelfCheckId[]).map((id) => [`check_${id}`, checkRow(id)]),
) as Record<`check_${SelfCheckId}`, CauseRow>;

export const SYSTEM_CAUSES: Readonly<Record<SystemCause, CauseRow>> = {
  ...checkRows,
  till_crashed: system({
    title: t("收银程序意外退出过", "The till program stopped unexpectedly"),
    explain: t(
      "程序中途退出后重新启动，手上的单已接着处理，钱不会算错。",
      "The program ended and started again. Open work was taken up; money is safe.",
    ),
    fixer: "cashier",
    nextStep: t(
      "按收银机上的提示收尾；常发生请通知技术支持。",
      "Finish what the till asks for; if it happens often tell support.",
    ),
    guide: "look_at_paper",
    bears: "both",
    rank: 49,
  }),
  hub_refused: system({
    title: t("中心不接受这台收银机", "The hub doesn't accept this till"),
    explain: t(
      "登记过期、时钟或设置不一致，中心拒绝了请求。没有扣款。",
      "Its enrolment, clock or settings don't match, so the hub refused. No money moved.",
    ),
    fixer: "service_provider",
    nextStep: t(
      "请技术支持在中心查看这台收银机的登记。",
      "Support checks this till's enrolment at the hub.",
    ),
    guide: "support",
    bears: "payment",
    rank: 17,
  }),
  printer_never_reached: system({
    title: t("打印机地址可能不对", "The printer's address may be wrong"),
    explain: t(
      "按现在的设置从来没有连上过打印机。",
      "With the present settings the printer was never reached.",
    ),
    fixer: "owner",
    nextStep: t("核对设置里的打印机地址。", "Compare the printer's address in the settings."),
    guide: "printer_setup",
    bears: "paper",
    rank: 58,
  }),
};
