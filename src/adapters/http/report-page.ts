/** The report of an incident as a page: for the screen, a phone, or A4. Rendered here, without a script. */
import { END_TEXTS, FIXER_TEXTS, VERDICT_TEXTS, WHY_TEXTS } from "../../core/text/diagnosis.ts";
import type { EvidenceLineView, FamilyView } from "../../core/diagnosis/view.ts";
import type { IncidentReport } from "../../core/diagnosis/report.ts";
import type { Verdict } from "../../core/diagnosis/finding.ts";
import { figureText } from "../../core/money/money.ts";
import {
  durationText,
  guideStateText,
  incidentText,
  phoneReportText,
} from "../../core/text/incident.ts";
import { escapeMarkup } from "../../core/text/markup.ts";
import { reportText as t } from "../../core/text/report.ts";
import { fill, say, type Language, type Text } from "../../core/text/text.ts";
import { reportStyle } from "./report-style.ts";

export interface ReportLinks {
  /** The same report in the other language. */
  readonly other: string;
  /** Null: only people read it there. */
  readonly json: string | null;
}

/** Says a text of this page's language, made safe for markup. */
type Words = (text: Text) => string;

const SIGN: Record<Verdict, string> = {
  confirmed: "●",
  suspected: "◐",
  ruled_out: "–",
  not_known: "○",
};

const day = (time: string): string => time.slice(0, 19).replace("T", " ");
/** "11-23 17:21:06.217" */
const moment = (time: string): string => time.replace(/^\d{4}-(\d\d-\d\d)T([\d:.]+).*$/, "$1 $2");
const clock = (time: string): string => `<time>${escapeMarkup(time.slice(11, 19))}</time>`;

export function reportPage(report: IncidentReport, language: Language, links: ReportLinks): string {
  const words: Words = (text) => escapeMarkup(say(text, language));
  const title = escapeMarkup(say(t.title, language, { no: report.case_no }));
  const parts = [
    report.livemode ? "" : `<p class="demo">${words(t.demo)}</p>`,
    head(report, words),
    `<p class="money">${words(report.incident.money)}</p>`,
    cause(report.incident, words),
    facts(report, words),
    calls(report, words),
    families(report.incident.families, words),
    guide(report, words),
    timeline(report.timeline, words),
    versions(report, words),
    foot(words, links),
  ];
  const lang = language === "zh" ? "zh-CN" : "en";
  return `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><title>${title}</title><style>${reportStyle}</style></head><body><main>${parts.join("\n")}</main></body></html>`;
}

function head({ case_no: caseNo, store, made_at: madeAt }: IncidentReport, words: Words): string {
  const shop = [store.merchant_name, store.store_name].filter(Boolean).join(" · ");
  const rows = list([
    [words(t.store), escapeMarkup(shop)],
    [words(t.terminal), escapeMarkup(store.terminal_no)],
    [words(t.madeAt), escapeMarkup(day(madeAt))],
  ]);
  return `<div class="top"><h1><small>${words(t.kind)}</small>${escapeMarkup(caseNo)}</h1>${rows}</div>`;
}

/** Names and values; what isn't known is left out. */
function list(rows: readonly (readonly [name: string, value: string | null])[]): string {
  const shown = rows.filter(([, value]) => value !== null && value !== "");
  return `<dl>${shown.map(([name, value]) => `<dt>${name}</dt><dd>${value}</dd>`).join("")}</dl>`;
}

const verdictOf = (verdict: Verdict, words: Words): string =>
  `<span class="v ${verdict}">${SIGN[verdict]} ${words(VERDICT_TEXTS[verdict])}</span>`;

/** A refusal's words about the money are its advice too: each sentence stands once. */
function cause({ first, money }: IncidentReport["incident"], words: Words): string {
  if (first === null)
    return `<section class="cause"><h2>${words(t.cause)}</h2>${verdictOf("not_known", words)}</section>`;
  const sentences = [first.explain, first.next_step].filter(
    (one, at, all) => one.zh !== money.zh && all.findIndex(({ zh }) => zh === one.zh) === at,
  );
  const said = sentences.map((one) => `<p>${words(one)}</p>`).join("");
  return `<section class="cause"><h2>${words(first.title)}</h2><p>${verdictOf(first.verdict, words)} · ${words(fill(incidentText.fixer, { who: FIXER_TEXTS[first.fixer] }))}</p>${said}</section>`;
}

