/** The network's probes against real sockets: each rung of the ladder well, broken, and left out where there is none. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { dnsProbe } from "../../src/adapters/probe/network/dns-probe.ts";
import { farProbe } from "../../src/adapters/probe/network/far-probe.ts";
import { hubProbe } from "../../src/adapters/probe/network/hub-probe.ts";
import { interfaceProbe } from "../../src/adapters/probe/network/interface-probe.ts";
import { type Line, spotOf } from "../../src/adapters/probe/network/line.ts";
import { pathReader } from "../../src/adapters/probe/network/paths.ts";
import { routerProbe } from "../../src/adapters/probe/network/router-probe.ts";
import { type Spot, touch } from "../../src/adapters/probe/network/touch.ts";
import { systemFiles } from "../../src/adapters/probe/system.ts";
import { realWorld } from "../../src/adapters/world/real.ts";
import type { Evidence, Reach } from "../../src/core/diagnosis/evidence.ts";
import type { Probe } from "../../src/ports/probe.ts";
import { type Net, startNet } from "../../src/sandbox/servers/net/net.ts";

interface Rig {
  readonly net: Net;
  readonly line: Line;
  readonly system: ReturnType<typeof systemFiles>;
}

async function rig(context: TestContext): Promise<Rig> {
  const folder = mkdtempSync(join(tmpdir(), "chupiao-net-"));
  const net = await startNet(folder, null);
  context.after(async () => {
    await net.close();
    rmSync(folder, { recursive: true });
  });
  const system = systemFiles(folder);
  return { net, system, line: { paths: pathReader(system), real: false, nowMs: Date.now } };
}

const reaches = (evidence: readonly Evidence[]): readonly Reach[] =>
  evidence.map(({ fact }) => fact).filter((fact) => fact.kind === "reach");

const seenBy = async (probe: Probe): Promise<readonly string[]> =>
  reaches(await probe.look()).map((one) => `${one.target} ${one.path} ${one.failure ?? "well"}`);

const spot = (address: string): Spot => spotOf(address) ?? assert.fail(address);

test("cards: the one in use is watched, one that is lost is told, an unused one is no fault", async (context) => {
  const { net, line } = await rig(context);
  const probe = interfaceProbe(line);
  assert.deepEqual(await seenBy(probe), ["interface eth0 well"]);
  await net.set({ wifi: "up" });
  assert.deepEqual(await seenBy(probe), ["interface eth0 well", "interface wlan0 well"]);
  await net.set({ cable: "down", wifi: "no_address" });
  assert.deepEqual(await seenBy(probe), ["interface eth0 down", "interface wlan0 no_address"]);
});

test("cards: with none that ever worked, all are told", async (context) => {
  const { net, line } = await rig(context);
  await net.set({ cable: "down" });
  const probe = interfaceProbe(line);
  assert.deepEqual(await seenBy(probe), ["interface eth0 down", "interface wlan0 down"]);
});

test("router: an acceptance and a refusal are both answers, silence is none", async (context) => {
  const { net, line, system } = await rig(context);
  const probe = routerProbe(line, system, [spot(net.router)]);
  const [well] = reaches(await probe.look());
  assert.equal(well?.failure, null);
  assert.ok((well?.ms ?? -1) >= 0);
  await net.set({ router: "refused" });
  assert.deepEqual(await seenBy(probe), ["router eth0 well"]);
  await net.set({ router: "silent" });
  assert.deepEqual(await seenBy(probe), ["router eth0 timeout"]);
});

test("router: with no card up there is nothing to ask, and nothing is said about it", async (context) => {
  const { net, line, system } = await rig(context);
  await net.set({ cable: "down" });
  assert.deepEqual(await seenBy(routerProbe(line, system, [spot(net.router)])), []);
});

test("router: by the system's own routes, on each path", async (context) => {
  const { net, line, system } = await rig(context);
  await net.set({ wifi: "up" });
  // The tree's router is this computer, whose usual ports refuse: that is an answer.
  assert.deepEqual(await seenBy(routerProbe(line, system)), [
    "router eth0 well",
    "router wlan0 well",
  ]);
});

test("names: known, unknown, refused, failing and silent servers", async (context) => {
  const { net, line } = await rig(context);
  const probe = dnsProbe(line, {
    name: "openapi.alipay.com",
    servers: [net.dns],
    allPaths: false,
  });
  assert.deepEqual(await seenBy(probe), ["dns eth0 well"]);
  const expected = { no_name: "no_name", server_failure: "bad_answer", silent: "timeout" } as const;
  for (const [dns, failure] of Object.entries(expected)) {
    await net.set({ dns: dns as keyof typeof expected });
    assert.deepEqual(await seenBy(probe), [`dns eth0 ${failure}`]);
  }
});

test("names: a second server that answers is enough, and a slow one shows in the time", async (context) => {
  const { net, line } = await rig(context);
  await net.set({ dns_delay_ms: 200 });
  const probe = dnsProbe(line, {
    name: "openapi.alipay.com",
    servers: [net.router, net.dns],
    allPaths: false,
  });
  const [seen] = reaches(await probe.look());
  assert.equal(seen?.failure, null);
  assert.ok((seen?.ms ?? 0) >= 195);
});

test("far away: asked on the path in use, on all when wanted, and not at all without one", async (context) => {
  const { net, line } = await rig(context);
  const options = {
    target: "internet",
    spots: [spot(net.internet)],
    tls: false,
    everyMs: 15_000,
  } as const;
  const probe = farProbe(line, { ...options, allPaths: false });
  const both = farProbe(line, { ...options, allPaths: true });
  await net.set({ wifi: "up" });
  assert.deepEqual(await seenBy(probe), ["internet eth0 well"]);
  assert.deepEqual(await seenBy(both), ["internet eth0 well", "internet wlan0 well"]);
  await net.set({ internet: "refused" });
  assert.deepEqual(await seenBy(probe), ["internet eth0 refused"]);
  await net.set({ internet: "silent", cable: "down" });
  assert.deepEqual(await seenBy(probe), ["internet wlan0 timeout"]);
  await net.set({ wifi: "down" });
  assert.deepEqual(await seenBy(probe), ["internet eth0 no_route"]);
});

test("a server in clear where TLS belongs isn't taken for the provider", async (context) => {
  const { net } = await rig(context);
  const seen = await touch(spot(net.internet), { timeoutMs: 1_000, tls: true });
  assert.notEqual(seen.failure, null);
  assert.equal(seen.ms, null);
});

test("hub: its hello is timed and its clock compared; a fault is named; a refusal still proves the way", async (context) => {
  const { line } = await rig(context);
  const hub = { away: null as string | null, fails: null as string | null };
  const asked = {
    hello: async (): Promise<void> => {
      if (hub.fails !== null) throw new Error(hub.fails);
    },
    hubTimeMs: () => realWorld.nowMs() - 90_000,
    away: () => hub.away,
  };
  const probe = hubProbe(line, asked, "hub.example.com", realWorld);
  const well = await probe.look();
  assert.equal(reaches(well)[0]?.failure, null);
  const clock = well.map(({ fact }) => fact).find((fact) => fact.kind === "clock");
  assert.equal(clock?.against, "hub");
  assert.ok(Math.abs((clock?.offsetMs ?? 0) - 90_000) < 1_000);
  Object.assign(hub, { fails: "ECONNREFUSED", away: "ECONNREFUSED" });
  assert.deepEqual(await seenBy(probe), ["hub eth0 refused"]);
  Object.assign(hub, { fails: "no answer in time", away: "no answer in time" });
  assert.deepEqual(await seenBy(probe), ["hub eth0 timeout"]);
  Object.assign(hub, { fails: "hub refused: unknown_terminal", away: null });
  assert.deepEqual(await seenBy(probe), ["hub eth0 well"]);
});

test("on loopback without a tree there is no network: a path that is only this computer", async (context) => {
  const { net } = await rig(context);
  const system = systemFiles(null);
  const line: Line = { paths: pathReader(system), real: true, nowMs: Date.now };
  const probe = farProbe(line, {
    target: "internet",
    spots: [spot(net.internet)],
    tls: false,
    allPaths: false,
    everyMs: 15_000,
  });
  assert.deepEqual(await seenBy(probe), ["internet lo well"]);
  assert.deepEqual(await seenBy(routerProbe(line, system, [spot(net.router)])), ["router lo well"]);
});
