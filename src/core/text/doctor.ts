/** What `chupiao doctor` says: for each check that it is well, or what is wrong and what to do. */
import type { Text } from "./text.ts";

export type DoctorCheck =
  | "runtime"
  | "packages"
  | "version"
  | "pages"
  | "folder"
  | "room"
  | "disk"
  | "settings"
  | "keys"
  | "account"
  | "box"
  | "port"
  | "journal"
  | "ledger"
  | "printer"
  | "network"
  | "provider"
  | "diagnosis";

interface Said {
  readonly name: Text;
  /** `{detail}` is small and plain: a version, a path, a code. */
  readonly good: Text;
  readonly bad: Text;
  readonly todo: Text;
}

const t = (zh: string, en: string): Text => ({ zh, en });

export const DOCTOR_TEXT: Record<DoctorCheck, Said> = {
  runtime: {
    name: t("运行环境", "runtime"),
    good: t("版本够新：{detail}", "new enough: {detail}"),
    bad: t("版本太旧：{detail}", "too old: {detail}"),
    todo: t(
      "在程序文件夹里运行 npm ci，再用 npx chupiao 启动。",
      "Run npm ci in the program's folder and start with npx chupiao.",
    ),
  },
  packages: {
    name: t("程序组件", "packages"),
    good: t("都在", "all there"),
    bad: t("缺少：{detail}", "missing: {detail}"),
    todo: t("在程序文件夹里运行 npm ci。", "Run npm ci in the program's folder."),
  },
  version: {
    name: t("程序版本", "version"),
    good: t("{detail}", "{detail}"),
    bad: t("低于设置要求的版本：{detail}", "older than the settings want: {detail}"),
    todo: t("请升级程序，或请总部核对 wanted_version。", "Update, or check wanted_version."),
  },
  pages: {
    name: t("收银页文件", "till pages"),
    good: t("都在", "built"),
    bad: t("缺少：{detail}", "missing: {detail}"),
    todo: t("运行一次 npm start，它会重新生成。", "Run npm start once; it builds them."),
  },
  folder: {
    name: t("数据目录", "data folder"),
    good: t("可以读写：{detail}", "can be read and written: {detail}"),
    bad: t("不能读写：{detail}", "can't be read and written: {detail}"),
    todo: t(
      "请改正这个文件夹的权限，或用 --data 换一个。",
      "Correct the folder's rights, or choose another with --data.",
    ),
  },
  room: {
    name: t("磁盘空间", "room on the disk"),
    good: t("剩余 {detail}", "{detail} free"),
    bad: t("只剩 {detail}", "only {detail} free"),
    todo: t("请腾出至少 100 MB。", "Make room: 100 MB at least."),
  },
  disk: {
    name: t("磁盘写入", "writing to the disk"),
    good: t("写入正常，{detail}", "takes data, {detail}"),
    bad: t("写不进去：{detail}", "takes no data: {detail}"),
    todo: t(
      "请检查磁盘是否已满、只读或损坏。流水写不进时不能开新单。",
      "See whether the disk is full, read-only or broken. Without the journal no new sale begins.",
    ),
  },
  settings: {
    name: t("设置", "config.json"),
    good: t("正确（{detail}）", "correct ({detail})"),
    bad: t("有错误：{detail}", "wrong: {detail}"),
    todo: t(
      "请按提示改正后重新启动；说明见 docs/operating/config.md。",
      "Correct it and start again; docs/operating/config.md explains each setting.",
    ),
  },
  keys: {
    name: t("支付宝密钥", "Alipay keys"),
    good: t("{detail}", "{detail}"),
    bad: t("配置有误：{detail}", "wrong: {detail}"),
    todo: t(
      "请按提示改正；说明见 docs/operating/real-keys.md。",
      "Correct them; docs/operating/real-keys.md explains each.",
    ),
  },
  account: {
    name: t("账的归属", "whose sales"),
    good: t("{detail}", "{detail}"),
    bad: t("{detail}", "{detail}"),
    todo: t(
      "请带上原来的密钥启动，或用 --data 换一个目录。",
      "Start with the keys that these sales were made with, or use another folder: --data FOLDER.",
    ),
  },
  box: {
    name: t("收银程序", "the box"),
    good: t("{detail}", "{detail}"),
    bad: t("进程还在，但没有应答：{detail}", "its process is there but doesn't answer: {detail}"),
    todo: t("请结束这个进程，再运行 npm start。", "End this process and run npm start."),
  },
  port: {
    name: t("端口", "port"),
    good: t("{detail} 空闲", "{detail} is free"),
    bad: t("被别的程序占用：{detail}", "taken by another program: {detail}"),
    todo: t(
      "请结束占用它的程序，或用 --port 换一个端口启动。",
      "End that program, or start with another --port.",
    ),
  },
  journal: {
    name: t("流水", "journal.db"),
    good: t("{detail}", "{detail}"),
    bad: t("有问题：{detail}", "not well: {detail}"),
    todo: t(
      "先不要动数据，请技术支持处理；恢复备份见 docs/operating/backup.md。",
      "Leave the data as it is and call support; docs/operating/backup.md tells how to restore.",
    ),
  },
  ledger: {
    name: t("账本", "ledger.db"),
    good: t("{detail}", "{detail}"),
    bad: t("有问题：{detail}", "not well: {detail}"),
    todo: t(
      "先不要动数据，请技术支持处理；恢复备份见 docs/operating/backup.md。",
      "Leave the data as it is and call support; docs/operating/backup.md tells how to restore.",
    ),
  },
  printer: {
    name: t("打印机", "printer"),
    good: t("{detail}", "{detail}"),
    bad: t("{detail}", "{detail}"),
    todo: t(
      "请看打印机的电源、网线和设置里的地址。",
      "See the printer's power, its cable, and the address in the settings.",
    ),
  },
  network: {
    name: t("网络", "network"),
    good: t("{detail}", "{detail}"),
    bad: t("不通：{detail}", "not open: {detail}"),
    todo: t(
      "由近到远检查：网线或无线、路由器、域名服务器。",
      "Check from near to far: cable or Wi-Fi, router, name server.",
    ),
  },
  provider: {
    name: t("支付宝应答", "Alipay's answer"),
    good: t("{detail}", "{detail}"),
    bad: t("{detail}", "{detail}"),
    todo: t(
      "说明见 docs/operating/real-keys.md；也可运行 chupiao provider check。",
      "docs/operating/real-keys.md explains each finding; or run chupiao provider check.",
    ),
  },
  diagnosis: {
    name: t("诊断", "diagnosis"),
    good: t("没有发现问题", "nothing found"),
    bad: t("{detail}", "{detail}"),
    todo: t("请在收银台按 F8，按步骤处理。", "Press F8 at the till and follow its steps."),
  },
};

