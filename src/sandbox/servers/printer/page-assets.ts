/** Style and script of the printer's page; they travel inside it, so that it needs nothing else. */

export const PAGE_STYLE = `
:root { --ink: #16202b; --ink-2: #4a5866; --line: #d9e0e7; --ground: #f4f6f8; --card: #ffffff; --accent: #0958d9;
  --good: #1a6b2d; --good-bg: #e6f4ea; --care: #8a4b00; --care-bg: #fff1d6; --bad: #a11212; --bad-bg: #fdeaea; --r: 14px;
  --font: "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", system-ui, sans-serif }
* { box-sizing: border-box; margin: 0 }
body { font: 15px/1.5 var(--font); color: var(--ink); background: var(--ground) }
header { display: flex; flex-wrap: wrap; align-items: center; gap: 6px 20px; padding: 12px 20px; background: var(--card); border-bottom: 1px solid var(--line) }
h1 { font-size: 20px } h2 { font-size: 16px; margin: 18px 0 8px } section > h2:first-child { margin-top: 0 }
small { font-size: 12px; font-weight: 400; color: var(--ink-2); margin-left: 6px } header p { color: var(--ink-2) }
#status { margin-left: auto; font-weight: 600; padding: 2px 14px; border-radius: 999px } #status:empty { display: none }
#status.good { color: var(--good); background: var(--good-bg) } #status.care { color: var(--care); background: var(--care-bg) } #status.bad { color: var(--bad); background: var(--bad-bg) }
main { display: grid; grid-template-columns: minmax(380px, 1fr) 400px minmax(220px, 320px); gap: 20px; padding: 20px; align-items: start; max-width: 1480px; margin: 0 auto }
@media (max-width: 1080px) { main { grid-template-columns: 1fr 1fr } main > section:first-child { grid-row: span 2 } }
@media (max-width: 760px) { main { grid-template-columns: 1fr } }
main > section { background: var(--card); border: 1px solid var(--line); border-radius: var(--r); padding: 16px 18px; min-width: 0 }
fieldset { border: 0; padding: 0; margin: 0 0 8px; display: grid; grid-template-columns: 112px 1fr; gap: 8px; align-items: center }
legend { float: left; font-size: 14px; color: var(--ink-2); padding: 0; line-height: 1.25 } legend small { display: block; margin: 0 }
fieldset > div, .acts { display: flex; flex-wrap: wrap; gap: 6px }
button { font: 600 14px/1.2 var(--font); padding: 7px 12px; min-height: 42px; border-radius: 10px; border: 1px solid var(--line); background: var(--card); color: var(--ink); cursor: pointer }
button small { display: block; margin: 1px 0 0; font-size: 11px } button:focus-visible, a:focus-visible, summary:focus-visible { outline: 3px solid var(--accent); outline-offset: 1px }
button[aria-pressed="true"].calm { background: var(--good-bg); border-color: var(--good); color: var(--good) }
button[aria-pressed="true"].fault { background: var(--care-bg); border-color: var(--care); color: var(--care) }
button[aria-pressed="true"] small { color: inherit }
.slot { height: 10px; border-radius: 5px; background: var(--ink) }
.paper { background: #fffdf8; border: 1px solid #e8e2d4; border-top: 0; margin: 0 10px; overflow: hidden auto; max-height: 70vh }
.paper:empty { display: none } .paper:not(:empty) + .none { display: none } .paper svg { display: block; width: 100%; height: auto }
@media (prefers-reduced-motion: no-preference) { .paper svg.new { animation: out .12s ease-out } @keyframes out { from { opacity: 0; transform: translateY(-8px) } } }
.none { color: var(--ink-2); border: 2px dashed var(--line); border-radius: var(--r); text-align: center; padding: 40px 20px; margin: 14px 10px }
dl { display: grid; grid-template-columns: auto 1fr; gap: 2px 14px; font-size: 14px } dt { color: var(--ink-2) } dd { text-align: right; font-variant-numeric: tabular-nums }
ol { list-style: none; padding: 0; display: grid; gap: 14px } ol img { display: block; width: 100%; border: 1px solid #e8e2d4; background: #fffdf8 }
ol p { font-size: 13px; color: var(--ink-2); display: flex; flex-wrap: wrap; gap: 4px 12px } ol p span { display: flex; gap: 10px; margin-left: auto } ol p a { line-height: 24px }
a { color: var(--accent) }
summary { font-size: 13px; color: var(--ink-2); cursor: pointer } pre { font-size: 12px; overflow-x: auto; background: var(--ground); padding: 8px; border-radius: 8px }
`;

