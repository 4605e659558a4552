/**
 * What is read at the till from a fault to its settled end, in both languages: every line of the screen, the lights and
 * 为何未出票, printed when it changes. Then all is put right, whatever the guide asks for is done, and the history is read.
 */
import type {
  DiagnosisView,
  FindingView,
  IncidentRow,
  IncidentView,
} from "../../src/core/diagnosis/view.ts";
import { figureText } from "../../src/core/money/money.ts";
import type { Text } from "../../src/core/text/text.ts";
import type { Act, Screen } from "../../src/core/till/parts.ts";
import { screenOf } from "../../src/core/till/screen.ts";
import type { SaleView, TillView } from "../../src/core/till/view.ts";
import { Chance } from "./chance.ts";
import type { Fault } from "./fault.ts";
import { actOf } from "./faults/faults.ts";
import { pause, Place } from "./place.ts";

/** Nothing new was read for so long. */
const quietMs = 6_000;
const readMsMax = 45_000;
const mendMsMax = 60_000;
const lookEveryMs = 250;

type Say = (line: string) => void;
const none: Text = { zh: "", en: "" };
/** By what they are about; a line that isn't there any more is told, too. */
type Lines = ReadonlyMap<string, Text>;

interface Seen {
  readonly view: TillView;
  readonly sale: SaleView | null;
  readonly incident: IncidentView | null;
  readonly judged: DiagnosisView | null;
}

/** Nobody has told of it yet: where nobody charges, it comes at the probes' own pace. */
const noticed = ({ judged }: Seen): Promise<boolean> => Promise.resolve(judged?.first === null);

/** Told at once when it is over, so that many can be lived beside each other. */
export async function tellStory(faults: readonly Fault[], seed: number, tell: Say): Promise<void> {
  const lines: string[] = [];
  await live(faults, seed, (line) => lines.push(line)).catch((error: unknown) =>
    lines.push(`broke off: ${String(error)}`),
  );
  tell(lines.join("\n"));
}

async function live(faults: readonly Fault[], seed: number, say: Say): Promise<void> {
  const chance = new Chance(seed);
  say(
    `\n===== ${faults.map(({ id }) => id).join(" + ")} (${faults.map(({ family }) => family).join(", ")}), seed ${seed}`,
  );
  const place = await Place.open(Object.assign({}, ...faults.map(({ config }) => config ?? {})));
  try {
    await place.settleIn();
    const reader = new Reader(place, say);
    reader.chapter("the fault");
    for (const fault of faults) await fault.inject(place, chance);
    reader.saleId = await actOf(faults)(place, chance);
    await reader.read(readMsMax, noticed);
    reader.chapter("all is put right");
    await putRight(place);
    await reader.read(
      mendMsMax,
      async (seen) => (await follow(place, seen)) || seen.incident?.closed_at === null,
    );
    reader.chapter("history");
    await history(place, say);
  } finally {
    await place.close();
  }
}

class Reader {
  readonly #place: Place;
  readonly #say: Say;
  saleId: string | null = null;
  #before: Lines = new Map();
  #startedMs = performance.now();

  constructor(place: Place, say: Say) {
    this.#place = place;
    this.#say = say;
  }

  chapter(name: string): void {
    this.#say(`\n--- ${name}`);
    this.#startedMs = performance.now();
  }

