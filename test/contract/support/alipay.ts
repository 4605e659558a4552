/** An adapter pointed at a test gateway, with everything that it logs. */
import assert from "node:assert/strict";
import { createAlipay } from "../../../src/adapters/provider/alipay/alipay.ts";
import type { Alipay } from "../../../src/adapters/provider/alipay/alipay.ts";
import type { LogFields } from "../../../src/adapters/provider/alipay/client.ts";
import { checkSettings } from "../../../src/adapters/provider/alipay/config.ts";
import type { AlipayConfig } from "../../../src/adapters/provider/alipay/config.ts";
import { nowMs } from "./alipay-bodies.ts";
import { keySettings } from "./alipay-gateway.ts";
import type { TestGateway } from "./alipay-gateway.ts";

export function configOf(settings: Record<string, unknown>): AlipayConfig {
  const read = checkSettings(settings, () => process.cwd(), nowMs);
  if (read.kind === "problems") assert.fail(read.problems.map((one) => one.text.en).join("\n"));
  return read.config;
}

export interface Adapter {
  readonly alipay: Alipay;
  readonly logged: { readonly event: string; readonly fields: LogFields }[];
}

export function adapterFor(gateway: TestGateway, settings: Record<string, unknown> = {}): Adapter {
  const logged: Adapter["logged"] = [];
  const config = configOf({ ...keySettings(gateway), ...settings });
  const log = (event: string, fields: LogFields): void => void logged.push({ event, fields });
  return { alipay: createAlipay(config, { nowMs: () => nowMs, log }), logged };
}
