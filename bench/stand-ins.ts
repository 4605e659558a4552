/** The outside world in a process of its own: gateway and an instant printer. Speaks JSON lines over its channel. */
import { fen } from "../src/core/money/money.ts";
import { DEMO_WALLETS } from "../src/sandbox/model/gateway/wallets.ts";
import { startGateway } from "../src/sandbox/servers/gateway/gateway.ts";
import { startPrinter } from "../src/sandbox/servers/printer/printer.ts";

const rich = {
  ...(DEMO_WALLETS[0] as (typeof DEMO_WALLETS)[number]),
  id: "bench",
  balanceFen: fen(10_000_000_000),
  singleLimitFen: null,
  dayLimitFen: null,
  passwordAboveFen: fen(10_000_000_000),
};
const gateway = await startGateway({ wallets: [rich] });
const printer = await startPrinter({
  profile: "epson",
  paperMm: 80,
  settings: { dotsPerSecond: 0 },
});

export interface StandIns {
  readonly gateway: string;
  readonly appId: string;
  readonly sellerId: string;
  readonly privateKey: string;
  readonly publicKey: string;
  readonly printer: string;
}

const news: StandIns = {
  gateway: gateway.url,
  appId: gateway.appId,
  sellerId: gateway.control.settings().sellerId,
  privateKey: gateway.keys.appPrivatePem,
  publicKey: gateway.keys.alipayPublicPem,
  printer: `tcp://${printer.host}:${printer.port}`,
};

process.on("message", (count: number) => {
  process.send?.(Array.from({ length: count }, () => gateway.control.issueCode("bench")?.code));
});
process.on("disconnect", () => process.exit(0));
process.send?.(news);
