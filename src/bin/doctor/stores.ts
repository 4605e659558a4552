/** Journal and ledger at rest: whole, and their chains unbroken. Needs no package. */
import { join } from "node:path";
import { type Inspected, inspectStore } from "../../adapters/store/sqlite/inspect.ts";
import { journalSchema } from "../../adapters/store/sqlite/journal-schema.ts";
import { ledgerSchema } from "../../adapters/store/sqlite/ledger-schema.ts";
import { DOCTOR_DETAILS } from "../../core/text/doctor.ts";
import { fill, type Text } from "../../core/text/text.ts";
import { type DoctorLine, well, wrong } from "./line.ts";

const stores = [
  ["journal", journalSchema],
  ["ledger", ledgerSchema],
] as const;

/** `running`: the box that holds them answers. */
export const storesOf = (data: string, running: boolean): readonly DoctorLine[] =>
  stores.map(([store, schema]) => {
    const found = inspectStore(join(data, `${store}.db`), schema);
    if (found.state === "unfit")
      return { ...wrong(store, found.why), todo: DOCTOR_DETAILS.store_unfit_todo };
    if (found.state === "in_use" && running) return well(store, DOCTOR_DETAILS.store_running);
    const words = wordsOf(found);
    const good = found.state === "whole" || found.state === "absent";
    return good ? well(store, words) : wrong(store, words);
  });

function wordsOf(found: Exclude<Inspected, { state: "unfit" }>): Text {
  switch (found.state) {
    case "absent":
      return DOCTOR_DETAILS.store_absent;
    case "in_use":
      return fill(DOCTOR_DETAILS.store_in_use, { owner: found.owner ?? "?" });
    case "damaged":
      return fill(DOCTOR_DETAILS.store_damaged, { why: found.why });
    case "chain_broken":
      return fill(DOCTOR_DETAILS.store_chain, { stream: found.stream, seq: found.seq });
    case "whole":
      return fill(DOCTOR_DETAILS.store_whole, { events: found.events });
  }
}
