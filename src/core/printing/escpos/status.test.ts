import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { allWell, conditionAfter, holdCauseOf } from "./condition.ts";
import { hexText } from "./hex.ts";
import { hear, hearSilence, nothingHeard, questionBytes } from "./status.ts";
import type { Listening, Outstanding, PrinterEvent, StatusQuestion } from "./status.ts";

const hex = (text: string): Uint8Array =>
  Uint8Array.from(Buffer.from(text.replaceAll(" ", ""), "hex"));

const asking = (...questions: readonly StatusQuestion[]): Listening => ({
  ...nothingHeard,
  outstanding: questions.map((one, at): Outstanding => ({ ...one, ticket: at + 1 })),
});

const heard = (answer: string, ...questions: readonly StatusQuestion[]): readonly PrinterEvent[] =>
  hear(asking(...questions), hex(answer)).events;

test("questions are the bytes of the manuals", () => {
  const table: readonly (readonly [StatusQuestion, string])[] = [
    [{ kind: "realtime", n: 1 }, "10 04 01"],
    [{ kind: "realtime", n: 4 }, "10 04 04"],
    [{ kind: "in_order", n: 1 }, "1D 72 01"],
    [{ kind: "info", n: 66 }, "1D 49 42"],
    [{ kind: "counter", n: 50 }, "1D 67 32 00 32 00"],
  ];
  for (const [question, bytes] of table) assert.equal(hexText(questionBytes(question)), bytes);
});

test("DLE EOT: every value of the manuals, and what it means", () => {
  const table: readonly (readonly [n: 1 | 2 | 3 | 4, byte: string, cause: string | null])[] = [
    [1, "12", null],
    [1, "16", null],
    [1, "1A", "printer_offline"],
    [1, "1E", "printer_offline"],
    [2, "12", null],
    [2, "16", "cover_open"],
    [2, "1A", null],
    [2, "32", "paper_out"],
    [2, "52", null],
    [3, "12", null],
    [3, "1A", "cutter_error"],
    [3, "32", "printer_error"],
    [3, "52", null],
    [4, "12", null],
    [4, "1E", null],
    [4, "72", "paper_out"],
    [4, "7E", "paper_out"],
  ];
  for (const [n, byte, cause] of table) {
    const [event] = heard(byte, { kind: "realtime", n });
    assert.ok(event?.kind === "realtime", `${n} ${byte}`);
    assert.equal(event.n, n);
    const condition = conditionAfter(allWell, event);
    assert.equal(holdCauseOf(condition), cause, `${n} ${byte}`);
    assert.equal(condition.paperNearEnd, n === 4 && ["1E", "7E"].includes(byte), `${n} ${byte}`);
  }
});

test("bits that clones leave undefined stop nothing while the printer is online", () => {
  const after = (...answers: readonly (readonly [1 | 3, number])[]): string | null =>
    holdCauseOf(
      answers.reduce(
        (condition, [n, byte]) =>
          conditionAfter(condition, { kind: "realtime", n, byte, ticket: 1 }),
        allWell,
      ),
    );
  assert.equal(after([1, 0x12], [3, 0x16]), null);
  assert.equal(after([1, 0x1a], [3, 0x16]), "printer_error");
  assert.equal(after([1, 0x12], [3, 0x52]), null);
  assert.equal(after([1, 0x1a], [3, 0x52]), "head_hot");
});

test("ASB: four bytes, always framed together", () => {
  const table: readonly (readonly [bytes: string, cause: string | null, nearEnd: boolean])[] = [
    ["10 00 00 0F", null, false],
    ["14 00 00 00", null, false],
    ["38 00 00 0F", "cover_open", false],
    ["18 00 0C 0F", "paper_out", false],
    ["18 00 0F 0F", "paper_out", true],
    ["10 00 03 0F", null, true],
    ["18 08 00 0F", "cutter_error", false],
    ["18 20 00 0F", "printer_error", false],
    ["18 40 00 0F", "head_hot", false],
    ["18 00 00 0F", "printer_offline", false],
  ];
  for (const [bytes, cause, nearEnd] of table) {
    const events = heard(bytes, { kind: "in_order", n: 1 });
    assert.equal(events.length, 1, bytes);
    const [event] = events;
    assert.ok(event?.kind === "asb");
    const condition = conditionAfter(allWell, event);
    assert.equal(holdCauseOf(condition), cause, bytes);
    assert.equal(condition.paperNearEnd, nearEnd, bytes);
  }
});

