/** The parts of the sandbox besides the gateway, plugged into its control server. */
import { join } from "node:path";
import type { Gateway } from "../../sandbox/servers/gateway/gateway.ts";
import { netControl } from "../../sandbox/servers/net/control.ts";
import { feedControl } from "../../sandbox/servers/net/feed.ts";
import { startNet } from "../../sandbox/servers/net/net.ts";
import { printerControl } from "../../sandbox/servers/printer/control.ts";
import { startPrinter, type SandboxPrinter } from "../../sandbox/servers/printer/printer.ts";
import type { SandboxPart } from "../../sandbox/servers/sandbox/sandbox.ts";
import { wireControl } from "../../sandbox/servers/wire/control.ts";
import { startWire, type Wire } from "../../sandbox/servers/wire/wire.ts";

export interface PartsOptions {
  readonly dataDir: string;
  readonly printerPort: number;
  /** 0: free ones. Fixed, a wire is found again after its sandbox was killed. */
  readonly gatewayWirePort: number;
  readonly printerWirePort: number;
  readonly profile: "epson" | "clone" | "mute";
  readonly paperMm: 58 | 80;
}

type StartPart = (gateway: Gateway) => Promise<SandboxPart>;

/** A printer, a wire that can fail in front of it and of the gateway, the shop's network, and a feed. */
export function sandboxParts(options: PartsOptions): readonly StartPart[] {
  let printer: SandboxPrinter | null = null;
  let gatewayWire: Wire | null = null;
  return [
    async () => {
      printer = await startPrinter({
        port: options.printerPort,
        dataDir: join(options.dataDir, "printer"),
        profile: options.profile,
        paperMm: options.paperMm,
      });
      return printerPart(printer);
    },
    async (gateway) => {
      const host = "127.0.0.1";
      gatewayWire = await startWire({
        target: { host, port: gateway.port },
        port: options.gatewayWirePort,
      });
      return wirePart(gatewayWire, printer?.port ?? null, options);
    },
    () => netPart(join(options.dataDir, "system"), gatewayWire),
    async () => feedPart(),
  ];
}

const printerPart = (printer: SandboxPrinter): SandboxPart => ({
  prefix: "/printer",
  plugin: printerControl(printer),
  title: { zh: "打印机", en: "printer" },
  news: { printer: { host: printer.host, port: printer.port } },
  close: () => printer.close(),
});

async function wirePart(
  gateway: Wire,
  printerPort: number | null,
  { printerWirePort }: PartsOptions,
): Promise<SandboxPart> {
  const host = "127.0.0.1";
  const printer =
    printerPort === null
      ? null
      : await startWire({ target: { host, port: printerPort }, port: printerWirePort });
  return {
    prefix: "/wire",
    plugin: wireControl(printer === null ? { gateway } : { gateway, printer }),
    title: null,
    news: {
      wires: {
        gateway: `http://${host}:${gateway.port}/gateway.do`,
        ...(printer === null ? {} : { printer: { host, port: printer.port } }),
      },
    },
    async close() {
      await gateway.close();
      await printer?.close();
    },
  };
}

/** `line`: what payments go through. */
async function netPart(systemRoot: string, line: Wire | null): Promise<SandboxPart> {
  const net = await startNet(systemRoot, line);
  return {
    prefix: "/net",
    plugin: netControl(net),
    title: { zh: "店内网络", en: "network" },
    news: {
      net: {
        router: [net.router],
        dns: [net.dns],
        dns_name: "openapi.alipay.com",
        internet: [net.internet],
        system_root: net.systemRoot,
      },
    },
    close: () => net.close(),
  };
}

const feedPart = (): SandboxPart => ({
  prefix: "/feed",
  plugin: feedControl(),
  title: null,
  news: {},
  close: async () => {},
});
