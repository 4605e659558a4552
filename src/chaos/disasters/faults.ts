/** What breaks without anybody dying: lines, the gateway, the printer, the disk, the clock. */
import { pause } from "../shop/calls.ts";
import type { Disaster, Scene } from "./disaster.ts";

/** For the gateway's line; a line that says things twice exists between gateway and box only. */
const gatewayLine = [
  { lose: "up" },
  { lose: "down" },
  { lose: "both" },
  { reset: "before_delivery" },
  { reset: "after_delivery" },
  { duplicate_after_ms: 300 },
  { refuse: true },
  { up: { delay_ms: 150, jitter_ms: 300 } },
  { down: { delay_ms: 150, jitter_ms: 300 } },
] as const;
/** Nothing that leaves a hole in what the printer gets: TCP may break off, and never skips. */
const printerLine = [
  { lose: "down" },
  { reset: "before_delivery" },
  { reset: "after_delivery" },
  { refuse: true },
  { bytes_per_s: 2_000 },
] as const;
const printerTroubles = [
  [{ paper: "out" }, { paper: "ok" }],
  [{ paper_left_mm: 40 }, { paper: "ok", paper_left_mm: null }],
  [{ cover: "open" }, { cover: "closed" }],
  [{ cutter: "jammed" }, { cutter: "ok" }],
  [{ head: "hot" }, { head: "ok" }],
  [{ mute: true }, { mute: false }],
  [{ wrong_ids: true }, { wrong_ids: false }],
  [{ garbage: "chaos" }, { garbage: null }],
] as const;
const gatewayModes = ["down", "blackhole", "maintenance"] as const;
const behaviours = [
  "silence_after",
  "silence_before",
  "reset_after",
  "http_502_after",
  "http_502_before",
  "truncated_body",
  "system_error_before",
  "system_error_after",
  "wrong_signature",
  "notify_first",
  "notify_twice",
  "notify_never",
  "late_booking",
] as const;

const lasts = ({ chance }: Scene): Promise<void> => pause(chance.between(100, 1_500));

async function lineFails(
  scene: Scene,
  wire: "gateway" | "printer",
  rules: readonly object[],
): Promise<void> {
  await scene.shop.control("POST", `/wire/${wire}`, scene.chance.pick(rules));
  await lasts(scene);
  await scene.shop.control("POST", `/wire/${wire}/calm`);
}

async function printerFails(scene: Scene): Promise<void> {
  const [breaks, heals] = scene.chance.pick(printerTroubles);
  await scene.shop.control("POST", "/printer/state", breaks);
  await lasts(scene);
  await scene.shop.control("POST", "/printer/state", heals);
}

async function gatewayFails(scene: Scene): Promise<void> {
  const mode = scene.chance.pick(gatewayModes);
  await scene.shop.control("POST", "/control/gateway", { mode });
  await lasts(scene);
  await scene.shop.control("POST", "/control/gateway", { mode: "up" });
}

async function gatewayMisbehaves({ shop, chance }: Scene): Promise<void> {
  const behaviour = chance.pick(behaviours);
  const times = chance.between(1, 5);
  await shop.control("POST", "/control/faults", { behaviour, method: "*", times });
}

async function diskIsFull(scene: Scene): Promise<void> {
  scene.disk?.fill();
  await lasts(scene);
  scene.disk?.clear();
}

/**
 * Steps and comes back, while everything runs. Not far forward: an order sent then can be paid until its `time_expire`,
 * by the wrong clock, and rightly stays open until that has passed.
 */
async function clockSteps(scene: Scene): Promise<void> {
  const seconds = scene.chance.pick([-7_200, -90, -5, 5, 20]);
  scene.clock?.step(seconds);
  await lasts(scene);
  scene.clock?.step(0);
}

export const FAULTS: readonly Disaster[] = [
  {
    name: "gateway's line fails",
    says: "loses, delays, doubles, resets or refuses what box and gateway say",
    weight: 30,
    needs: null,
    strike: (scene) => lineFails(scene, "gateway", gatewayLine),
  },
  {
    name: "printer's line fails",
    says: "loses, resets, refuses or slows down what box and printer say",
    weight: 12,
    needs: null,
    strike: (scene) => lineFails(scene, "printer", printerLine),
  },
  {
    name: "printer fails",
    says: "paper out, also in the middle of a receipt; cover, blade, head; mute, wrong ids, garbage",
    weight: 22,
    needs: null,
    strike: printerFails,
  },
  {
    name: "gateway is away",
    says: "down, silent or in maintenance",
    weight: 12,
    needs: null,
    strike: gatewayFails,
  },
  {
    name: "gateway misbehaves",
    says: "the next few calls: lost, late, broken, wrongly signed or refused for no reason",
    weight: 14,
    needs: null,
    strike: gatewayMisbehaves,
  },
  {
    name: "disk is full",
    says: "the shop's own small disk, to the last byte",
    weight: 4,
    needs: "disk",
    strike: diskIsFull,
  },
  {
    name: "clock steps",
    says: "the box's wall clock, 2 hours back to 20 s forth, and back again",
    weight: 6,
    needs: "clock",
    strike: clockSteps,
  },
];

/** Everything right again, whatever struck. */
export async function putAllRight({ shop, clock, disk }: Scene): Promise<void> {
  disk?.clear();
  clock?.step(0);
  await shop.control("POST", "/wire/gateway/calm");
  await shop.control("POST", "/wire/printer/calm");
  await shop.control("POST", "/control/gateway", { mode: "up" });
  await shop.control("DELETE", "/control/faults");
  await shop.control("POST", "/printer/state", {
    power: "on",
    power_loss: null,
    paper: "ok",
    paper_left_mm: null,
    cover: "closed",
    cutter: "ok",
    head: "ok",
    mute: false,
    wrong_ids: false,
    garbage: null,
    // Hours of bad weather leave a pile of papers that wait.
    speed_mm_per_s: 0,
  });
}
