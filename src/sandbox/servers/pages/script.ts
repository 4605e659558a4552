/** Plain browser code: buttons post to the control interface, and the changing parts are fetched once a second. */
export const SCRIPT = `
"use strict";
const byId = (id) => document.getElementById(id);
const said = byId("said");
const shown = {};
const call = async (method, path, body) => {
  const init = { method };
  if (body !== undefined) { init.headers = { "content-type": "application/json" }; init.body = JSON.stringify(body); }
  const reply = await fetch(path, init).catch(() => null);
  if (reply === null) { said.textContent = "沙盒没有应答。"; return null; }
  const answer = await reply.json();
  said.textContent = reply.ok ? "" : answer.detail;
  await refresh();
  return reply.ok ? answer : null;
};
const put = (id, text) => {
  if (shown[id] === text) return;
  const place = byId(id), focused = document.activeElement;
  if (focused !== null && focused.tagName === "SELECT" && place.contains(focused)) return;
  const key = place.contains(focused) ? focused.dataset.key : undefined;
  place.innerHTML = text;
  shown[id] = text;
  if (key !== undefined) for (const one of place.querySelectorAll("[data-key]")) if (one.dataset.key === key) one.focus();
};
const refresh = async () => {
  const reply = await fetch("live").catch(() => null);
  if (reply === null || !reply.ok) { said.textContent = "沙盒没有应答。"; return; }
  const live = await reply.json();
  for (const [id, text] of Object.entries(live.sections)) put(id, text);
  for (const button of document.querySelectorAll("[data-behaviour]"))
    button.setAttribute("aria-pressed", String(live.behaviours.includes(button.dataset.behaviour)));
  for (const button of document.querySelectorAll("[data-mode]"))
    button.setAttribute("aria-pressed", String(button.dataset.mode === live.mode && button.dataset.seconds === undefined));
};
const count = () => {
  for (const place of document.querySelectorAll("[data-until]"))
    place.textContent = Math.max(0, Math.ceil((Number(place.dataset.until) - Date.now()) / 1000)) + " 秒";
};
const fault = () => ({ method: byId("method").value, times: Number(byId("times").value) });
document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button === null) return;
  const { copy, post, behaviour, mode, seconds } = button.dataset;
  if (copy !== undefined) void navigator.clipboard.writeText(copy).then(() => { said.textContent = "付款码已复制。"; });
  if (post !== undefined) void call("POST", post, {});
  if (button.dataset.delete !== undefined) void call("DELETE", button.dataset.delete);
  if (mode !== undefined) void call("POST", "control/gateway", { mode, ...(seconds === undefined ? {} : { seconds: Number(seconds) }) });
  if (behaviour === undefined) return;
  if (button.getAttribute("aria-pressed") === "true") void clear(behaviour);
  else void call("POST", "control/faults", { behaviour, ...fault() });
});
const clear = async (behaviour) => {
  const reply = await fetch("control/faults");
  for (const one of (await reply.json()).faults) if (one.behaviour === behaviour) await call("DELETE", "control/faults/" + one.id);
};
document.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target;
  if (form.id === "by-code") void call("POST", "control/faults", { behaviour: "sub_code", sub_code: byId("sub-code").value, ...fault() });
  const target = form.dataset.target;
  if (target !== undefined) void call("POST", "control/scan", { target, wallet: form.elements.wallet.value, pays: event.submitter?.name !== "look" });
});
void refresh();
setInterval(() => { if (!document.hidden) void refresh(); }, 1000);
setInterval(count, 250);
`;
