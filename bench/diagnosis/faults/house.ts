/** The installation itself, the shop's records, and announced windows. */
import type { Fault } from "../fault.ts";
import { nobodyPays } from "../fault.ts";
import type { Place } from "../place.ts";

const hourMs = 3_600_000;
const at = (offsetMs: number): string => new Date(Date.now() + offsetMs).toISOString();

const notice = (place: Place, scope: string): Promise<unknown> =>
  place.feed("notices", { scope, from: at(-hourMs), until: at(hourMs), title: "系统升级维护" });

/** A notice alone is no cause: something in its scope has to be out of order. */
const announced = (id: string, scope: string, then: Fault["inject"], more: Partial<Fault> = {}) =>
  ({
    id,
    family: "maintenance",
    slot: "answer",
    inject: async (place, chance) => {
      await notice(place, scope);
      await then(place, chance);
    },
    ...more,
  }) satisfies Fault;

const record = (id: string, said: Readonly<Record<string, unknown>>): Fault => ({
  id,
  family: "merchant",
  slot: "records",
  inject: (place) => place.feed("qualifications", said),
  act: nobodyPays,
});

/** Killed as power kills it; what the next start finds is what it has to go by. */
async function killed(place: Place): Promise<void> {
  await place.box.kill();
  await place.box.start();
}

/** Killed with a paper on its way. */
async function killedInTheReceipt(place: Place): Promise<string | null> {
  await place.printer({ speed_mm_per_s: 15 });
  const saleId = await place.sell({ amount: "7.70" });
  if (saleId === null) return null;
  await place.box.until(saleId, (sale) => sale.receipt?.job?.state === "sending");
  await killed(place);
  return saleId;
}

export const houseFaults: readonly Fault[] = [
  {
    id: "killed",
    family: "system",
    also: ["device"],
    slot: "start",
    inject: killed,
    act: nobodyPays,
  },
  {
    id: "killed_in_the_receipt",
    family: "system",
    also: ["device"],
    slot: "start",
    inject: async () => {},
    act: killedInTheReceipt,
  },
  {
    id: "version_too_old",
    family: "system",
    slot: "start",
    config: { wanted_version: "9.9.9" },
    inject: async () => {},
    act: nobodyPays,
  },
  record("licence_expired", { what: "licence", until: at(-24 * hourMs) }),
  record("contract_missing", { what: "contract", state: "missing" }),
  record("account_frozen", { what: "account", state: "frozen" }),
  record("limit_reached", { what: "limit", state: "limited" }),
  announced("alipay_in_its_window", "provider", (place) => place.gateway("maintenance"), {
    also: ["provider_api"],
  }),
  announced("alipay_silent_in_its_window", "provider", (place) => place.gateway("blackhole"), {
    also: ["provider_api"],
  }),
  announced(
    "alipay_errs_in_its_window",
    "provider",
    (place) => place.fault("system_error_before"),
    {
      also: ["provider_api"],
    },
  ),
  announced("line_in_its_window", "network", (place) => place.net({ internet: "silent" }), {
    slot: "line",
    also: ["network"],
  }),
  announced("till_in_its_window", "terminal", killed, {
    slot: "start",
    also: ["system", "device"],
    act: nobodyPays,
  }),
];
