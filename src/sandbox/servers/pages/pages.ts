/** The sandbox's own page: customers with their codes, trades, passwords, QR codes and every fault as a switch. */
import type { FastifyPluginCallback } from "fastify";
import { BEHAVIOUR_NAMES, behaviour, type Behaviour } from "../../model/gateway/behaviours.ts";
import { answerable } from "../../model/gateway/codes.ts";
import { METHODS } from "../../model/gateway/request.ts";
import { SENTINELS, sentinelRow } from "../../model/gateway/sentinels.ts";
import type { Text } from "../../../core/text/text.ts";
import type { Gateway } from "../gateway/gateway.ts";
import { html, Html, table } from "./html.ts";
import { SCRIPT } from "./script.ts";
import { sandboxPage } from "./page.ts";
import { sections } from "./sections.ts";

/** A neighbour in the page's head. */
export interface PageLink {
  readonly prefix: string;
  readonly title: Text | null;
}

/** Mount at the root. */
export function gatewayPages(gateway: Gateway, links: readonly PageLink[]): FastifyPluginCallback {
  return (app, _options, done) => {
    app.get("/", async (_request, reply) => {
      const text = page(await sections(gateway), links);
      return reply.type("text/html; charset=utf-8").send(text);
    });
    app.get("/live", async (_request, reply) => {
      const faults = gateway.control.faults();
      return reply.header("cache-control", "no-store").send({
        sections: await sections(gateway),
        behaviours: faults.map((fault) => fault.behaviour),
        mode: gateway.control.mode(),
      });
    });
    done();
  };
}

const SIDES: Record<Behaviour["side"], Text> = {
  line: { zh: "线路", en: "the line" },
  answer: { zh: "应答", en: "the answer" },
  buyer: { zh: "顾客", en: "the customer" },
  notify: { zh: "通知", en: "the notification" },
};

const MODES = [
  { mode: "up", seconds: null, zh: "正常", en: "up" },
  { mode: "down", seconds: null, zh: "断网（拒绝连接）", en: "refuses connections" },
  { mode: "down", seconds: 120, zh: "断网 2 分钟", en: "down for 2 minutes" },
  { mode: "blackhole", seconds: null, zh: "黑洞（不应答）", en: "never answers" },
  { mode: "portal", seconds: null, zh: "上网要登录", en: "a login page answers" },
  { mode: "maintenance", seconds: null, zh: "系统维护", en: "maintenance" },
] as const;

function switchesOf(side: Behaviour["side"]): Html {
  const names = BEHAVIOUR_NAMES.filter(
    (name) => behaviour(name).side === side && name !== "sub_code",
  );
  const buttons = names.map((name) => {
    const { text } = behaviour(name);
    return html`<button type="button" data-behaviour="${name}" aria-pressed="false">
      ${text.zh}<small lang="en">${text.en}</small>
    </button>`;
  });
  return html`<fieldset>
    <legend>${SIDES[side].zh} <small lang="en">${SIDES[side].en}</small></legend>
    <div class="switches">${buttons}</div>
  </fieldset>`;
}

function faultsSection(active: Html): Html {
  const methods = METHODS.map((method) => html`<option value="${method}">${method}</option>`);
  const codes = [...new Set(answerable.map((row) => row.sub_code))];
  const options = codes.map((code) => html`<option value="${code}"></option>`);
  const modes = MODES.map(({ mode, seconds, zh, en }) => {
    const wait = seconds === null ? new Html("") : html` data-seconds="${seconds}"`;
    const tone = mode === "up" ? "calm" : "";
    return html`<button
      type="button"
      class="${tone}"
      data-mode="${mode}"
      ${wait}
      aria-pressed="false"
    >
      ${zh}<small lang="en">${en}</small>
    </button>`;
  });
  return html`<section aria-labelledby="h-faults">
    <h2 id="h-faults">故障开关 <small lang="en">faults</small></h2>
    <div id="active">${active}</div>
    <fieldset>
      <legend>整个网关 <small lang="en">the whole gateway</small></legend>
      <div class="switches">${modes}</div>
    </fieldset>
    <fieldset>
      <legend>接下来的调用 <small lang="en">the next calls</small></legend>
      <div class="fields">
        <label for="method"
          >接口
          <select id="method">
            <option value="*">任何接口</option>
            ${methods}
          </select></label
        >
        <label for="times"
          >次数 <input id="times" type="number" min="1" max="1000" value="1"
        /></label>
      </div>
      <form id="by-code" class="fields">
        <label for="sub-code"
          >错误码
          <input
            id="sub-code"
            list="sub-codes"
            required
            pattern="[\\w.\\-]{1,80}"
            placeholder="ACQ.SYSTEM_ERROR"
        /></label>
        <datalist id="sub-codes">${options}</datalist> <button>答这个错误码</button>
      </form>
    </fieldset>
    ${switchesOf("line")} ${switchesOf("answer")} ${switchesOf("buyer")} ${switchesOf("notify")}
  </section>`;
}

function amountsSection(): Html {
  const rows = SENTINELS.map(sentinelRow).map(
    (row) =>
      html`<tr>
        <td class="sum">${row.amount}</td>
        <td>${row.what}</td>
        <td class="number">${row.methods}</td>
      </tr>`,
  );
  return html`<section>
    <details>
      <summary>会触发故障的金额 <small lang="en">amounts that provoke something</small></summary>
      <div class="wide tall" tabindex="0" role="group" aria-label="会触发故障的金额">
        ${table("金额与触发的故障", ["金额（元）", "触发", "接口"], rows)}
      </div>
    </details>
  </section>`;
}

function page(parts: Readonly<Record<string, string>>, links: readonly PageLink[]): string {
  const part = (id: string): Html => new Html(parts[id] ?? "");
  const section = (id: string, zh: string, en: string, wide = false): Html =>
    html`<section aria-labelledby="h-${id}">
      <h2 id="h-${id}">${zh} <small lang="en">${en}</small></h2>
      ${wide ? html`<div id="${id}" class="wide" tabindex="0" role="group" aria-labelledby="h-${id}">${part(id)}</div>` : html`<div id="${id}">${part(id)}</div>`}
    </section>`;
  const nav = links
    .filter((link) => link.title !== null)
    .map((link) => html`<a href="${link.prefix.slice(1)}/">${link.title?.zh ?? ""}</a>`);
  return sandboxPage({
    title: "支付宝替身",
    heading: { zh: "支付宝替身", en: "sandbox Alipay" },
    nav,
    main: html`<div>
        ${section("wallets", "顾客的付款码", "customers and their payment codes")}
        ${section("trades", "交易", "trades", true)}
      </div>
      <div>
        ${section("asked", "等顾客输密码", "asked for the password")}
        ${section("qr", "等顾客扫码", "QR codes to scan")} ${faultsSection(part("active"))}
        ${amountsSection()} ${section("notifications", "异步通知", "notifications", true)}
        ${section("requests", "请求记录", "requests", true)}
      </div>`,
    script: SCRIPT,
  });
}
