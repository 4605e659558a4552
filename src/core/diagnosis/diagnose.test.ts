/** All nine together: what looks alike is told apart, several at once are all named, and nothing is proven without proof. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  act,
  ago,
  answer,
  attempt,
  call,
  caseOf,
  check,
  computer,
  declined,
  down,
  elsewhere,
  firstOf,
  job,
  judge,
  line,
  notice,
  nowMs,
  printer,
  reach,
  silence,
  start,
  verdictOf,
  wellBefore,
  wellNow,
} from "../../../test/diagnosis-support/evidence.ts";
import {
  declinedSale,
  paidSale,
  saleOf,
  unknownSale,
} from "../../../test/diagnosis-support/sales.ts";
import type { SaleFacts } from "../till/can.ts";
import { diagnose, FAMILIES, ofTheBox } from "./diagnose.ts";
import type { Evidence } from "./evidence.ts";
import { withEvidence } from "./picture.ts";
import { canProve } from "./proof.ts";

const lineDown = [
  ...wellBefore,
  reach(1, "interface"),
  reach(1, "router"),
  ...down("timeout", "dns", "internet", "provider"),
];

const first: readonly (readonly [what: string, says: string, readonly Evidence[]])[] = [
  [
    "silence while the line is down is the line's",
    "confirmed line_down",
    [...lineDown, silence(1)],
  ],
  [
    "silence while the internet answers is the provider's",
    "suspected provider_silent",
    [...wellBefore, silence(3), reach(1, "internet")],
  ],
  [
    "silence in an announced window is the maintenance",
    "confirmed announced_maintenance",
    [...wellBefore, notice("provider"), silence(3), reach(1, "internet")],
  ],
  [
    "refusals of the time are the clock's",
    "confirmed clock_wrong",
    [
      ...wellNow,
      ago(5, { kind: "clock", against: "provider", offsetMs: 900_000 }),
      declined(3, "isv.invalid-timestamp", "40002"),
    ],
  ],
  [
    "wrong keys, not the provider",
    "confirmed check_provider_keys",
    [...wellNow, check("provider_keys", false), call(3, { unknown: "verify", code: null })],
  ],
  [
    "a computer that hangs makes all look slow",
    "confirmed till_frozen",
    [
      ...wellBefore,
      computer(1, { loopDelayMs: 3_000 }),
      ...down("timeout", "dns", "internet", "provider"),
      silence(1),
    ],
  ],
  [
    "a short pause doesn't stand before a line that is down",
    "suspected line_down",
    [...lineDown, computer(1, { loopDelayMs: 2_000 }), silence(1)],
  ],
  [
    "an answer that breaks off is the provider's",
    "suspected provider_unreadable",
    [
      ...wellBefore,
      call(3, { asked: "pay", unknown: "broken", code: null, httpStatus: 200 }),
      reach(2, "internet"),
      ...down("bad_answer", "provider"),
    ],
  ],
  [
    "the printer is gone with the router: the router",
    "confirmed router_silent",
    [
      ...wellBefore,
      reach(1, "interface"),
      ...down("timeout", "router", "dns", "internet", "provider"),
      printer(60, null),
      printer(3, "unreachable"),
    ],
  ],
  [
    "the printer alone is gone: the printer",
    "confirmed unreachable",
    [...wellNow, printer(60, null), printer(3, "unreachable")],
  ],
];
for (const [what, says, evidence] of first)
  test(`${what}: ${says}`, () => assert.equal(firstOf(judge(evidence)), says));

test("several causes at once are all named", () => {
  const diagnosis = judge(lineDown, [printer(3, "paper_out"), check("pages", false)]);
  assert.equal(verdictOf(diagnosis, "network"), "confirmed line_down");
  assert.equal(verdictOf(diagnosis, "device"), "confirmed paper_out");
  assert.equal(verdictOf(diagnosis, "system"), "confirmed check_pages");
});

test("what stands in the way of this sale's next step comes first", () => {
  const evidence = [...lineDown, printer(3, "paper_out")];
  const paid = diagnose(
    caseOf({ evidence, sale: paidSale(30, { state: "held", hold: "paper_out" }) }),
  );
  assert.equal(firstOf(paid), "confirmed paper_out");
  assert.equal(
    firstOf(diagnose(caseOf({ evidence, sale: unknownSale(30) }))),
    "confirmed line_down",
  );
});

test("that all is well now doesn't explain what became of this charge", () => {
  const page = { asked: "pay", unknown: "unreadable", httpStatus: 502, code: null } as const;
  const evidence = [...wellNow, call(8, page), call(2, { orderNo: "O9" })];
  const box = diagnose(caseOf({ evidence }));
  assert.equal(verdictOf(box, "provider_api"), "ruled_out");
  const own = diagnose(caseOf({ evidence, sale: unknownSale(10) }));
  assert.equal(verdictOf(own, "provider_api"), "suspected provider_http_error");
});

test("what is scanned after a charge is about the next customer", () => {
  const evidence = [silence(9), act(2, "code_is_product")];
  const sale = diagnose(caseOf({ evidence, sale: unknownSale(20) }));
  assert.doesNotMatch(verdictOf(sale, "amount_or_input"), /code_is_product/);
});

test("what concerns no sale never takes the cause of one", () => {
  const given = caseOf({
    evidence: [...wellBefore, declined(9, "ACQ.BUYER_BALANCE_NOT_ENOUGH"), printer(3, "paper_out")],
    unsettled: [declinedSale("ACQ.BUYER_BALANCE_NOT_ENOUGH")],
  });
  const diagnosis = diagnose(given);
  assert.equal(firstOf(diagnosis), "confirmed ACQ.BUYER_BALANCE_NOT_ENOUGH");
  assert.equal(firstOf(ofTheBox(diagnosis)), "confirmed paper_out");
});

test("of the box: a refusal that has ended never stands before what is wrong now", () => {
  const refused = declined(9, "ACQ.BUYER_BALANCE_NOT_ENOUGH");
  const routerSilent = [
    ...wellBefore,
    reach(1, "interface"),
    ...down("timeout", "router", "dns", "internet", "provider"),
  ];
  const box = judge(routerSilent, refused);
  assert.equal(firstOf(box), "confirmed router_silent");
  assert.equal(verdictOf(box, "buyer_account"), "confirmed ACQ.BUYER_BALANCE_NOT_ENOUGH");
  assert.equal(firstOf(judge(wellNow, refused)), "confirmed ACQ.BUYER_BALANCE_NOT_ENOUGH");
});

test("of the box: a refusal is history once another sale was charged", () => {
  const refused = declined(20, "ACQ.BUYER_BALANCE_NOT_ENOUGH");
  const paid = attempt(9, { saleId: "S2", orderNo: "O2", state: "paid" });
  // Told anew after the paid one, as by the query that follows every refusal: still of its own time.
  for (const evidence of [
    [refused, paid],
    [paid, refused],
  ]) {
    const { families } = diagnose({
      ...caseOf({ evidence: wellNow }),
      picture: evidence.reduce(withEvidence, {}),
    });
    assert.deepEqual(families.find(({ family }) => family === "buyer_account")?.findings, []);
  }
  const open = caseOf({
    evidence: [refused, paid],
    unsettled: [declinedSale("ACQ.BUYER_BALANCE_NOT_ENOUGH")],
  });
  assert.equal(firstOf(diagnose(open)), "confirmed ACQ.BUYER_BALANCE_NOT_ENOUGH");
});

test("what Alipay answered about one sale is never told of another one's open charge", () => {
  const code = { code: "40002", subCode: "isv.app-cert-expired" } as const;
  const refused = [
    attempt(50, { ...code, state: "declined", unpaidEnd: "declined" }),
    call(50, { ...code, asked: "pay" }),
  ];
  const openSale = (since: number): SaleFacts =>
    saleOf(since, {
      sale: { id: "S2" },
      attempts: [{ saleId: "S2", orderNo: "O2", state: "unknown" }],
    });
  const later = openSale(33);
  const silent = call(28, { asked: "pay", orderNo: "O2", unknown: "silence", code: null });
  const noted = attempt(28, { saleId: "S2", orderNo: "O2", state: "unknown" });
  for (const evidence of [
    refused,
    [...refused, silent, noted],
    [...refused, silent, noted, start(5, true, false)],
  ]) {
    const box = diagnose(caseOf({ evidence, unsettled: [later] }));
    assert.equal(answer(box, "merchant").findings.length, 0);
    const own = diagnose(caseOf({ evidence, sale: later }));
    assert.equal(answer(own, "merchant").findings.length, 0);
  }
  // Charged earlier and open still: what came later is told, as the answer to another sale.
  const earlier = diagnose(caseOf({ evidence: refused, unsettled: [openSale(90)] }));
  const [told] = answer(earlier, "merchant").findings;
  assert.equal(told?.cause, code.subCode);
  assert.match(told.explain.zh, /另一单/);
  // A settled one leaves no record here, only what was noted of it.
  const settled = attempt(20, { saleId: "S2", orderNo: "O2", state: "paid" });
  assert.equal(answer(judge(...refused, settled), "merchant").findings.length, 0);
});

test("nothing observed: no family claims anything, and each says what is being asked", () => {
  const diagnosis = judge();
  assert.equal(firstOf(diagnosis), "nothing");
  assert.deepEqual(
    diagnosis.families.map((one) => one.family),
    FAMILIES,
  );
  for (const one of diagnosis.families.filter(({ verdict }) => verdict === "not_known"))
    assert.ok(one.asking !== null && one.asking.zh.length > 5);
});

const seconds = fc.integer({ min: -10, max: 3_000 });
const anyEvidence: fc.Arbitrary<Evidence> = fc.oneof(
  fc
    .tuple(
      seconds,
      fc.constantFrom("interface", "router", "dns", "internet", "hub", "provider"),
      fc.constantFrom(null, "down", "timeout", "refused", "portal", "no_name", "tls"),
      fc.integer({ min: 0, max: 9_000 }),
      fc.constantFrom("eth0", "wlan0"),
    )
    .map(([s, target, failure, ms, path]) => reach(s, target, failure, ms, path)),
  fc
    .tuple(
      seconds,
      fc.constantFrom("pay", "query", "probe", "cancel"),
      fc.constantFrom(
        null,
        "silence",
        "broken",
        "unreadable",
        "verify",
        "mismatch",
        "provider",
        "unlisted",
      ),
      fc.constantFrom(null, 502),
      fc.constantFrom(
        "ACQ.SYSTEM_ERROR",
        "ACQ.BUYER_BALANCE_NOT_ENOUGH",
        "isv.invalid-signature",
        "ACQ.NEW_CODE",
        "ACQ.TRADE_NOT_EXIST",
      ),
    )
    .map(([s, asked, unknown, httpStatus, subCode]) =>
      call(s, {
        asked,
        unknown,
        httpStatus,
        code: unknown === "silence" ? null : "40004",
        subCode: unknown === "silence" ? null : subCode,
      }),
    ),
  fc.tuple(seconds, fc.nat(5), fc.nat(5)).map(([s, a, b]) => elsewhere(s, a, Math.min(a, b))),
  fc
    .tuple(
      seconds,
      fc.constantFrom(
        null,
        "paper_out",
        "unreachable",
        "no_answer",
        "garbage",
        "no_printer",
        "head_hot",
      ),
      fc.boolean(),
    )
    .map(([s, condition, paperLow]) => printer(s, condition, { paperLow })),
  fc
    .tuple(seconds, fc.constantFrom("opened", "ended", "reset", "power_off", "noise"))
    .map(([s, what]) => line(s, what)),
  fc
    .tuple(
      seconds,
      fc.constantFrom("queued", "held", "doubtful", "confirmed"),
      fc.constantFrom(null, "till_restarted", "printer_lost_power", "no_proof_in_time"),
    )
    .map(([s, state, doubt]) => job(s, { state, doubt })),
  fc
    .tuple(
      seconds,
      fc.constantFrom("unknown", "awaiting_buyer", "paid", "declined"),
      fc.constantFrom("ACQ.SELLER_BEEN_BLOCKED", "ACQ.UNHEARD_OF", "isv.invalid-timestamp"),
    )
    .map(([s, state, subCode]) =>
      state === "declined" ? declined(s, subCode) : attempt(s, { state }),
    ),
  fc
    .tuple(seconds, fc.integer({ min: 0, max: 9_000 }), fc.boolean())
    .map(([s, loopDelayMs, undervoltage]) => computer(s, { loopDelayMs, undervoltage })),
  fc
    .tuple(seconds, fc.integer({ min: -1e7, max: 1e7 }))
    .map(([s, offsetMs]) => ago(s, { kind: "clock", against: "provider", offsetMs })),
  fc
    .tuple(seconds, fc.boolean(), fc.constantFrom(null, true, false))
    .map(([s, clean, rebooted]) => start(s, clean, rebooted)),
  fc
    .tuple(fc.constantFrom("provider_keys", "settings", "journal"), fc.boolean())
    .map(([id, good]) => check(id, good)),
  fc
    .tuple(
      fc.constantFrom("provider", "hub", "terminal", "network"),
      fc.integer({ min: -900, max: 900 }),
    )
    .map(([scope, from]) => notice(scope, from, from - 600)),
);

test("any evidence in any order: nine answers, and nothing is confirmed without its proof", () => {
  fc.assert(
    fc.property(
      fc.array(anyEvidence, { maxLength: 60 }),
      fc.constantFrom(
        undefined,
        unknownSale(20),
        paidSale(20, { state: "doubtful", doubt: "connection_lost" }),
      ),
      (evidence, sale) => {
        const diagnosis = diagnose(caseOf(sale === undefined ? { evidence } : { evidence, sale }));
        assert.equal(diagnosis.families.length, 9);
        for (const { verdict, findings, against, asking } of diagnosis.families) {
          for (const one of findings) {
            const isProven = one.proof !== null && canProve(one.proof);
            assert.equal(one.verdict === "confirmed", isProven, one.cause);
            assert.ok(one.evidence.length > 0, `${one.cause} says why`);
          }
          assert.equal(findings.length > 0, verdict === "confirmed" || verdict === "suspected");
          assert.equal(against.length > 0, verdict === "ruled_out");
          assert.equal(asking !== null, verdict === "not_known");
        }
      },
    ),
    { numRuns: 300 },
  );
});

test("silence, broken lines and time alone never prove a provider, a buyer or a shop guilty", () => {
  const weather = fc.oneof(
    fc
      .tuple(
        seconds,
        fc.constantFrom("dns", "internet", "provider"),
        fc.constantFrom("timeout", "refused", "reset", null),
      )
      .map(([s, target, failure]) => reach(s, target, failure)),
    seconds.map((s) => silence(s)),
    seconds.map((s) => silence(s, "probe")),
  );
  fc.assert(
    fc.property(fc.array(weather, { maxLength: 40 }), (evidence) => {
      const diagnosis = judge(evidence);
      for (const family of ["provider_api", "buyer_account", "merchant", "maintenance"] as const)
        assert.doesNotMatch(verdictOf(diagnosis, family), /^confirmed/);
    }),
  );
});

test("the clock was set back: evidence from the future is no evidence", () => {
  const diagnosis = diagnose(caseOf({ evidence: lineDown, atMs: nowMs - 3_600_000 }));
  assert.equal(verdictOf(diagnosis, "network"), "not_known");
});
