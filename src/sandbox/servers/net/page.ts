/** The page of the shop's network and computer: a button for everything that can go wrong, and what the feed tells. */
import type { Text } from "../../../core/text/text.ts";
import { QUALIFICATION_STATES, QUALIFICATION_TEXTS } from "../../../core/text/evidence.ts";
import { NOTICE_SCOPES } from "../../../core/text/records.ts";
import { html, type Html } from "../pages/html.ts";
import { sandboxPage } from "../pages/page.ts";
import type { NetChange } from "./net.ts";

interface Choice {
  readonly text: Text;
  readonly change: NetChange;
  readonly calm: boolean;
}

const t = (zh: string, en: string): Text => ({ zh, en });
const calm = (zh: string, en: string, change: NetChange): Choice => ({
  text: t(zh, en),
  change,
  calm: true,
});
const fault = (zh: string, en: string, change: NetChange): Choice => ({
  text: t(zh, en),
  change,
  calm: false,
});

const CONTROLS: readonly (readonly [name: Text, choices: readonly Choice[]])[] = [
  [
    t("网线", "Cable"),
    [
      calm("插好", "plugged in", { cable: "up" }),
      fault("拔掉", "unplugged", { cable: "down" }),
      fault("没有地址", "no address", { cable: "no_address" }),
    ],
  ],
  [
    t("无线", "Wi-Fi"),
    [
      calm("关", "off", { wifi: "down" }),
      calm("已连接", "connected", { wifi: "up" }),
      fault("没有地址", "no address", { wifi: "no_address" }),
    ],
  ],
  [
    t("路由器", "Router"),
    [
      calm("正常", "well", { router: "up" }),
      calm("正常，拒绝连接", "well, refuses connects", { router: "refused" }),
      fault("没有反应", "silent", { router: "silent" }),
    ],
  ],
  [
    t("外网", "Internet"),
    [
      calm("正常", "well", { internet: "up" }),
      fault("没有反应", "silent", { internet: "silent" }),
      fault("拒绝", "refused", { internet: "refused" }),
    ],
  ],
  [
    t("域名", "Names"),
    [
      calm("正常", "well", { dns: "up", dns_delay_ms: 0, dns_loss_percent: 0 }),
      fault("没有反应", "silent", { dns: "silent" }),
      fault("查不到", "unknown name", { dns: "no_name" }),
      fault("出错", "failing", { dns: "server_failure" }),
      fault("慢 1.2 秒", "1.2 s late", { dns_delay_ms: 1_200 }),
      fault("丢一半", "half lost", { dns_loss_percent: 50 }),
    ],
  ],
  [
    t("供电", "Supply"),
    [
      calm("正常", "well", { undervoltage: false }),
      fault("电压不足", "under-voltage", { undervoltage: true }),
    ],
  ],
  [
    t("内存", "Memory"),
    [
      calm("够", "enough", { memory_free_mb: 1_500 }),
      fault("只剩 20 MB", "20 MB left", { memory_free_mb: 20 }),
    ],
  ],
  [
    t("磁盘", "Disk"),
    [
      calm("按真实情况", "as it really is", { disk_free_mb: null }),
      fault("只剩 20 MB", "20 MB left", { disk_free_mb: 20 }),
    ],
  ],
];

const FEED: readonly (readonly [name: string, text: Text])[] = [
  ["maintenance", t("支付宝维护，现在起 30 分钟", "Alipay's maintenance, 30 min from now")],
  ["ahead", t("支付宝维护，10 分钟后", "Alipay's maintenance in 10 min")],
  ["expired", t("营业执照已过期", "licence expired")],
  ["expiring", t("营业执照 5 天后到期", "licence ends in 5 days")],
  ["frozen", t("收款账户被冻结", "account frozen")],
  ["garbage", t("数据源乱码", "the feed is garbage")],
  ["clear", t("全部撤下", "clear")],
];

const label = ({ zh, en }: Text): Html => html`${zh} <small lang="en">${en}</small>`;

const group = ([name, choices]: (typeof CONTROLS)[number]): Html =>
  html`<fieldset>
    <legend>${label(name)}</legend>
    <div class="switches">
      ${choices.map(
        (one) =>
          html`<button
            type="button"
            class="${one.calm ? "calm" : "fault"}"
            data-change="${JSON.stringify(one.change)}"
          >
            ${label(one.text)}
          </button>`,
      )}
    </div>
  </fieldset>`;

