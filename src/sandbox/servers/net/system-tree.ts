/**
 * A tree of files that stands for the till computer's /proc and /sys: two network cards, memory, supply, disk. Diagnosis reads
 * it instead of the real ones, so that a cable can be pulled and a supply sag on a computer that has neither trouble.
 */
import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { CardState } from "./modes.ts";

export interface SystemState {
  readonly cable: CardState;
  readonly wifi: CardState;
  readonly wifi_signal_dbm: number;
  readonly memory_free_mb: number;
  /** Null: what the real disk has. */
  readonly disk_free_mb: number | null;
  readonly undervoltage: boolean;
  /** When the computer was last started here, epoch s; null: it never was, and the real one tells. */
  readonly started_at_s: number | null;
}

export const CALM_SYSTEM: SystemState = {
  cable: "up",
  wifi: "down",
  wifi_signal_dbm: -50,
  memory_free_mb: 1_500,
  disk_free_mb: null,
  undervoltage: false,
  started_at_s: null,
};

/** Loopback has room for many addresses; each card gets one of its own, so that probes can be bound to it. */
const cards = [
  { name: "eth0", address: "127.0.0.1", metric: 100 },
  { name: "wlan0", address: "127.0.0.2", metric: 600 },
] as const;

const stateOf = (state: SystemState, name: string): CardState =>
  name === "eth0" ? state.cable : state.wifi;

/** The files by their paths; null: not there. */
function files(state: SystemState): Readonly<Record<string, string | null>> {
  const up = cards.filter((card) => stateOf(state, card.name) !== "down");
  const addressed = cards.filter((card) => stateOf(state, card.name) === "up");
  const routes = addressed.map(
    ({ name, metric }) => `${name}\t00000000\t0100007F\t0003\t0\t0\t${metric}\t00000000\t0\t0\t0`,
  );
  const addresses = addressed.map(({ name, address }) => [
    name,
    [{ address, netmask: "255.0.0.0" }],
  ]);
  const signal = `Inter-| sta-|   Quality        |   Discarded packets               | Missed | WE
 face | tus | link level noise |  nwid  crypt   frag  retry   misc | beacon | 22
 wlan0: 0000   54.  ${state.wifi_signal_dbm}.  -256        0      0      0      0      0        0
`;
  return {
    "/proc/net/route": [
      "Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask",
      ...routes,
      "",
    ].join("\n"),
    "/proc/net/wireless": state.wifi === "down" ? null : signal,
    "/proc/meminfo": `MemTotal: 4000000 kB\nMemAvailable: ${state.memory_free_mb * 1024} kB\n`,
    "/proc/stat": state.started_at_s === null ? null : `btime ${state.started_at_s}\n`,
    "/proc/sys/kernel/random/boot_id": "5a4d0b0c-0000-4000-8000-000000000001\n",
    "/sys/devices/platform/soc/soc:firmware/get_throttled": state.undervoltage ? "50001\n" : "0\n",
    "/etc/chupiao/addresses.json": JSON.stringify(Object.fromEntries(addresses)),
    "/etc/chupiao/disk_free_bytes":
      state.disk_free_mb === null ? null : String(state.disk_free_mb * 1_048_576),
    "/sys/class/net/wlan0/phy80211": "",
    ...Object.fromEntries(
      cards.flatMap((card) => {
        const at = `/sys/class/net/${card.name}`;
        const isUp = up.includes(card);
        return [
          [`${at}/device`, ""],
          [`${at}/carrier`, isUp ? "1\n" : "0\n"],
          [`${at}/operstate`, isUp ? "up\n" : "down\n"],
        ];
      }),
    ),
  };
}

export interface SystemTree {
  readonly root: string;
  state(): SystemState;
  set(change: Partial<SystemState>): void;
}

/** Writes a calm one at once. A reader sees each file old or new, never half. */
export function openSystemTree(root: string): SystemTree {
  let state = CALM_SYSTEM;
  let written: Readonly<Record<string, string | null>> = {};
  const write = (): void => {
    const wanted = files(state);
    for (const [path, text] of Object.entries(wanted)) {
      if (written[path] === text) continue;
      const to = join(root, path);
      if (text === null) rmSync(to, { force: true });
      else {
        mkdirSync(dirname(to), { recursive: true });
        writeFileSync(`${to}.new`, text);
        renameSync(`${to}.new`, to);
      }
    }
    written = wanted;
  };
  write();
  return {
    root,
    state: () => state,
    set(change) {
      state = { ...state, ...change };
      write();
    },
  };
}