/** What stands in a detail, as whole phrases. */
export const DOCTOR_DETAILS = {
  folder_new: t("还没有，第一次启动时会建立", "not there yet; the first start makes it"),
  settings_default: t("没有这个文件，用默认值", "no such file; defaults hold"),
  keys_sandbox: t("没有配置，使用沙盒", "none are set; the sandbox stands in"),
  keys_box: t(
    "这里没有给出，正在运行的收银程序有自己的",
    "none are given here; the running box has its own",
  ),
  keys_good: t("配置正确", "correct"),
  box_stopped: t("没有在运行", "not running"),
  box_running: t("正在运行：{url}，版本 {version}", "running: {url}, version {version}"),
  store_absent: t("还没有，第一次启动时会建立", "not there yet; the first start makes it"),
  store_whole: t("完整，校验链 {events} 条无误", "whole; the chain of {events} events holds"),
  store_running: t(
    "正由收银程序使用；停下它再运行 doctor 可核对校验链",
    "in use by the running box; stop it and run doctor again to check the chain",
  ),
  store_in_use: t("被另一个进程使用（{owner}）", "in use by another process ({owner})"),
  store_unfit_todo: t(
    "先不要动数据：换回建立它的那个版本，或恢复备份，见 docs/operating/backup.md。",
    "Leave the data as it is: go back to the version that made it, or restore a backup: docs/operating/backup.md.",
  ),
  store_damaged: t("文件损坏（{why}）", "damaged ({why})"),
  store_chain: t(
    "校验链在 {stream} 第 {seq} 条断开：有记录被改过或丢失",
    "the chain breaks at {stream} {seq}: a record was changed or is missing",
  ),
  printer_none: t("没有设置，提供电子小票", "none is set up; electronic receipts serve"),
  printer_sandbox: t("使用沙盒的打印机", "the sandbox's printer"),
  printer_there: t("可以连接：{address}", "can be reached: {address}"),
  printer_gone: t("连不上：{address}（{why}）", "can't be reached: {address} ({why})"),
  printer_wrong: t("地址写法不对：{address}", "the address isn't one of a printer: {address}"),
  printer_box: t(
    "由收银程序使用，状态：{condition}",
    "the running box has it; its state: {condition}",
  ),
  printer_untold: t(
    "由收银程序使用，打印机不报告状态：有没有纸只能由人看",
    "the running box has it, and the printer tells no state: only a person can see how it is",
  ),
  network_here: t("只用到本机", "nothing beyond this computer is needed"),
  network_box: t("由收银程序随时探测", "watched by the running box"),
} as const satisfies Record<string, Text>;
