/** Causes on the way to the provider (网络问题). Money on its way is asked about by the system; the steps mend the line. */
import { text as t, type CauseRow } from "./row.ts";

export type NetworkCause =
  | "interface_down"
  | "no_address"
  | "router_silent"
  | "login_page"
  | "line_down"
  | "dns_failing"
  | "lan_unstable"
  | "line_unstable"
  | "line_slow"
  | "provider_path"
  | "hub_path"
  | "line_back"
  | "answer_missing";

type Given = Omit<CauseRow, "family" | "bears"> & Partial<Pick<CauseRow, "bears">>;
const network = (row: Given): CauseRow => ({ family: "network", bears: "payment", ...row });

export const NETWORK_CAUSES: Readonly<Record<NetworkCause, CauseRow>> = {
  interface_down: network({
    bears: "both",
    title: t("收银机没有接上网络", "The till isn't connected to a network"),
    explain: t(
      "收银机的网口没有接通：网线松了、拔了，或 Wi-Fi 断了。现在发不出收款请求。",
      "The till's network port has no link: a loose cable, or Wi-Fi is off. No request can leave.",
    ),
    fixer: "cashier",
    nextStep: t(
      "把收银机和路由器两头的网线插紧。",
      "Push the network cable in firmly at both ends.",
    ),
    guide: "cable",
    rank: 20,
  }),
  no_address: network({
    bears: "both",
    title: t("收银机没有分到网络地址", "The till has no network address"),
    explain: t(
      "网线接通了，路由器没有给收银机地址，多半是路由器卡住了。",
      "There is a link, but the router gave no address; it has most likely hung.",
    ),
    fixer: "cashier",
    nextStep: t("重启路由器。", "Restart the router."),
    guide: "address",
    rank: 21,
  }),
  router_silent: network({
    bears: "both",
    title: t("路由器没有应答", "The router doesn't answer"),
    explain: t(
      "收银机找不到路由器：路由器断电、卡住，或中间的网线断了。",
      "The till can't reach the router: it lost power, hung, or a cable in between is out.",
    ),
    fixer: "cashier",
    nextStep: t("看路由器的灯，断电重启它。", "Look at the router's lights and restart it."),
    guide: "router",
    rank: 22,
  }),
  login_page: network({
    title: t("网络要求先登录", "The network asks for a login"),
    explain: t(
      "代替支付宝应答的是一张上网登录页，登录前什么也发不出去。",
      "A login page answers in place of Alipay; nothing gets out before the login.",
    ),
    fixer: "cashier",
    nextStep: t(
      "在收银机的浏览器里完成上网登录，或换一个网络。",
      "Log in with a browser, or use another network.",
    ),
    guide: "login_page",
    rank: 23,
  }),
  line_down: network({
    title: t("宽带断了", "The line to the internet is down"),
    explain: t(
      "路由器有应答，外网全都没有应答：断在路由器外面。",
      "The router answers and nothing beyond it does: the break is outside the shop's network.",
    ),
    fixer: "service_provider",
    nextStep: t(
      "重启光猫和路由器；不行就改用手机热点，并报修宽带。",
      "Restart modem and router; if that fails use a phone's hotspot and report the line.",
    ),
    guide: "line",
    rank: 24,
  }),
  dns_failing: network({
    title: t("域名解析出错", "Names can't be looked up"),
    explain: t(
      "外网是通的，但查不到支付宝的地址（DNS 故障）。",
      "The internet answers, but Alipay's address can't be looked up (DNS).",
    ),
    fixer: "cashier",
    nextStep: t(
      "重启路由器；仍不行请技术支持换一个 DNS。",
      "Restart the router; if that fails support sets another DNS.",
    ),
    guide: "router",
    rank: 25,
  }),
  line_back: network({
    title: t("网络刚接通，正在检查", "The network is just back, being checked"),
    explain: t(
      "断开的那一段又通了。外面通不通正在问，几秒钟就有结果。",
      "The part that was down works again. Whether it reaches further is being asked; that takes seconds.",
    ),
    fixer: "cashier",
    nextStep: t("请稍等几秒，系统正在问。", "Wait a few seconds; the system is asking."),
    nextStepOpen: t(
      "请稍等，不要重复收款；系统正在问支付宝。",
      "Wait, don't charge again; the system is asking Alipay.",
    ),
    guide: "provider_wait",
    rank: 39,
  }),
  lan_unstable: network({
    bears: "both",
    title: t("店内网络不稳定", "The shop's own network is unstable"),
    explain: t(
      "收银机到路由器这一段就在丢包：网线接触不良，或 Wi-Fi 信号弱。",
      "Packets get lost between till and router already: a bad contact, or weak Wi-Fi.",
    ),
    fixer: "cashier",
    nextStep: t(
      "插紧或换一根网线；用 Wi-Fi 的改用网线。",
      "Reseat or replace the cable; use a cable instead of Wi-Fi.",
    ),
    guide: "cable",
    rank: 27,
  }),
  line_unstable: network({
    title: t("网络不稳定", "The line is unstable"),
    explain: t(
      "外网时断时续，有的请求到不了。系统会接着查，不会重复扣款。",
      "Answers come and go, and some requests get lost. The system keeps asking; nobody is charged twice.",
    ),
    fixer: "service_provider",
    nextStep: t(
      "停掉店里占网的下载；可以先换手机热点。",
      "Stop big downloads in the shop; a hotspot helps for now.",
    ),
    guide: "other_path",
    rank: 28,
  }),
  line_slow: network({
    title: t("网络很慢", "The line is slow"),
    explain: t(
      "每次来回都要很久，收款会慢，但有结论。",
      "Every round trip takes long. Payments are slow, but they end.",
    ),
    fixer: "service_provider",
    nextStep: t(
      "请顾客稍等；停掉店里占网的下载。",
      "Ask the customer to wait; stop big downloads in the shop.",
    ),
    guide: "other_path",
    rank: 29,
  }),
  provider_path: network({
    title: t("去支付宝的线路不通", "The way to Alipay is broken"),
    explain: t(
      "外网是通的，只有去支付宝的连接建不起来。问题可能在宽带运营商，也可能在支付宝。",
      "The internet works and only Alipay can't be connected to. It may be the operator's way or Alipay itself.",
    ),
    fixer: "service_provider",
    nextStep: t(
      "换手机热点试一次；等系统自动恢复。",
      "Try a phone's hotspot; else wait, it recovers by itself.",
    ),
    guide: "other_path",
    rank: 31,
  }),
  hub_path: network({
    title: t("连不上中心", "The hub can't be reached"),
    explain: t(
      "收银机连不上店里的中心，收款请求没有发出。",
      "The till can't reach its hub, so requests aren't sent.",
    ),
    fixer: "service_provider",
    nextStep: t(
      "看网络；通知技术支持检查中心。",
      "Check the network; tell support to look at the hub.",
    ),
    guide: "hub_wait",
    rank: 30,
  }),
  answer_missing: network({
    title: t("支付宝没有应答", "No answer from Alipay"),
    explain: t(
      "请求发出了，没有等到应答。断在哪一段正在查。",
      "A request left and no answer came. Where it broke is being looked at.",
    ),
    fixer: "cashier",
    nextStep: t("请看一下网线和路由器。", "Look at cable and router."),
    nextStepOpen: t(
      "请稍等，不要重复收款；看一下网线和路由器。",
      "Wait, don't charge again; look at cable and router.",
    ),
    guide: "no_answer",
    rank: 40,
  }),
};