export const netPage = (): string =>
  sandboxPage({
    title: "店内网络",
    heading: t("店内网络和电脑", "the shop's network and computer"),
    nav: [html`<a href="../">支付宝替身</a>`],
    main: html`<div>
        <section aria-labelledby="h-net">
          <h2 id="h-net">网络和电脑 <small lang="en">network and computer</small></h2>
          <p><span id="line" class="tag"></span></p>
          ${CONTROLS.map(group)}
          <div class="switches">
            <button type="button" class="go" id="calm">${label(t("全部正常", "all well"))}</button>
          </div>
        </section>
      </div>
      <div>
        <section aria-labelledby="h-feed">
          <h2 id="h-feed">公告与资质 <small lang="en">notices and licences</small></h2>
          <div class="switches">
            ${FEED.map(
              ([name, text]) =>
                html`<button type="button" data-feed="${name}">${label(text)}</button>`,
            )}
          </div>
          <ul id="feed" class="rows"></ul>
        </section>
      </div>`,
    script: `const words = ${JSON.stringify(WORDS)};\n${SCRIPT}`,
  });

const zh = (texts: Readonly<Record<string, Text>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, text.zh]));
const WORDS = {
  kinds: zh(QUALIFICATION_TEXTS),
  states: zh(QUALIFICATION_STATES),
  scopes: zh(NOTICE_SCOPES),
};

/** Plain browser code: posts what a button says, and shows once a second how it is. */
const SCRIPT = `
"use strict";
const byId = (id) => document.getElementById(id);
const buttons = [...document.querySelectorAll("[data-change]")].map((one) => [one, Object.entries(JSON.parse(one.dataset.change))]);
const call = async (method, path, body) => {
  const init = { method, headers: { accept: "application/json" } };
  if (body !== undefined) { init.headers["content-type"] = "application/json"; init.body = JSON.stringify(body); }
  const reply = await fetch(path, init).catch(() => null);
  if (reply === null) { byId("said").textContent = "沙盒没有应答。"; return null; }
  const answer = await reply.json();
  byId("said").textContent = reply.ok ? "" : answer.detail;
  return reply.ok ? answer : null;
};
const showNet = (state) => {
  if (state === null) return;
  for (const [one, wanted] of buttons) one.setAttribute("aria-pressed", String(wanted.every(([key, value]) => state[key] === value)));
  byId("line").textContent = state.line_open ? "支付能通" : "支付不通";
  byId("line").className = state.line_open ? "tag good" : "tag bad";
};
const clock = (time) => new Date(Date.parse(time) + 8 * 3600000).toISOString().slice(0, 16).replace("T", " ");
const showFeed = (state) => {
  if (state === null) return;
  const lines = [...state.qualifications.map((one) => [words.kinds[one.what], words.states[one.state], one.until === null ? "长期" : "至 " + clock(one.until)]),
    ...state.notices.map((one) => [words.scopes[one.scope], one.title, clock(one.from) + " 至 " + clock(one.until)])];
  if (state.mode !== "up") lines.unshift(["数据源", state.mode]);
  byId("feed").replaceChildren(...lines.map((parts) => { const li = document.createElement("li"); li.textContent = parts.join(" · "); return li; }));
};
const refresh = async () => { showNet(await call("GET", "./")); showFeed(await call("GET", "../feed")); };
const at = (minutes) => new Date(Date.now() + minutes * 60000).toISOString();
const notice = (from, length) => ["notices", { scope: "provider", from: at(from), until: at(from + length), title: "支付宝系统升级维护" }];
const licence = (minutes) => ["qualifications", { what: "licence", until: at(minutes) }];
const feeds = { maintenance: () => notice(0, 30), ahead: () => notice(10, 30), expired: () => licence(-1440), expiring: () => licence(7200),
  frozen: () => ["qualifications", { what: "account", state: "frozen" }], garbage: () => ["mode", { mode: "garbage" }] };
document.addEventListener("click", async (event) => {
  const button = event.target.closest("button");
  if (button === null) return;
  const { change, feed } = button.dataset;
  if (button.id === "calm") showNet(await call("POST", "calm", {}));
  if (change !== undefined) showNet(await call("POST", "./", JSON.parse(change)));
  if (feed === "clear") { await call("POST", "../feed/mode", { mode: "up" }); showFeed(await call("DELETE", "../feed")); }
  else if (feed !== undefined) { const [path, body] = feeds[feed](); showFeed(await call("POST", "../feed/" + path, body)); }
});
void refresh();
setInterval(() => { if (!document.hidden) void refresh(); }, 1000);
`;
