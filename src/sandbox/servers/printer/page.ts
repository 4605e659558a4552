/** The printer's page: the paper as it comes out, the tray, and a button for everything that can go wrong. */
import { escapeMarkup } from "../../../core/text/markup.ts";
import type { Text } from "../../../core/text/text.ts";
import { paperText, type Paper } from "../../model/printer/paper.ts";
import { ACTION_TEXT, DEVICE_CONTROLS, LINE_CONTROLS, type Control } from "./controls.ts";
import { PAGE_SCRIPT, PAGE_STYLE } from "./page-assets.ts";
import { ACTIONS, type PrinterState } from "./state.ts";

const label = (text: Text): string =>
  `${escapeMarkup(text.zh)}<small lang="en">${escapeMarkup(text.en)}</small>`;

/** A choice is on when the state has all that it sets. */
const isOn = (state: PrinterState, change: object): boolean =>
  Object.entries(change).every(
    ([key, value]) => JSON.stringify(state[key as keyof PrinterState]) === JSON.stringify(value),
  );

function controlHtml(control: Control, state: PrinterState): string {
  const buttons = control.choices.map(
    ({ text, change, fault }) =>
      `<button type="button" class="${fault ? "fault" : "calm"}" aria-pressed="${isOn(state, change)}" ` +
      `data-change="${escapeMarkup(JSON.stringify(change))}">${label(text)}</button>`,
  );
  return `<fieldset><legend>${label(control.text)}</legend><div>${buttons.join("")}</div></fieldset>`;
}

/** One finished paper in the tray. */
export function trayItem(paper: Paper): string {
  const text = paperText(paper);
  const ends = { full: "全切", partial: "半切", torn: "撕下" }[paper.end];
  return (
    `<li><a href="papers/${paper.n}.svg"><img src="papers/${paper.n}.svg" loading="lazy" alt="第 ${paper.n} 张的图"></a>` +
    `<p>第 ${paper.n} 张 · ${ends} · ${Math.round(paper.length / 8)} 毫米` +
    `<span><a href="papers/${paper.n}.png">PNG</a><a href="papers/${paper.n}.txt">文本</a><a href="papers/${paper.n}.json">JSON</a></span></p>` +
    `<details><summary>第 ${paper.n} 张的文字</summary><pre>${escapeMarkup(text)}</pre></details></li>`
  );
}

const trayShown = 30;

export interface PageInput {
  readonly base: string;
  readonly state: PrinterState;
  readonly papers: readonly Paper[];
  /** What hangs out of the printer, strip by strip. */
  readonly strips: readonly string[];
}

export function printerPage({ base, state, papers, strips }: PageInput): string {
  const groups = (controls: readonly Control[]): string =>
    controls.map((control) => controlHtml(control, state)).join("");
  const actions = ACTIONS.map(
    (action) =>
      `<button type="button" data-action="${action}">${label(ACTION_TEXT[action])}</button>`,
  ).join("");
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>沙盒打印机 ${escapeMarkup(state.address)}</title>
<base href="${escapeMarkup(base)}">
<link rel="icon" href="data:,">
<style>${PAGE_STYLE}</style>
</head>
<body>
<header>
<h1>沙盒打印机<small lang="en">Sandbox printer</small></h1>
<p>${escapeMarkup(state.profile)} · ${state.paper_mm} 毫米 · ${escapeMarkup(state.address)}</p>
<p id="status" role="status" aria-live="polite"></p>
</header>
<main>
<section aria-labelledby="faults"><h2 id="faults">打印机<small lang="en">Device</small></h2>
${groups(DEVICE_CONTROLS)}
<h2>连接<small lang="en">Line</small></h2>
${groups(LINE_CONTROLS)}
</section>
<section aria-labelledby="out"><h2 id="out">正在出纸<small lang="en">Coming out</small></h2>
<div class="slot"></div>
<div id="paper" class="paper" role="img" aria-label="正在出的纸">${strips.join("")}</div>
<p class="none">还没有纸出来</p>
<h2>动作<small lang="en">Actions</small></h2><div class="acts">${actions}</div>
<h2>读数<small lang="en">Readings</small></h2><dl id="readings"></dl>
</section>
<section aria-labelledby="tray-title"><h2 id="tray-title">纸槽<small lang="en">Tray</small></h2>
<ol id="tray">${papers.slice(-trayShown).toReversed().map(trayItem).join("")}</ol>
</section>
</main>
<script type="application/json" id="state">${JSON.stringify(state).replaceAll("<", "\\u003c")}</script>
<script>${PAGE_SCRIPT}</script>
</body>
</html>`;
}
