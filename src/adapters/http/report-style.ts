/** The look of a printed report: the till's colours, black enough for a cheap printer, nothing from outside. */
export const reportStyle = `:root{color-scheme:light;--ink:#16202b;--ink-2:#4a5866;--line:#d9e0e7;--good:#1a6b2d;--care:#8a4b00;--bad:#a11212;--wait:#0b4f8a}
*{box-sizing:border-box;margin:0}body{font:15px/1.55 "Noto Sans CJK SC","PingFang SC","Microsoft YaHei",system-ui,sans-serif;color:var(--ink);background:#f4f6f8;padding:20px}
main{max-width:56rem;margin:0 auto;background:#fff;border:1px solid var(--line);border-radius:14px;padding:28px 32px 36px}
.top{display:flex;flex-wrap:wrap;justify-content:space-between;gap:4px 24px;align-items:flex-start;border-bottom:2px solid var(--ink);padding-bottom:14px}.top p{color:var(--ink-2)}
h1{font-size:32px;line-height:1.2;letter-spacing:.02em;font-variant-numeric:tabular-nums}h1 small{display:block;font-size:15px;font-weight:400;letter-spacing:0;color:var(--ink-2)}.top dl{margin:0}
.demo{background:#fff1d6;color:#5c3200;font-weight:700;text-align:center;border-radius:8px;padding:4px;margin-bottom:14px}
.money{margin:18px 0 4px;padding:14px 18px;border:2px solid var(--ink);border-radius:10px;font-size:20px;font-weight:700}.cause{margin-top:12px;padding:12px 18px;border-left:5px solid var(--care);background:#fff8ea;border-radius:0 10px 10px 0}.cause h2{margin:0 0 4px;font-size:20px;color:var(--ink)}
h2{font-size:15px;color:var(--ink-2);margin:24px 0 8px}dl{display:grid;grid-template-columns:max-content 1fr;gap:3px 18px}dt{color:var(--ink-2)}dd{margin:0;overflow-wrap:anywhere;font-variant-numeric:tabular-nums}
table{width:100%;border-collapse:collapse}th,td{text-align:left;vertical-align:top;padding:6px 10px 6px 0;border-top:1px solid var(--line);overflow-wrap:anywhere}thead th{color:var(--ink-2);font-weight:600;font-size:13px;border-top:0}tbody th{font-weight:600;width:9.5em}
td ul{list-style:none;padding:0}time,.when{font-variant-numeric:tabular-nums;white-space:nowrap}.proof{color:var(--ink-2);font-size:14px}
.v{white-space:nowrap;font-weight:600}.confirmed{color:var(--bad)}.suspected{color:var(--care)}.ruled_out{color:var(--ink-2);font-weight:400}.not_known{color:var(--wait)}
ol{padding-left:1.4em}ol .done{color:var(--ink-2)}ol .now{font-weight:700}
.call td:last-child{font-size:20px;font-weight:700;white-space:nowrap;text-align:right;font-variant-numeric:tabular-nums}
section+section{margin-top:28px}
footer{margin-top:26px;padding-top:12px;border-top:1px solid var(--line);color:var(--ink-2);font-size:14px}footer a{display:inline-block;padding:10px 14px 10px 0;color:#0958d9}
@media(max-width:640px){body{padding:0;background:#fff}main{border:0;padding:16px}h1{font-size:28px}.families thead{display:none}.families tr{display:grid;grid-template-columns:1fr auto;border-top:1px solid var(--line);padding:6px 0}.families th,.families td{border:0;padding:2px 0;width:auto}.families td:nth-child(n+3){grid-column:1/-1}dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:6px}.call td{display:block;border:0;padding:0}.call td:last-child{text-align:left}.call tr{display:block;padding:8px 0;border-top:1px solid var(--line)}}
@page{size:A4;margin:14mm}@media print{body{background:#fff;padding:0;font-size:10.5pt}main{border:0;padding:0;max-width:none}tr,li,.money,.cause{break-inside:avoid}h2{break-after:avoid}nav{display:none}}`;
