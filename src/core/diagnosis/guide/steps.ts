/** The small steps of each guide, in cashier's words. The system sees by itself when one is done. */
import {
  coverSeenOpen,
  either,
  eReceiptDone,
  gone,
  justBack,
  not,
  outcomeKnown,
  paidByBuyer,
  paperIn,
  printerIsNot,
  printerWell,
  providerAnswers,
  reaches,
  saleGoesOn,
  unseen,
} from "./checks.ts";
import type { GuideId } from "./ids.ts";
import {
  notAgain,
  keptAsking,
  addressed,
  linked,
  routerAnswers,
  alipayAnswers,
  reseat,
  lookAtLine,
  restartRouter,
  hotspot,
  waitForProvider,
  chargedAgain,
  askFreshCode,
  tellSupport,
  askOwner,
  closeCover,
  lookAtPaper,
  power,
  restartPrinter,
} from "./shared-steps.ts";
import { minuteMs, type Step, step } from "./step.ts";

const reachable = printerIsNot("unreachable", "no_answer", "busy", "garbage");

export const GUIDES: Readonly<Record<GuideId, readonly Step[]>> = {
  cable: [
    reseat(reaches("interface"), linked),
    restartRouter(reaches("router"), { due: either(reaches("router"), not(justBack)) }),
    hotspot,
  ],
  // A router that gives no address can't be asked: what it answered before says nothing of it.
  address: [
    restartRouter(reaches("interface"), { seen: addressed }),
    reseat(reaches("interface"), addressed),
    hotspot,
  ],
  router: [restartRouter(reaches("router")), reseat(reaches("router"), routerAnswers), hotspot],
  line: [
    step(
      "restart_modem",
      "拔掉光猫电源，等 10 秒，再插上，约三分钟恢复",
      "Unplug the modem, wait 10 seconds, plug it in; it takes about three minutes",
      reaches("internet"),
      {
        picture: "modem",
        patienceMs: 4 * minuteMs,
        seen: { zh: "外网通了", en: "the internet answers" },
      },
    ),
    hotspot,
    step("report_line", "打宽带客服电话报修", "Call the line's operator", reaches("internet"), {
      shownBy: unseen,
      patienceMs: Infinity,
    }),
  ],
  login_page: [
    step(
      "log_in",
      "在收银机上打开浏览器，完成上网登录",
      "Open a browser on the till and log in to the network",
      gone("login_page"),
      {
        picture: "login_page",
        seen: { zh: "登录页没有了", en: "the login page is gone" },
      },
    ),
    hotspot,
  ],
  other_path: [waitForProvider, reseat(providerAnswers, alipayAnswers), hotspot],
  // While nobody knows where it broke, what a person can look at comes before the wait.
  no_answer: [lookAtLine, waitForProvider, hotspot],
  provider_wait: [waitForProvider],
  hub_wait: [
    step(
      "wait_hub",
      "请稍等，系统一直在连中心",
      "Wait; the system keeps trying to reach the hub",
      reaches("hub"),
      {
        picture: "wait",
        isWait: true,
        itself: {
          zh: "系统自己一直在连中心",
          en: "The system kept trying to reach the hub by itself",
        },
      },
    ),
    reseat(reaches("hub"), { zh: "中心有应答了", en: "the hub answers" }),
    tellSupport(reaches("hub")),
  ],
  paper: [
    step(
      "open_cover",
      "打开打印机盖子，取出旧纸芯",
      "Open the printer's cover and take out the old core",
      coverSeenOpen,
      {
        picture: "printer_open",
        isWitnessed: true,
        seen: { zh: "盖子打开了", en: "the cover is open" },
      },
    ),
    step(
      "load_paper",
      "放入新纸卷：热敏面朝上，纸头拉出一点",
      "Put in a new roll, heat-sensitive side up, and pull out a little",
      paperIn,
      {
        picture: "printer_load_paper",
        isWitnessed: true,
        seen: { zh: "有纸了", en: "there is paper" },
      },
    ),
    closeCover,
  ],
  cover: [closeCover],
  cutter: [
    power("switch_off", "关掉打印机电源", "Switch the printer off", printerIsNot("cutter_error")),
    step(
      "free_cutter",
      "打开盖子，轻轻拉出卡住的纸",
      "Open the cover and gently pull out the jammed paper",
      printerIsNot("cutter_error", "unreachable"),
      {
        picture: "printer_cutter",
      },
    ),
    restartPrinter,
  ],
  cool_down: [
    step(
      "cool_down",
      "等一两分钟，凉下来会自动继续，不要关电源",
      "Wait a minute or two, it goes on by itself; leave the power on",
      printerIsNot("head_hot"),
      {
        picture: "wait",
        isWait: true,
        itself: { zh: "等打印头自己凉下来", en: "Waited until the head had cooled by itself" },
        patienceMs: 3 * minuteMs,
        seen: { zh: "打印头凉下来了", en: "the head has cooled" },
      },
    ),
  ],
  printer_restart: [
    restartPrinter,
    step(
      "printer_lights",
      "看打印机面板：有红灯就按一下进纸键",
      "Look at the panel: on a red light press the feed button",
      printerWell,
      { picture: "printer_panel" },
    ),
  ],
  printer_cable: [
    power(
      "printer_on",
      "看打印机电源灯亮不亮，不亮就打开电源",
      "Look whether the printer's power light is on; switch it on",
      reachable,
    ),
    step(
      "printer_cable",
      "把打印机两头的线拔下再插紧",
      "Reseat the printer's cable at both ends",
      reachable,
      {
        picture: "printer_cable",
        seen: { zh: "打印机连上了", en: "the printer is connected" },
      },
    ),
    restartPrinter,
  ],
  printer_setup: [
    step(
      "set_printer",
      "请店主在设置里填打印机地址，再点“检测打印机”",
      "The owner enters the printer's address and tests it",
      gone("no_printer", "printer_never_reached", "check_printer_set_up"),
      { patienceMs: 2 * minuteMs },
    ),
  ],
  look_at_paper: [lookAtPaper],
  till_restart: [
    step(
      "close_programs",
      "关掉收银机上其他程序",
      "Close the other programs on the till",
      gone("till_frozen", "disk_slow", "memory_low"),
    ),
    step(
      "restart_till",
      "重启收银电脑；开着的单不会丢",
      "Restart the computer; open sales aren't lost",
      gone("till_frozen", "disk_slow", "memory_low"),
      { patienceMs: 5 * minuteMs },
    ),
  ],
  disk: [
    step(
      "free_disk",
      "删掉不用的文件，腾出至少 100 MB",
      "Delete what isn't needed and free at least 100 MB",
      gone("disk_full", "check_journal"),
      { patienceMs: 5 * minuteMs, seen: { zh: "磁盘有空间了", en: "the disk has room" } },
    ),
    tellSupport(gone("disk_full", "check_journal")),
  ],
  clock: [
    step(
      "set_clock",
      "打开电脑的“自动设置时间”，时区选北京",
      "Let the computer set its time by itself, zone Beijing",
      gone("clock_wrong", "isv.invalid-timestamp"),
      { patienceMs: 3 * minuteMs, seen: { zh: "时钟对了", en: "the clock is right" } },
    ),
    tellSupport(gone("clock_wrong", "isv.invalid-timestamp")),
  ],
  power: [
    step(
      "check_power",
      "看收银机和打印机的电源插头，插紧",
      "Check the power plugs of till and printer",
      printerWell,
      { picture: "power" },
    ),
    lookAtPaper,
  ],
  other_code: [askFreshCode],
  other_payer: [
    step(
      "other_method",
      "请顾客换一张卡、换一个账户，或换一种方式付",
      "Ask for another card, account or way of payment",
      saleGoesOn,
      {
        picture: "payment_code",
        open: notAgain,
        ...chargedAgain,
      },
    ),
  ],
  buyer_setting: [
    step(
      "buyer_setting",
      "请顾客在支付宝设置里打开付款开关，或换一种方式付",
      "Ask the customer to switch payments on in Alipay, or pay another way",
      saleGoesOn,
      {
        picture: "payment_code",
        open: notAgain,
        ...chargedAgain,
      },
    ),
  ],
  buyer_confirms: [
    step(
      "buyer_confirms",
      "请顾客看手机：输入密码，或点“确认付款”",
      "Ask the customer to look at the phone and confirm",
      outcomeKnown,
      {
        picture: "buyer_confirms",
        shownBy: paidByBuyer,
        seen: { zh: "支付宝有结论了", en: "Alipay has a result" },
      },
    ),
  ],
  goods: [
    step(
      "right_goods",
      "按提示改好商品（名称或件数），再重新收款",
      "Correct the items as told (their names, or how many), then charge again",
      saleGoesOn,
      { open: notAgain, ...chargedAgain },
    ),
  ],
  amount: [
    step(
      "right_amount",
      "核对金额，改对后重新收款",
      "Compare the amount, correct it, and charge again",
      saleGoesOn,
      { open: notAgain, ...chargedAgain },
    ),
  ],
  support: [tellSupport(saleGoesOn)],
  owner_account: [
    askOwner(
      "owner_account",
      "请店主登录支付宝商家平台处理，或打 95188",
      "The owner sees to it on Alipay's merchant platform, or calls 95188",
    ),
  ],
  open_platform: [
    askOwner(
      "open_platform",
      "请店主登录支付宝开放平台处理",
      "The owner sees to it on Alipay's open platform",
    ),
  ],
  owner_service: [
    askOwner(
      "owner_service",
      "请店主联系服务商处理",
      "The owner has the service provider see to it",
    ),
  ],
  shop_limit: [
    step(
      "raise_limit",
      "请店主在支付宝商家平台查看收款限额，要收大额请申请提额",
      "The owner looks up the limit on Alipay's merchant site, and asks for more if large sums are usual",
      saleGoesOn,
      // Nobody here sees when the owner has done it.
      { isForLater: true, patienceMs: Infinity },
    ),
  ],
  maintenance_wait: [
    step(
      "wait_maintenance",
      "等维护结束；先收现金或换一种方式",
      "Wait for the end of the maintenance; take cash meanwhile",
      either(gone("announced_maintenance"), providerAnswers),
      {
        open: {
          zh: "等维护结束；这一单不要重复收款，系统一直在问支付宝",
          en: "Wait for the end of the maintenance; don't charge this sale again, the system keeps asking Alipay",
        },
        picture: "wait",
        isWait: true,
        itself: keptAsking,
        patienceMs: Infinity,
        // Answers come again: that the window is over is not what was seen.
        seen: alipayAnswers,
      },
    ),
  ],
  finish_sale: [
    step("finish_sale", "继续收款，或取消这一单", "Charge this sale, or cancel it", saleGoesOn, {
      action: "charge_again",
      patienceMs: Infinity,
    }),
  ],
  e_receipt: [
    step(
      "open_e_receipt",
      "请顾客扫码打开电子小票；要纸的，打印机能打时就可以打",
      "Let the customer scan and open the e-receipt; paper can be had whenever the printer can print",
      eReceiptDone,
      { patienceMs: Infinity, seen: { zh: "有着落了", en: "it is settled" } },
    ),
  ],
};
