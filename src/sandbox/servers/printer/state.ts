/** The state of the printer as people and scripts see and set it: one flat object, lengths in millimetres. */
import { z } from "zod";
import type { Conditions, Faults, PowerTrap } from "../../model/printer/conditions.ts";
import type { Snapshot } from "../../model/printer/printer.ts";
import type { Settings } from "../../model/printer/traits.ts";

const dotsPerMm = 8;

export const SECOND_CONNECTION = ["queue", "refuse", "hang"] as const;
export type SecondConnection = (typeof SECOND_CONNECTION)[number];

const powerLoss = z.union([
  z.null(),
  z.literal("before_print"),
  z.literal("before_answer"),
  z.strictObject({ after_lines: z.int().min(1).max(100_000) }),
]);

const settable = z.strictObject({
  power: z.enum(["on", "off"]),
  paper: z.enum(["ok", "near_end", "out"]),
  paper_left_mm: z.number().min(0).max(1_000_000).nullable(),
  cover: z.enum(["closed", "open"]),
  cutter: z.enum(["ok", "jammed"]),
  head: z.enum(["ok", "hot"]),
  mechanism: z.enum(["ok", "error", "broken"]),
  drawer: z.enum(["closed", "open"]),
  feed_button: z.enum(["up", "down"]),
  speed_mm_per_s: z.number().min(0).max(1_000),
  mute: z.boolean(),
  garbage: z.string().min(1).max(200).nullable(),
  wrong_ids: z.boolean(),
  power_loss: powerLoss,
  refuse: z.boolean(),
  second_connection: z.enum(SECOND_CONNECTION),
});

/** What `POST state` takes; everything may be left out. */
export const stateChange = settable.partial();
export type StateChange = z.infer<typeof stateChange>;

export const ACTIONS = ["feed", "tear", "reset_connection", "clear_papers"] as const;
export type PrinterAction = (typeof ACTIONS)[number];

/** What the line of the network does, beside the printer itself. */
export interface LineState {
  readonly refuse: boolean;
  readonly secondConnection: SecondConnection;
  readonly connections: number;
}

export type PrinterState = z.infer<typeof settable> & {
  readonly profile: string;
  readonly address: string;
  readonly paper_mm: 58 | 80;
  readonly offline: boolean;
  readonly cutter_error: boolean;
  readonly waiting_for_feed: boolean;
  readonly buffered_bytes: number;
  readonly printing: boolean;
  readonly connections: number;
  readonly papers: number;
  readonly lines: number;
  readonly cuts: number;
};

const trapText = (trap: PowerTrap | null): PrinterState["power_loss"] =>
  trap === null ? null : trap.at === "after_lines" ? { after_lines: trap.lines } : trap.at;

export function stateOf(
  snapshot: Snapshot,
  line: LineState,
  device: { profile: string; address: string; papers: number },
): PrinterState {
  const { conditions, faults, settings, signals } = snapshot;
  const { rollDots } = conditions;
  return {
    ...device,
    paper_mm: settings.paperMm,
    power: conditions.power,
    paper: conditions.paper,
    paper_left_mm: rollDots === null ? null : rollDots / dotsPerMm,
    cover: conditions.cover,
    cutter: conditions.cutter,
    head: conditions.head,
    mechanism: conditions.mechanism,
    drawer: conditions.drawer,
    feed_button: conditions.feedButton,
    speed_mm_per_s: settings.dotsPerSecond / dotsPerMm,
    mute: faults.mute,
    garbage: faults.garbage,
    wrong_ids: faults.wrongIds,
    power_loss: trapText(faults.powerLoss),
    refuse: line.refuse,
    second_connection: line.secondConnection,
    offline: signals.offline || conditions.power === "off",
    cutter_error: signals.cutterError,
    waiting_for_feed: signals.waitingForRecovery,
    buffered_bytes: snapshot.bufferedBytes,
    printing: snapshot.waitingForMechanism > 0,
    connections: line.connections,
    lines: snapshot.totals.lines,
    cuts: snapshot.totals.cuts,
  };
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

/** The part of a change that happens to the device. */
export function conditionsOf(change: StateChange): Partial<Conditions> {
  const to: Partial<Writable<Conditions>> = {};
  if (change.power !== undefined) to.power = change.power;
  if (change.paper !== undefined) to.paper = change.paper;
  if (change.paper_left_mm !== undefined) {
    const left = change.paper_left_mm;
    to.rollDots = left === null ? null : Math.round(left * dotsPerMm);
  }
  if (change.cover !== undefined) to.cover = change.cover;
  if (change.cutter !== undefined) to.cutter = change.cutter;
  if (change.head !== undefined) to.head = change.head;
  if (change.mechanism !== undefined) to.mechanism = change.mechanism;
  if (change.drawer !== undefined) to.drawer = change.drawer;
  if (change.feed_button !== undefined) to.feedButton = change.feed_button;
  return to;
}

/** The part that no sensor knows of. */
export function faultsOf(change: StateChange): Partial<Faults> {
  const to: Partial<Writable<Faults>> = {};
  if (change.mute !== undefined) to.mute = change.mute;
  if (change.garbage !== undefined) to.garbage = change.garbage;
  if (change.wrong_ids !== undefined) to.wrongIds = change.wrong_ids;
  const trap = change.power_loss;
  if (trap === null) to.powerLoss = null;
  else if (typeof trap === "object") to.powerLoss = { at: "after_lines", lines: trap.after_lines };
  else if (trap !== undefined) to.powerLoss = { at: trap };
  return to;
}

export function settingsOf(change: StateChange): Partial<Settings> {
  const speed = change.speed_mm_per_s;
  return speed === undefined ? {} : { dotsPerSecond: Math.round(speed * dotsPerMm) };
}
