/** 设备故障, judged: the printer's own words, what only we noticed, and the computer itself. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  ago,
  caseOf,
  computer,
  declined,
  down,
  job,
  judge,
  line,
  printer,
  reach,
  start,
  verdictOf,
  wellBefore,
} from "../../../../test/diagnosis-support/evidence.ts";
import {
  declinedSale,
  paidSale,
  saleOf,
  unknownSale,
} from "../../../../test/diagnosis-support/sales.ts";
import type { SaleFacts } from "../../till/can.ts";
import { diagnose } from "../diagnose.ts";
import type { Evidence } from "../evidence.ts";

const clock = (offsetMs: number): Evidence =>
  ago(5, { kind: "clock", against: "provider", offsetMs });
const slowPaper = (seconds: number): Evidence =>
  ago(seconds, { kind: "print_time", ms: 9_000, expectedMs: 1_200 });

const rows: readonly (readonly [
  what: string,
  says: string,
  ...(readonly (readonly Evidence[])[]),
])[] = [
  ["nothing was observed", "not_known"],
  ["the printer is ready", "ruled_out", [printer(3, null)]],
  ["paper out, by its own report", "confirmed paper_out", [printer(3, "paper_out")]],
  ["cover open", "confirmed cover_open", [printer(9, null), printer(3, "cover_open")]],
  [
    "cover open for the paper that is loaded",
    "confirmed paper_out",
    [printer(9, "paper_out"), printer(3, "cover_open")],
  ],
  [
    "cover open once there was paper again",
    "confirmed cover_open",
    [printer(9, "paper_out"), printer(6, null), printer(3, "cover_open")],
  ],
  ["cutter jammed", "confirmed cutter_error", [printer(3, "cutter_error")]],
  ["head too hot", "confirmed head_hot", [printer(3, "head_hot")]],
  ["paper is low", "confirmed paper_low", [printer(3, null, { paperLow: true })]],
  [
    "gone, and it answered before",
    "confirmed unreachable",
    [printer(60, null), printer(3, "unreachable")],
  ],
  ["gone, and never there", "suspected unreachable", [printer(3, "unreachable")]],
  [
    "gone with the router",
    "suspected unreachable",
    [printer(60, null), printer(3, "unreachable")],
    wellBefore,
    down("timeout", "router"),
  ],
  [
    "gone, the router just shaky",
    "suspected unreachable",
    [printer(60, null), printer(3, "unreachable")],
    wellBefore,
    [reach(1, "router", "timeout")],
  ],
  [
    "gone, the router answers",
    "confirmed unreachable",
    [printer(60, null), printer(3, "unreachable")],
    [reach(1, "router")],
  ],
  ["answers nothing", "confirmed no_answer", [printer(60, null), printer(3, "no_answer")]],
  ["none was set up: not its fault", "not_known", [printer(3, "no_printer")]],
  [
    "a broken connection may be power or cable",
    "suspected printer_lost_power",
    [job(5, { state: "doubtful", doubt: "printer_lost_power" })],
  ],
  [
    "it said that it loses power",
    "confirmed printer_lost_power",
    [line(6, "power_off"), job(5, { state: "doubtful", doubt: "printer_lost_power" })],
  ],
  [
    "we cleared what it held: that says nothing of why",
    "suspected buffer_cleared",
    [job(5, { state: "doubtful", doubt: "buffer_cleared" })],
  ],
  [
    "we cleared what it held after it had said that it loses power",
    "confirmed printer_lost_power",
    [line(6, "power_off"), job(5, { state: "doubtful", doubt: "buffer_cleared" })],
  ],
  [
    "a doubt that was settled",
    "ruled_out",
    [job(9, { state: "doubtful", doubt: "no_proof_in_time" }), job(5, { state: "confirmed" })],
  ],
  [
    "a loose cable",
    "suspected printer_flaky",
    [printer(200, null)],
    [90, 60, 30, 10].map((one) => line(one, "reset")),
  ],
  ["a slow printer", "suspected printer_slow", [printer(200, null), slowPaper(40), slowPaper(10)]],
  [
    "the computer hangs",
    "confirmed till_frozen",
    [printer(9, null), computer(2, { loopDelayMs: 3_000 })],
  ],
  [
    "it hung, and is well again",
    "ruled_out",
    [printer(9, null), computer(20, { loopDelayMs: 3_000 }), computer(2)],
  ],
  [
    "a pause of two seconds proves nothing",
    "suspected till_frozen",
    [printer(9, null), computer(2, { loopDelayMs: 2_000 })],
  ],
  [
    "a pause of a second is an ordinary one",
    "ruled_out",
    [printer(9, null), computer(2, { loopDelayMs: 1_200 })],
  ],
  [
    "noise between good answers",
    "suspected printer_noise",
    [printer(200, null), line(20, "noise")],
  ],
  [
    "noise while a paper is in doubt",
    "suspected printer_noise",
    [
      printer(200, null),
      line(20, "noise"),
      job(19, { state: "doubtful", doubt: "till_restarted" }),
    ],
  ],
  [
    "noise, and its paper has ended since",
    "ruled_out",
    [printer(200, null), line(20, "noise"), job(9, { state: "replaced" })],
  ],
  [
    "noise at a paper that is confirmed all the same",
    "suspected printer_noise",
    [printer(200, null), line(20, "noise"), job(19, { state: "confirmed" })],
  ],
  [
    "noise, and the next paper is out",
    "ruled_out",
    [printer(200, null), line(40, "noise"), job(9, { state: "confirmed" })],
  ],
  [
    "noise again after a paper has ended",
    "suspected printer_noise",
    [printer(200, null), job(9, { state: "confirmed" }), line(2, "noise")],
  ],
  ["disk full", "confirmed disk_full", [computer(2, { diskFreeBytes: 1_000 })]],
  [
    "one slow write is nothing",
    "ruled_out",
    [printer(9, null), computer(9), computer(2, { diskWriteMs: 900 })],
  ],
  [
    "a slow disk",
    "confirmed disk_slow",
    [computer(9, { diskWriteMs: 900 }), computer(2, { diskWriteMs: 900 })],
  ],
  ["low voltage", "confirmed undervoltage", [computer(2, { undervoltage: true })]],
  ["clock an hour ahead", "confirmed clock_wrong", [clock(3_600_000)]],
  ["clock some seconds off", "ruled_out", [printer(9, null), clock(5_000)]],
  [
    "the provider refuses the time",
    "confirmed isv.invalid-timestamp",
    [declined(2, "isv.invalid-timestamp", "40002")],
  ],
  ["the computer restarted", "confirmed computer_restarted", [start(20, false, true)]],
  ["it may have restarted", "suspected computer_restarted", [start(20, false, null)]],
  ["only the program ended", "ruled_out", [printer(9, null), start(20, false, false)]],
  [
    "the shop's power was cut",
    "confirmed power_cut",
    [line(60, "power_off"), start(20, false, true)],
  ],
  [
    "the printer said that its power goes, and of the computer it isn't known",
    "suspected power_cut",
    [line(60, "power_off"), start(20, false, null)],
  ],
  [
    "the printer's power went an hour before",
    "confirmed computer_restarted",
    [line(3_600, "power_off"), printer(3_000, null), start(20, false, true), printer(18, null)],
  ],
  [
    "the printer wasn't there yet after the start: both may have lost power",
    "confirmed computer_restarted unreachable power_cut",
    [printer(300, null), start(20, false, true), printer(18, "unreachable")],
  ],
  [
    "it is back by now",
    "confirmed computer_restarted power_cut",
    [printer(300, null), start(20, false, true), printer(18, "unreachable"), printer(9, null)],
  ],
  [
    "a printer that wasn't there before either",
    "confirmed computer_restarted unreachable",
    [printer(300, "unreachable"), start(20, false, true), printer(18, "unreachable")],
  ],
];

for (const [what, says, ...evidence] of rows) {
  test(`${what}: ${says}`, () => assert.equal(verdictOf(judge(...evidence), "device"), says));
}

test("since when: from the first report of it, however often it is repeated", () => {
  const diagnosis = judge([printer(90, null), printer(60, "paper_out"), printer(5, "paper_out")]);
  assert.equal(diagnosis.first?.sinceMs, printer(60, null).atMs);
});

test("no router explains a printer that hangs on this computer; one on the network it may", () => {
  const router = [
    ...wellBefore,
    reach(1, "interface"),
    ...down("timeout", "router", "dns", "internet"),
  ];
  const held = paidSale(30, { state: "held", hold: "unreachable" });
  const first = (way: "here" | "network") => {
    const gone = [printer(60, null, { way }), printer(10, "unreachable", { way })];
    const diagnosis = diagnose(caseOf({ evidence: [...router, ...gone], sale: held }));
    const device = diagnosis.families.find(({ family }) => family === "device");
    const lines = device?.findings[0]?.evidence.map(({ source }) => source.zh) ?? [];
    return [diagnosis.first?.family, device?.verdict, lines.includes("路由器")];
  };
  assert.deepEqual(first("here"), ["device", "confirmed", false]);
  assert.deepEqual(first("network"), ["network", "suspected", true]);
});

test("a paid sale whose printer lost power: a silent router bears on payment only", () => {
  const router = [
    ...wellBefore,
    reach(1, "interface"),
    ...down("timeout", "router", "dns", "internet"),
  ];
  const doubt = { state: "doubtful", doubt: "printer_lost_power" } as const;
  const first = (...evidence: readonly Evidence[]): string | undefined =>
    diagnose(caseOf({ evidence: [...router, ...evidence], sale: paidSale(30, doubt) })).first
      ?.family;
  const lost = [printer(60, null), line(20, "power_off"), job(19, doubt)];
  assert.equal(first(...lost, printer(10, "unreachable")), "device");
  assert.equal(first(printer(60, null), printer(5, "paper_out")), "device");
  assert.equal(first(printer(60, null), printer(10, "unreachable")), "network");
});

test("slow papers are told of a case with a paper, while they are of it or of the last minute", () => {
  const slow = [slowPaper(200), slowPaper(150)];
  const says = (evidence: readonly Evidence[], sale?: SaleFacts): boolean =>
    verdictOf(
      diagnose(caseOf(sale === undefined ? { evidence } : { evidence, sale })),
      "device",
    ).includes("printer_slow");
  const late = [slowPaper(50), slowPaper(10)];
  assert.equal(says(late), true);
  assert.equal(says(slow), false);
  const own = paidSale(220, { state: "sending" });
  assert.equal(says(slow, own), true);
  assert.equal(says(slow, paidSale(20, { state: "sending" })), false);
  assert.equal(says(late, paidSale(20, { state: "sending" })), true);
  assert.equal(says(late, declinedSale("ACQ.BUYER_BALANCE_NOT_ENOUGH")), false);
});

test("paper out before anything was charged: no word of a payment, nor of a paper that goes on", () => {
  const evidence = [printer(3, "paper_out")];
  const explained = (sale?: SaleFacts, unsettled?: readonly SaleFacts[]): string => {
    const more = unsettled === undefined ? {} : { unsettled };
    const given = caseOf(sale === undefined ? { evidence, ...more } : { evidence, sale });
    return diagnose(given).first?.explain.zh ?? "";
  };
  const held = paidSale(20, { state: "held", hold: "paper_out" });
  assert.match(explained(saleOf(5)), /^这一单还没有收款。装一卷/);
  assert.match(explained(), /^现在没有等着打的小票。装一卷/);
  for (const early of [explained(), explained(saleOf(5))])
    assert.doesNotMatch(early, /不受影响|接着打/);
  assert.match(explained(held), /^收款不受影响.*接着打/);
  // Of the box: the next customer's charge isn't the one that waits.
  const ofTheBox = explained(undefined, [held]);
  assert.match(ofTheBox, /^有小票在等着打，收过的款不受影响。装一卷.*接着打/);
  assert.doesNotMatch(ofTheBox, /不用重新收款/);
  assert.match(explained(undefined, [unknownSale(5)]), /^现在没有等着打的小票/);
  // Its paper is out and it isn't settled for another reason, such as a refund that is open.
  const isOut = paidSale(60, { state: "confirmed" });
  assert.match(explained(undefined, [isOut]), /^现在没有等着打的小票/);
  assert.match(explained(isOut), /^现在没有等着打的小票/);
  const slip = { ...isOut, jobs: [...isOut.jobs, ...held.jobs] };
  assert.match(explained(undefined, [slip]), /^有小票在等着打/);
});

test("while it isn't known what of a paper is out, nothing is promised of it", () => {
  const gone = [printer(60, null), printer(3, "unreachable")];
  for (const paper of [
    { state: "sending", hold: "unreachable" },
    { state: "doubtful", hold: null, doubt: "connection_lost" },
  ] as const) {
    const sale = paidSale(20, paper);
    for (const given of [{ sale }, { unsettled: [sale] }]) {
      const { first } = diagnose(caseOf({ evidence: gone, ...given }));
      assert.equal(first?.cause, "unreachable");
      assert.doesNotMatch(`${first.explain.zh}${first.nextStep.zh}`, /自动接着打/);
      assert.match(first.explain.zh, paper.state === "sending" ? /先不要补打/ : /补打/);
    }
  }
  const waiting = paidSale(20, { state: "held", hold: "unreachable" });
  const { first } = diagnose(caseOf({ evidence: gone, sale: waiting }));
  assert.match(first?.explain.zh ?? "", /自动接着打/);
});

test("an e-receipt that nobody opened is why its sale has no paper, and says nothing of the box", () => {
  const paper = { state: "held", hold: "e_receipt_unopened" } as const;
  const sale = paidSale(60, paper);
  const evidence = [job(3, { ...paper, saleId: sale.sale.id })];
  const said = (given: Parameters<typeof caseOf>[0]): string =>
    verdictOf(diagnose(caseOf(given)), "device");
  assert.equal(said({ evidence, sale }), "confirmed e_receipt_unopened");
  assert.doesNotMatch(said({ evidence }), /e_receipt/);
  assert.equal(
    said({ evidence: [...evidence, printer(1, "paper_out")], sale }),
    "confirmed paper_out e_receipt_unopened",
  );
});

test("while paper is loaded cause, evidence and step speak of the same thing", () => {
  const { first } = judge([printer(90, null), printer(9, "paper_out"), printer(3, "cover_open")]);
  assert.match(`${first?.title.zh}${first?.nextStep.zh}`, /缺纸.*装一卷/);
  assert.equal(first?.guide, "paper");
  assert.equal(first.sinceMs, ago(9, { kind: "print_time", ms: 0, expectedMs: 0 }).atMs);
  assert.match(first.evidence[0]?.text.zh ?? "", /缺纸/);
});

test("an unopened e-receipt is no printer's word, and promises no paper that a red printer can't give", () => {
  const paper = { state: "held", hold: "e_receipt_unopened" } as const;
  const sale = paidSale(60, paper);
  const evidence = [
    job(3, { ...paper, saleId: sale.sale.id }),
    printer(90, null),
    printer(1, "printer_error"),
  ];
  const found = diagnose(caseOf({ evidence, sale })).families.flatMap(({ findings }) => findings);
  const own = found.find(({ cause }) => cause === paper.hold) ?? assert.fail("not found");
  assert.match(own.nextStep.zh, /打印机能打时就可以打/);
  assert.equal(own.evidence[0]?.source.zh, "本机");
  assert.doesNotMatch(own.evidence[0].text.zh, /打印机/);
});