/** Plain browser code: posts what a button says, and keeps page and printer alike by server-sent events. */
export const PAGE_SCRIPT = `
"use strict";
const byId = (id) => document.getElementById(id);
const paper = byId("paper"), tray = byId("tray"), status = byId("status"), readings = byId("readings");
const buttons = [...document.querySelectorAll("button[data-change]")].map((button) => [button, Object.entries(JSON.parse(button.dataset.change))]);
const say = (text, tone) => { if (status.textContent !== text) status.textContent = text; status.className = tone; };
const CAUSES = [
  [(s) => s.power === "off", "断电", "bad"], [(s) => s.refuse, "拒绝连接", "bad"], [(s) => s.cover === "open", "机盖打开", "care"],
  [(s) => s.paper === "out", "缺纸", "care"], [(s) => s.cutter_error, "切刀卡住", "bad"], [(s) => s.head === "hot", "打印头过热", "care"],
  [(s) => s.mechanism !== "ok", "机芯故障", "bad"], [(s) => s.waiting_for_feed, "等待按 FEED", "care"], [(s) => s.mute, "不回应", "care"],
  [(s) => s.offline, "脱机", "care"], [(s) => s.paper === "near_end", "联机，纸将尽", "care"], [(s) => s.printing, "打印中", "good"],
];
const show = (s) => {
  for (const [button, wanted] of buttons) button.setAttribute("aria-pressed", String(wanted.every(([key, value]) => JSON.stringify(s[key]) === JSON.stringify(value))));
  const [, text, tone] = CAUSES.find(([applies]) => applies(s)) ?? [null, "联机", "good"];
  say(text, tone);
  const rows = [["连接数", s.connections], ["缓冲区", s.buffered_bytes + " 字节"], ["剩纸", s.paper_left_mm === null ? "足够" : Math.round(s.paper_left_mm) + " 毫米"], ["已打行数", s.lines], ["切纸次数", s.cuts], ["纸槽张数", s.papers]];
  readings.replaceChildren(...rows.flatMap(([name, value]) => { const dt = document.createElement("dt"), dd = document.createElement("dd"); dt.textContent = name; dd.textContent = String(value); return [dt, dd]; }));
};
show(JSON.parse(byId("state").textContent));
const post = async (path, body) => {
  const reply = await fetch(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  const answer = await reply.json();
  if (reply.ok) show(answer); else say(answer.detail, "bad");
};
document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button?.dataset.change) void post("state", JSON.parse(button.dataset.change));
  if (button?.dataset.action) void post("actions/" + button.dataset.action, {});
});
const news = new EventSource("events");
news.addEventListener("open", () => { if (news.missed) location.reload(); });
news.addEventListener("error", () => { news.missed = true; say("与沙盒断开，正在重连", "bad"); });
news.addEventListener("state", (event) => show(JSON.parse(event.data)));
news.addEventListener("strip", (event) => {
  paper.insertAdjacentHTML("beforeend", JSON.parse(event.data));
  paper.lastElementChild.classList.add("new");
  paper.scrollTop = paper.scrollHeight;
});
news.addEventListener("paper", (event) => {
  const { item, strips } = JSON.parse(event.data);
  paper.innerHTML = strips;
  tray.insertAdjacentHTML("afterbegin", item);
  while (tray.children.length > 30) tray.lastElementChild.remove();
});
news.addEventListener("cleared", () => tray.replaceChildren());
`;