test("GS r 1 tells the paper, in the order of the questions", () => {
  const events = heard("00 0F", { kind: "in_order", n: 1 }, { kind: "in_order", n: 1 });
  assert.deepEqual(events, [
    { kind: "in_order", n: 1, byte: 0x00, ticket: 1 },
    { kind: "in_order", n: 1, byte: 0x0f, ticket: 2 },
  ]);
  const [first, second] = events;
  assert.ok(first !== undefined && second !== undefined);
  assert.equal(holdCauseOf(conditionAfter(allWell, first)), null);
  assert.equal(holdCauseOf(conditionAfter(allWell, second)), "paper_out");
});

test("a real-time answer overtakes a question that waits in the buffer", () => {
  const { after, events } = hear(
    asking({ kind: "in_order", n: 1 }, { kind: "realtime", n: 2 }),
    hex("12"),
  );
  assert.deepEqual(events, [{ kind: "realtime", n: 2, byte: 0x12, ticket: 2 }]);
  assert.deepEqual(after.outstanding, [{ kind: "in_order", n: 1, ticket: 1 }]);
});

test("responses with the header 37", () => {
  assert.deepEqual(heard("37 22 30 30 34 37 00"), [{ kind: "process_id", id: "0047" }]);
  assert.deepEqual(heard("37 25 00"), [{ kind: "buffer_cleared" }]);
  assert.deepEqual(heard("37 23 00"), [{ kind: "offline", causes: [] }]);
  assert.deepEqual(heard("37 23 40 44 40 40 40 00"), [
    { kind: "offline", causes: [0x40, 0x44, 0x40, 0x40, 0x40] },
  ]);
  assert.deepEqual(heard("3B 30 00"), [{ kind: "power_off" }]);
});

test("texts and counters belong to the oldest question of their kind", () => {
  assert.deepEqual(
    heard(
      "5F 45 50 53 4F 4E 00 5F 31 32 37 00",
      { kind: "info", n: 66 },
      { kind: "counter", n: 50 },
    ),
    [
      { kind: "info", n: 66, text: "EPSON", ticket: 1 },
      { kind: "counter", n: 50, value: 127, ticket: 2 },
    ],
  );
});

test("what nobody asked for is swallowed whole and never taken for a status", () => {
  assert.deepEqual(heard("5F 32 36 00"), [{ kind: "unasked", bytes: 4 }]);
  assert.deepEqual(heard("12"), [{ kind: "unasked", bytes: 1 }]);
  assert.deepEqual(heard("5F 4F 4B 00", { kind: "counter", n: 50 }), [
    { kind: "unasked", bytes: 4 },
  ]);
});

test("garbage is dropped byte by byte, counted together, and the next answer is heard", () => {
  assert.deepEqual(heard("FF FE 80 12", { kind: "realtime", n: 1 }), [
    { kind: "garbage", bytes: 3 },
    { kind: "realtime", n: 1, byte: 0x12, ticket: 1 },
  ]);
  assert.deepEqual(heard("37 22 30 31 00 37 22 30 30 30 31 00").at(-1), {
    kind: "process_id",
    id: "0001",
  });
  assert.deepEqual(heard("10 12", { kind: "realtime", n: 1 }), [
    { kind: "garbage", bytes: 1 },
    { kind: "realtime", n: 1, byte: 0x12, ticket: 1 },
  ]);
});

test("XON and XOFF may stand inside any answer", () => {
  assert.deepEqual(heard("37 22 30 13 30 11 30 31 00"), [
    { kind: "flow", on: false },
    { kind: "flow", on: true },
    { kind: "process_id", id: "0001" },
  ]);
});