function facts({ incident, sale }: IncidentReport, words: Words): string {
  const { ended, closed_at: closedAt } = incident;
  const plain = (value: string | null | undefined): string | null =>
    value === null || value === undefined ? null : escapeMarkup(value);
  return `<h2>${words(t.facts)}</h2>${list([
    [words(t.why), words(WHY_TEXTS[incident.why])],
    [words(t.opened), escapeMarkup(day(incident.opened_at))],
    [words(t.closed), closedAt === null ? words(t.stillOpen) : escapeMarkup(day(closedAt))],
    [
      words(t.ended),
      ended === null
        ? null
        : `${words(END_TEXTS[ended.how])} · ${words(ended.fixed_by)} · ${words(durationText(ended.took_ms))}`,
    ],
    [words(t.amount), sale === null ? null : `${figureText(sale.amount_fen)}`],
    [words(t.orderNo), plain(sale?.order_no)],
    [words(t.tradeNo), plain(sale?.provider_trade_no)],
    [words(t.receiptNo), plain(sale?.receipt_number)],
    [words(t.payer), plain(sale?.payer)],
  ])}`;
}

function calls({ escalation }: IncidentReport, words: Words): string {
  const rows = escalation.call.map(
    ({ who, why, phone }) =>
      `<tr><td><b>${words(who)}</b></td><td>${words(why)}</td><td>${phone === null ? words(t.noPhone) : escapeMarkup(phone)}</td></tr>`,
  );
  const numbers = escalation.numbers.map(
    ({ name, value }) => [words(name), escapeMarkup(value)] as const,
  );
  return `<h2>${words(t.call)}</h2><table class="call"><tbody>${rows.join("")}</tbody></table><h2>${words(t.numbers)}</h2>${list(numbers)}`;
}

function families(all: readonly FamilyView[], words: Words): string {
  const names = [t.family, t.verdict, t.evidence].map((name) => `<th>${words(name)}</th>`).join("");
  return `<h2>${words(t.families)}</h2><table class="families"><thead><tr>${names}</tr></thead><tbody>${all.map((one) => familyRow(one, words)).join("")}</tbody></table>`;
}

function familyRow({ name, verdict, findings, against, asking }: FamilyView, words: Words): string {
  const found = findings.map(
    (one) =>
      `<li><b>${words(one.title)}</b> ${verdictOf(one.verdict, words)} · ${words(FIXER_TEXTS[one.fixer])} <code>${escapeMarkup(one.cause)}</code>${proofs(one.evidence, words)}</li>`,
  );
  const asked = asking === null ? "" : `<li>${words(asking)}</li>`;
  return `<tr><th scope="row">${words(name)}</th><td>${verdictOf(verdict, words)}</td><td><ul>${found.join("")}${asked}</ul>${proofs(against, words)}</td></tr>`;
}

const proofs = (lines: readonly EvidenceLineView[], words: Words): string =>
  lines
    .map(
      ({ at, source, text }) =>
        `<p class="proof">${clock(at)} ${words(source)} · ${words(text)}</p>`,
    )
    .join("");

function guide({ incident }: IncidentReport, words: Words): string {
  if (incident.guide.length === 0) return "";
  const steps = incident.guide.map(
    ({ text, state, seen }) =>
      `<li class="${state}">${words(text)} · ${words(guideStateText[state])}${seen === null ? "" : ` <span class="proof">${words(seen)}</span>`}</li>`,
  );
  return `<h2>${words(t.guide)}</h2><ol>${steps.join("")}</ol>`;
}

function timeline(lines: readonly EvidenceLineView[], words: Words): string {
  if (lines.length === 0) return "";
  const rows = lines.map(
    ({ at, source, text }) =>
      `<tr><td class="when">${escapeMarkup(moment(at))}</td><td>${words(source)}</td><td>${words(text)}</td></tr>`,
  );
  const names = [t.time, t.source, t.what].map((name) => `<th>${words(name)}</th>`).join("");
  return `<h2>${words(t.timeline)}</h2><table><thead><tr>${names}</tr></thead><tbody>${rows.join("")}</tbody></table>`;
}

const versions = (report: IncidentReport, words: Words): string =>
  `<h2>${words(t.versions)}</h2>${list(report.versions.map(({ name, value }) => [words(name), escapeMarkup(value)]))}`;

const foot = (words: Words, { other, json }: ReportLinks): string =>
  `<footer><p>${words(t.noSecrets)}</p><nav><a href="${escapeMarkup(other)}">${words(t.other)}</a> ${json === null ? "" : `<a href="${escapeMarkup(json)}">${words(t.json)}</a> `}${words(t.printHint)}</nav></footer>`;

/** Expired, or never given: which of the two is nobody's business. */
export function reportGonePage(): string {
  const { gone, goneTitle } = phoneReportText;
  const words = (["zh", "en"] as const).map(
    (language) =>
      `<section lang="${language === "zh" ? "zh-CN" : "en"}"><h1>${escapeMarkup(goneTitle[language])}</h1><p>${escapeMarkup(gone[language])}</p></section>`,
  );
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><title>${escapeMarkup(goneTitle.zh)} · ${escapeMarkup(goneTitle.en)}</title><style>${reportStyle}</style></head><body><main>${words.join("")}</main></body></html>`;
}
