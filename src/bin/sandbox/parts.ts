/** The parts of the sandbox besides the gateway, plugged into its control server. */
import type { Gateway } from "../../sandbox/servers/gateway/gateway.ts";
import type { SandboxPart } from "../../sandbox/servers/sandbox/sandbox.ts";

export interface PartsOptions {
  readonly dataDir: string;
  readonly printerPort: number;
}

export const sandboxParts = (
  _options: PartsOptions,
): readonly ((gateway: Gateway) => Promise<SandboxPart>)[] => [];