test("half an answer after a silence is given up as garbage", () => {
  const { after } = hear(nothingHeard, hex("37 22 30"));
  const silence = hearSilence(after);
  assert.deepEqual(silence.events, [{ kind: "garbage", bytes: 3 }]);
  assert.equal(silence.after.rest.length, 0);
  assert.deepEqual(hearSilence(silence.after).events, []);
});

test("however the bytes are cut, the same is heard", () => {
  const all = hex("10 00 00 0F 37 22 41 42 43 44 00 12 5F 39 00 00 FF 37 25 00");
  const questions: readonly StatusQuestion[] = [
    { kind: "realtime", n: 1 },
    { kind: "counter", n: 50 },
    { kind: "in_order", n: 1 },
  ];
  const whole = hear(asking(...questions), all).events;
  assert.equal(whole.length, 7);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: all.length }), { maxLength: 8 }), (cuts) => {
      let listening = asking(...questions);
      const events: PrinterEvent[] = [];
      const edges = [0, ...cuts.toSorted((a, b) => a - b), all.length];
      for (const [at, edge] of edges.entries()) {
        const step = hear(listening, all.subarray(edge, edges[at + 1] ?? edge));
        listening = step.after;
        events.push(...step.events);
      }
      assert.deepEqual(events, whole);
    }),
  );
});

test("a line of text is no answer to GS r, though some of its letters look like one", () => {
  for (const text of ["Printer ready\r\n", "JOB OK\r\n", "ok", "ready i"]) {
    const events = heard(Buffer.from(`${text}\0`).toString("hex"), { kind: "in_order", n: 1 });
    const answers = events.filter(({ kind }) => kind === "in_order");
    assert.deepEqual(answers, [{ kind: "in_order", n: 1, byte: 0, ticket: 1 }], text);
  }
});

test("a line of text in two parts is none either", () => {
  for (const text of ["Printer ready\r\n", "JOB OK\r\n", "ok", "ready i", "Load A4\r\n"]) {
    const bytes = Buffer.from(text);
    for (let cut = 1; cut < bytes.length; cut += 1) {
      const first = hear(asking({ kind: "in_order", n: 1 }), bytes.subarray(0, cut));
      const second = hear(first.after, bytes.subarray(cut));
      const silence = hearSilence(second.after);
      const events = [...first.events, ...second.events, ...silence.events];
      const answers = events.filter(({ kind }) => kind === "in_order");
      assert.deepEqual(answers, [], `${text.slice(0, cut)} | ${text.slice(cut)}`);
    }
  }
});

test("a letter alone is an answer once nothing follows: bits that the manuals leave open may be set", () => {
  const question: StatusQuestion = { kind: "in_order", n: 1 };
  const answer = { kind: "in_order", n: 1, byte: 0x6c, ticket: 1 };
  const { after, events } = hear(asking(question, question), hex("6C"));
  assert.deepEqual(events, []);
  const silence = hearSilence(after);
  assert.deepEqual(silence.events, [answer]);
  const second = hearSilence(hear(silence.after, hex("6C")).after);
  assert.deepEqual(second.events, [{ ...answer, ticket: 2 }]);
  assert.deepEqual(heard("6C 12", question, { kind: "realtime", n: 1 })[0], answer);
});

test("no noise breaks the reader, and nothing is lost or counted twice", () => {
  const sizes: Readonly<Record<string, number>> = { process_id: 7, asb: 4, power_off: 3 };
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (noise) => {
      const { after, events } = hear(nothingHeard, noise);
      const counted = events.reduce((sum, event) => {
        if (event.kind === "garbage" || event.kind === "unasked") return sum + event.bytes;
        if (event.kind === "offline") return sum + event.causes.length + 3;
        if (event.kind === "buffer_cleared") return sum + 3;
        return sum + (sizes[event.kind] ?? 1);
      }, after.rest.length);
      assert.equal(counted, noise.length);
    }),
    { numRuns: 500 },
  );
});
