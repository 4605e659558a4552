/** The till's colours and shapes, for pages of the sandbox. */
export const STYLE = `
:root { --ink: #16202b; --ink-2: #4a5866; --line: #d9e0e7; --ground: #f4f6f8; --card: #ffffff; --accent: #0958d9;
  --good: #1a6b2d; --good-bg: #e6f4ea; --wait: #0b4f8a; --wait-bg: #e7f1fb; --care: #8a4b00; --care-bg: #fff1d6;
  --bad: #a11212; --bad-bg: #fdeaea; --r: 14px;
  --font: "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", system-ui, sans-serif;
  --num: "DIN Alternate", "Noto Sans CJK SC", ui-monospace, monospace }
* { box-sizing: border-box; margin: 0 }
body { font: 15px/1.5 var(--font); color: var(--ink); background: var(--ground) }
header { display: flex; flex-wrap: wrap; align-items: center; gap: 6px 20px; padding: 12px 20px; background: var(--card); border-bottom: 1px solid var(--line) }
h1 { font-size: 20px } h2 { font-size: 17px; margin-bottom: 10px } h3 { font-size: 16px }
small { font-size: 13px; font-weight: 400; color: var(--ink-2) } header .demo { color: var(--care); background: var(--care-bg); padding: 2px 12px; border-radius: 999px; font-weight: 600 }
nav { margin-left: auto; display: flex; gap: 16px } a { color: var(--accent) }
main { display: grid; grid-template-columns: minmax(0, 1.25fr) minmax(0, 1fr); gap: 18px; padding: 18px 20px; max-width: 1480px; margin: 0 auto; align-items: start }
@media (max-width: 980px) { main { grid-template-columns: minmax(0, 1fr) } }
main > div { display: grid; gap: 18px; min-width: 0 }
section { background: var(--card); border: 1px solid var(--line); border-radius: var(--r); padding: 16px 18px; min-width: 0 }
.cards { list-style: none; padding: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(min(290px, 100%), 1fr)); gap: 14px }
.card { border: 1px solid var(--line); border-radius: 10px; padding: 12px 14px; display: grid; gap: 6px; align-content: start } .card.off { background: var(--bad-bg) } .card.off small { color: var(--bad) }
.money { font: 600 17px/1.4 var(--num) } .money small { display: block; font-family: var(--font) }
.code { font: 600 17px/1.3 var(--num); letter-spacing: .5px; display: flex; align-items: center; justify-content: space-between; gap: 8px } .code > * { flex: none; white-space: nowrap }
.bars, .qr { background: #fff } .bars svg { display: block; width: 100%; height: 64px } .qr svg { display: block; width: 128px; height: 128px; margin: 0 auto }
.till { font-size: 13px; color: var(--ink-2); text-align: center } .number { font: 13px/1.4 var(--num); color: var(--ink-2); overflow-wrap: anywhere } td.number { white-space: nowrap } td.answer { overflow-wrap: anywhere }
.rows { list-style: none; padding: 0; display: grid; gap: 8px } .rows li { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 12px } .none { color: var(--ink-2) }
button, select, input { font: 600 14px/1.2 var(--font); min-height: 44px; padding: 8px 12px; border-radius: 10px; border: 1px solid #8795a3; background: var(--card); color: var(--ink) }
button { cursor: pointer; border-color: var(--line) } button.small { font-size: 13px } button.go { background: var(--accent); border-color: var(--accent); color: #fff }
button[aria-pressed="true"] { background: var(--care-bg); border-color: var(--care); color: var(--care) } button.calm[aria-pressed="true"] { background: var(--good-bg); border-color: var(--good); color: var(--good) }
button small { display: block; font-size: 12px; color: inherit }
:is(button, select, input, a, summary, [tabindex]):focus-visible { outline: 3px solid var(--accent); outline-offset: 1px }
.switches { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 8px } fieldset { border: 0; padding: 0; margin-top: 14px } legend { font-weight: 600; color: var(--ink-2) }
label { font-size: 14px; color: var(--ink-2); display: inline-flex; flex-wrap: wrap; align-items: center; gap: 8px } .fields { display: flex; flex-wrap: wrap; gap: 12px; margin-bottom: 4px } input[type="number"] { width: 92px } .scan { display: flex; flex-wrap: wrap; gap: 8px }
.wide { overflow-x: auto } .tall { max-height: 420px; overflow-y: auto } table { border-collapse: collapse; width: 100%; font-size: 14px } th { text-align: left; white-space: nowrap; color: var(--ink-2); font-weight: 600 } td, th { padding: 5px 8px 5px 0; border-bottom: 1px solid var(--line) } .sum { font: 600 14px/1.4 var(--num); text-align: right; padding-right: 16px }
.tag { font-size: 13px; font-weight: 600; padding: 1px 10px; border-radius: 999px; white-space: nowrap } .good { color: var(--good); background: var(--good-bg) } .wait { color: var(--wait); background: var(--wait-bg) } .bad { color: var(--bad); background: var(--bad-bg) }
summary { font-weight: 600; cursor: pointer; min-height: 32px } #said { min-height: 24px; color: var(--care); font-weight: 600 }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
`;
