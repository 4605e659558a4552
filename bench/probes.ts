/**
 * What the probes cost while nothing is wrong. Each look is measured many times, so that a minute of idling is known in a
 * few seconds: CPU by the process's own clock, bytes of the query by the wire in front of the gateway.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readBoxConfig } from "../src/bin/config.ts";
import { openOutside } from "../src/bin/outside.ts";
import { openProbes, watchOf } from "../src/bin/probes.ts";
import { endSandbox, type SandboxNews } from "../src/bin/sandbox-process.ts";
import type { Probe } from "../src/ports/probe.ts";
import type { WireState } from "../src/sandbox/servers/wire/wire.ts";

export interface ProbesBench {
  /** Of one core, all probes together. */
  readonly cpuPercent: number;
  /** On the network of a till with real keys, both directions, headers included. */
  readonly bytesPerSecond: number;
}

/** Seven packets of a connect that is closed again, with their headers. */
const connectBytes = 7 * 60;
/** One question and its answer over UDP, with their headers. */
const dnsBytes = 250;
/** TLS 1.3 with a chain of three certificates; loopback has none, so this one isn't measured. */
const tlsBytes = 6_500;
/** Packets and headers around the query's own bytes. */
const queryHeaderBytes = 12 * 60;

/** Bytes of one look with real keys; what stands on this computer costs none. */
const BYTES: Readonly<Record<string, (queryBytes: number) => number>> = {
  router: () => connectBytes,
  dns: () => dnsBytes,
  internet: () => 0,
  "provider answer": (queryBytes) => tlsBytes + connectBytes + queryHeaderBytes + queryBytes,
};
/** Only with real keys, so not among the sandbox's probes: a connect with TLS each 30 s. */
const providerConnect = { everyMs: 30_000, bytes: tlsBytes + connectBytes };

export async function benchProbes(looks: number): Promise<ProbesBench> {
  const data = mkdtempSync(join(tmpdir(), "chupiao-bench-"));
  const given = {
    data,
    alipayConfig: undefined,
    notifyUrl: null,
    log: () => {},
    onSandbox: () => {},
  };
  const { alipay, sandbox } = await openOutside(given);
  const { net } = watchOf(alipay, sandbox);
  const probes = openProbes({ data, config: readBoxConfig(data), alipay, net, hub: null });
  try {
    const before = await wireBytes(sandbox as SandboxNews);
    let cpuShare = 0;
    for (const probe of probes.list) cpuShare += (await cpuMsOf(probe, looks)) / probe.everyMs;
    const queryBytes = ((await wireBytes(sandbox as SandboxNews)) - before) / (looks + 1);
    const ofProbes = probes.list.reduce(
      (sum, one) => sum + ((BYTES[one.name]?.(queryBytes) ?? 0) * 1000) / one.everyMs,
      0,
    );
    return {
      cpuPercent: cpuShare * 100,
      bytesPerSecond: ofProbes + (providerConnect.bytes * 1000) / providerConnect.everyMs,
    };
  } finally {
    await probes.close();
    endSandbox(sandbox as SandboxNews);
    rmSync(data, { recursive: true, force: true });
  }
}

/** The first look opens and compiles things; it isn't counted. */
async function cpuMsOf(probe: Probe, looks: number): Promise<number> {
  await probe.look();
  const before = process.cpuUsage();
  for (let count = 0; count < looks; count += 1) await probe.look();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / looks;
}

async function wireBytes(sandbox: SandboxNews): Promise<number> {
  const reply = await fetch(`${sandbox.control}/wire/gateway`);
  const { bytes } = (await reply.json()) as WireState;
  return bytes.up + bytes.down;
}

if (import.meta.main) {
  const { cpuPercent, bytesPerSecond } = await benchProbes(Number(process.argv[2] ?? 100));
  console.log(
    `probes, idle: ${cpuPercent.toFixed(2)} % of a core, ${bytesPerSecond.toFixed(0)} B/s`,
  );
}
