import type { Fault } from "../fault.ts";
import { nobodyPays } from "../fault.ts";

const calm = (place: Parameters<Fault["inject"]>[0]): Promise<unknown> =>
  place.box.control("POST", "/net/calm", {});

const line = (id: string, change: Readonly<Record<string, unknown>>, more: Partial<Fault> = {}) =>
  ({
    id,
    family: "network",
    slot: "line",
    inject: (place) => place.net(change),
    heal: calm,
    ...more,
  }) satisfies Fault;

export const networkFaults: readonly Fault[] = [
  line("cable_pulled", { cable: "down", wifi: "down" }, { flaps: true }),
  line("no_address", { cable: "no_address", wifi: "down" }),
  line("router_off", { router: "silent" }, { flaps: true }),
  line("line_down", { internet: "silent" }, { flaps: true }),
  line("line_down_before_the_sale", { internet: "silent", dns: "silent" }, { act: nobodyPays }),
  line("router_off_at_rest", { router: "silent" }, { act: nobodyPays }),
  line("cable_pulled_at_rest", { cable: "down", wifi: "down" }, { act: nobodyPays }),
  line("names_unanswered", { dns: "silent" }, { act: nobodyPays }),
  line("names_fail", { dns: "server_failure" }, { act: nobodyPays }),
  line("names_refused", { dns: "refused" }, { act: nobodyPays }),
  {
    id: "login_page",
    family: "network",
    slot: "line",
    inject: (place) => place.fault("portal_page"),
    heal: (place) => place.noFaults(),
  },
];
