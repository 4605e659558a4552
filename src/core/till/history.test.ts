import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { jobStates } from "../printing/states.ts";
import { EVENT_TEXT } from "./history.ts";

const source = (folder: string): string =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts") && !path.endsWith(".test.ts"))
    .map((path) => readFileSync(join(folder, path), "utf8"))
    .join("\n");

test("every event that is written has a sentence in both languages", () => {
  const root = join(import.meta.dirname, "../..");
  const code =
    source(join(root, "terminal")) +
    source(join(root, "hub")) +
    readFileSync(join(root, "bin/printing.ts"), "utf8");
  const named = [
    ...code.matchAll(
      /(?:kind: |say\([^;]*?, )"((?:sale|attempt|receipt|job|paper|reprint|pending|refund|goods|day|slip|operator|printer)_[a-z_]+)"/g,
    ),
  ].map(([, kind]) => kind ?? "");
  const ofJobs = Object.values(jobStates)
    .flatMap((row) => Object.keys(row.accepts))
    .map((event) => `job_${event}`);
  assert.ok(named.length > 15, "the pattern finds the events");
  const notEvents = new Set([
    "refund_asked",
    "receipt_opened",
    "refund_query",
    "refund_answer",
    "sale_ended",
    "sale_has_attempt",
    "sale_ended",
    "refund_late",
    "printer_line",
    "sale_ended",
  ]);
  for (const kind of [...named, ...ofJobs].filter((one) => !notEvents.has(one))) {
    assert.ok(EVENT_TEXT[kind] !== undefined, kind);
  }
});