  /** Until nothing new is read for a while and nothing is left to do or to wait for (`goesOn`). */
  async read(limitMs: number, goesOn: (seen: Seen) => Promise<boolean>): Promise<void> {
    const endsAtMs = performance.now() + limitMs;
    let newsMs = performance.now();
    while (performance.now() < Math.min(endsAtMs, newsMs + quietMs)) {
      const seen = await this.#look().catch(() => null);
      if (seen !== null && this.#tell(linesOf(seen))) newsMs = performance.now();
      if (seen !== null && (await goesOn(seen).catch(() => false))) newsMs = performance.now();
      await pause(lookEveryMs);
    }
  }

  async #look(): Promise<Seen> {
    const { box } = this.#place;
    const id = this.saleId;
    const view = await box.ask<TillView>("GET", "/api/till");
    const sale = id === null ? null : await box.ask<SaleView>("GET", `/api/sales/${id}`);
    const incident = id === null ? view.incident : await incidentOf(this.#place, id);
    const judged = await this.#place.diagnosis(id);
    return { view, sale, incident, judged };
  }

  #tell(lines: Lines): boolean {
    const at = `+${((performance.now() - this.#startedMs) / 1_000).toFixed(1)}s`;
    const changed = [...lines].filter(
      ([name, text]) => newsOf(this.#before.get(name) ?? none) !== newsOf(text),
    );
    const gone = [...this.#before.keys()].filter((name) => !lines.has(name));
    this.#before = lines;
    if (changed.length + gone.length === 0) return false;
    this.#say(at);
    for (const [name, { zh, en }] of changed)
      this.#say(`  ${name}: ${zh}\n  ${" ".repeat(name.length)}  ${en}`);
    for (const name of gone) this.#say(`  ${name}: -`);
    return true;
  }
}

async function incidentOf(place: Place, saleId: string): Promise<IncidentView | null> {
  const { data } = await place.box.ask<{ data: readonly IncidentRow[] }>(
    "GET",
    `/api/incidents?sale=${saleId}`,
  );
  const row = data.toSorted((a, b) => b.opened_at.localeCompare(a.opened_at))[0];
  return row === undefined ? null : place.box.ask<IncidentView>("GET", `/api/incidents/${row.id}`);
}

const noDraft = {
  draft: "",
  replaces: false,
  unsure: false,
  taps: false,
  sameAmountAs: null,
  again: null,
  away: false,
};

function linesOf({ view, sale, incident, judged }: Seen): Lines {
  const screen = screenOf(view, { ...noDraft, sale, incident }, Date.now());
  return new Map([
    ...screenLines(screen),
    ...lightLines(view),
    ...whyLines(incident?.closed_at === null ? incident : judged, incident, sale),
    ...(judged?.open_sales ?? []).map((one, n) =>
      line(`F8 open sale ${n + 1} ${figureText(one.amount_fen)}`, one.advice),
    ),
  ]);
}

const line = (name: string, ...parts: readonly (Text | string | null)[]): [string, Text] => {
  const of = (lang: "zh" | "en"): string =>
    parts
      .filter((one) => one !== null)
      .map((one) => (typeof one === "string" ? one : one[lang]))
      .filter((one) => one !== "")
      .join(" | ");
  return [name, { zh: withoutTimes(of("zh")), en: withoutTimes(of("en")) }];
};
/** What counts up by itself is no news. */
const withoutTimes = (words: string): string =>
  words.replaceAll(/\d\d:\d\d:\d\d/g, "hh:mm:ss").replaceAll(/\d+ (?=毫秒|ms)/g, "n ");

/** What speaks against a cause is renewed all the time; what stands before this word is the news. */
const because = "because";
const newsOf = ({ zh }: Text): string => zh.split(` | ${because} | `)[0] ?? "";

const actWords = ({ key, label, look, enabled }: Act): readonly (Text | string)[] => [
  `${key ?? ""}${look === "go" ? "=BLUE" : look === "more" ? "=more" : ""}`,
  label,
  ...(enabled === true ? [] : ["(off)"]),
];

function screenLines(screen: Screen): [string, Text][] {
  const {
    kind,
    tone,
    word,
    headline,
    plain,
    caution,
    money,
    incident,
    guide,
    side,
    warnings,
    acts,
  } = screen;
  return [
    line("screen", `${kind}/${tone}`, word, headline, plain),
    line("caution", caution),
    line("money", money?.text ?? null),
    line("case", incident?.verdictText ?? null, incident?.evidence ?? null, incident?.also ?? null),
    ...(guide?.steps ?? []).map((one) => line(`step ${one.no}`, one.at, one.text, one.seen)),
    line("side", side.tag?.text ?? null, side.text, side.paper),
    ...warnings.map((one, n) => line(`warning ${n + 1}`, one.light, one.text, one.why)),
    line("acts", ...acts.flatMap(actWords)),
  ].filter(([, { zh }]) => zh !== "");
}

function lightLines({ gate }: TillView): [string, Text][] {
  const lights = ["network", "provider", "printer", "till"] as const;
  return [
    ...lights.map((name) => line(`L ${name}`, gate[name].light, gate[name].text, gate[name].why)),
    line("L stops", gate.stops, gate.next_sale, gate.needs_e_receipt ? "needs e-receipt" : null),
  ].filter(([, { zh }]) => zh !== "");
}

function whyLines(
  judged: Pick<DiagnosisView, "first" | "families"> | null,
  incident: IncidentView | null,
  sale: SaleView | null,
): [string, Text][] {
  const first = judged?.first ?? null;
  const state =
    incident === null
      ? "no case"
      : incident.closed_at === null
        ? `case ${incident.why}`
        : "case closed";
  return [
    line("F8 first", ...(first === null ? ["none"] : findingWords(first))),
    line("F8 money", incident?.money ?? sale?.advice ?? null),
    line("F8 case", state),
    ...(incident?.closed_at === null ? incident.guide : []).map((one, n) =>
      line(
        `F8 step ${n + 1}`,
        one.state,
        one.text,
        one.seen,
        one.enabled === true ? null : one.enabled,
      ),
    ),
    ...(judged?.families ?? []).flatMap(({ family, verdict, findings, against, asking }) => [
      line(
        `F8 ${family}`,
        verdict,
        ...findings.flatMap(({ title, verdict: how, evidence }) => [
          how,
          title,
          ...evidence.slice(0, 2).map(({ text }) => text),
        ]),
        asking,
        ...against.slice(0, 1).flatMap(({ text }) => [because, text]),
      ),
    ]),
  ];
}

const findingWords = ({
  family,
  cause,
  verdict,
  over,
  title,
  explain,
  next_step: next,
}: FindingView) => [
  `${family}/${cause} ${verdict}${over === true ? " OVER" : ""}`,
  title,
  explain,
  next,
];

/** Every switch of the stand-ins back to where a good day has it. */
async function putRight(place: Place): Promise<void> {
  const well = {
    paper: "ok",
    cover: "closed",
    cutter: "ok",
    head: "ok",
    mechanism: "ok",
    power: "on",
    mute: false,
    garbage: null,
    refuse: false,
    paper_left_mm: 50_000,
    power_loss: null,
    speed_mm_per_s: 500,
  };
  for (const [name, value] of Object.entries(well))
    await place.printer({ [name]: value }).catch(() => null);
  await place.box.control("POST", "/net/calm", {});
  await place.noFaults();
  await place.gateway("up");
  await place.box.control("DELETE", "/feed").catch(() => null);
}

/** Does what the till asks for: answers the question by what lies in the tray, charges again what was refused, queries. */
async function follow(place: Place, { sale }: Seen): Promise<boolean> {
  if (sale === null) return false;
  const job = sale.receipt?.jobs.find(({ state }) => state === "doubtful");
  if (job !== undefined) {
    await place.post(`/api/jobs/${job.id}/answer`, { printed: false });
    return true;
  }
  if (sale.outcome !== "declined" || sale.can.charge !== true) return false;
  await place.post(`/api/sales/${sale.sale_id}/attempts`, { code: await place.code() });
  return true;
}

async function history(place: Place, say: Say): Promise<void> {
  for (const row of await place.incidents()) {
    const { first, money, ended, why, guide } = await place.box.ask<IncidentView>(
      "GET",
      `/api/incidents/${row.id}`,
    );
    say(
      `  ${row.case_no} ${why}: ${row.title.zh} / ${row.title.en} ${row.verdict ?? ""} took ${row.took_ms ?? "-"} ms`,
    );
    for (const text of [first?.title, first?.explain, money, ended?.fixed_by])
      if (text !== undefined) say(`    ${text.zh}\n    ${text.en}`);
    say(
      `    ended ${ended?.how ?? "-"}; steps ${guide.map(({ id, state }) => `${id}=${state}`).join(" ")}`,
    );
  }
}
