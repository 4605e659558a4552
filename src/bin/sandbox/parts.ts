/** The parts of the sandbox besides the gateway, plugged into its control server. */
import { join } from "node:path";
import type { Gateway } from "../../sandbox/servers/gateway/gateway.ts";
import { printerControl } from "../../sandbox/servers/printer/control.ts";
import { startPrinter, type SandboxPrinter } from "../../sandbox/servers/printer/printer.ts";
import type { SandboxPart } from "../../sandbox/servers/sandbox/sandbox.ts";
import { wireControl } from "../../sandbox/servers/wire/control.ts";
import { startWire } from "../../sandbox/servers/wire/wire.ts";

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

/** A printer, and a wire that can fail in front of the gateway and of the printer. */
export function sandboxParts(options: PartsOptions): readonly StartPart[] {
  let printer: SandboxPrinter | null = null;
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
    (gateway) => wirePart(gateway.port, printer?.port ?? null, options),
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
  gatewayPort: number,
  printerPort: number | null,
  { gatewayWirePort, printerWirePort }: PartsOptions,
): Promise<SandboxPart> {
  const host = "127.0.0.1";
  const gateway = await startWire({ target: { host, port: gatewayPort }, port: gatewayWirePort });
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
