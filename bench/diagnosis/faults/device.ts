import type { Chance } from "../chance.ts";
import type { Fault } from "../fault.ts";
import { nobodyPays } from "../fault.ts";
import { pause, type Place } from "../place.ts";

type State = Readonly<Record<string, unknown>>;

const printer = (id: string, state: State, well: State, more: Partial<Fault> = {}): Fault => ({
  id,
  family: "device",
  slot: "paper",
  inject: (place) => place.printer(state),
  heal: (place) => place.printer(well),
  ...more,
});

const computer = (id: string, state: State): Fault => ({
  id,
  family: "device",
  slot: "computer",
  inject: (place) => place.net(state),
  act: nobodyPays,
});

/** The program stands still as it does on a computer that swaps; the till's own clock of its turns notices. */
async function freezes(place: Place, chance: Chance): Promise<void> {
  const forMs = chance.whole(2_000, 4_000);
  place.box.signal("SIGSTOP");
  await pause(forMs);
  place.box.signal("SIGCONT");
}

export const deviceFaults: readonly Fault[] = [
  printer("paper_out", { paper: "out" }, { paper: "ok" }, { flaps: true }),
  printer(
    "paper_ends_in_the_receipt",
    { paper_left_mm: 30, speed_mm_per_s: 200 },
    {},
    { needsReceipt: true },
  ),
  printer("cover_open", { cover: "open" }, { cover: "closed" }, { flaps: true }),
  printer("cutter_jammed", { cutter: "jammed" }, { cutter: "ok" }, { needsReceipt: true }),
  printer("head_hot", { head: "hot" }, { head: "ok" }),
  printer("mechanism_error", { mechanism: "error" }, { mechanism: "ok" }),
  printer("mechanism_broken", { mechanism: "broken" }, { mechanism: "ok" }),
  printer("printer_off", { power: "off" }, { power: "on" }, { flaps: true }),
  printer("printer_off_at_rest", { power: "off" }, { power: "on" }, { act: nobodyPays }),
  printer("paper_out_at_rest", { paper: "out" }, { paper: "ok" }, { act: nobodyPays }),
  printer(
    "power_lost_in_the_receipt",
    { power_loss: { after_lines: 5 }, speed_mm_per_s: 200 },
    {},
    { needsReceipt: true },
  ),
  printer("printer_mute", { mute: true }, { mute: false }),
  printer("printer_garbage", { garbage: "#?!" }, { garbage: null }, { needsReceipt: true }),
  printer(
    "port_refuses",
    { refuse: true },
    { refuse: false },
    {
      inject: async (place) => {
        await place.printer({ refuse: true });
        await place.box.control("POST", "/printer/actions/reset_connection", {}).catch(() => null);
      },
    },
  ),
  computer("undervoltage", { undervoltage: true }),
  computer("memory_short", { memory_free_mb: 8 }),
  computer("disk_nearly_full", { disk_free_mb: 3 }),
  { id: "till_freezes", family: "device", slot: "computer", inject: freezes, act: nobodyPays },
];
