/** What a person asks of a hub: the same answers whether it runs, and its process is asked, or its ledger is at rest. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { openRegistry, type Registry } from "../adapters/link/registry.ts";
import { StoreInUse } from "../adapters/store/sqlite/errors.ts";
import { openLedger } from "../adapters/store/sqlite/ledger.ts";
import { realWorld } from "../adapters/world/real.ts";
import { rfc3339China } from "../core/rules/time.ts";
import type { Ledger } from "../ports/ledger.ts";
import { type BoxConfig, readBoxConfig } from "./config.ts";
import { callControl } from "./control.ts";
import { ledgerPath } from "./hub-part.ts";
import { InputError } from "./output.ts";

export const hubControl = (data: string): string => join(data, "hub.json");

export const enrolAsk = z.object({
  terminal: z.string().regex(/^[A-Za-z0-9]{1,8}$/),
  store: z
    .string()
    .regex(/^\w{1,32}$/)
    .optional(),
  storeName: z.string().max(40).optional(),
  storeAddress: z.string().max(80).optional(),
  storePhone: z.string().max(30).optional(),
});

const revokeAsk = z.object({ terminal: z.string() });

const rowShape = z.object({
  terminal_id: z.string(),
  store_id: z.string(),
  store_name: z.string(),
  key_id: z.string(),
  enrolled_at: z.string(),
  revoked_at: z.string().nullable(),
  /** Null: not since the hub was started, or the hub isn't running. */
  last_heard_at: z.string().nullable(),
});

/** The answers, by command; all of them come back as JSON from a running hub. */
export const HUB_ANSWERS = {
  enrol: z.object({ terminal_id: z.string(), code: z.string(), expires_at: z.string() }),
  terminals: z.object({ data: z.array(rowShape) }),
  revoke: z.object({ terminal_id: z.string(), revoked: z.boolean() }),
  verify: z.object({
    whole: z.boolean(),
    broken: z.object({ stream: z.string(), seq: z.number() }).nullable(),
  }),
  status: z.object({
    running: z.boolean(),
    url: z.string().nullable(),
    version: z.string().nullable(),
    pid: z.number().nullable(),
    livemode: z.boolean().nullable(),
    terminals: z.number(),
    terminals_heard: z.number(),
    provider: z.string().nullable(),
    next_due_at: z.string().nullable(),
  }),
} as const;
export type HubCommand = keyof typeof HUB_ANSWERS;
type HubAnswer<C extends HubCommand> = z.output<(typeof HUB_ANSWERS)[C]>;

export interface HubDeskParts {
  readonly ledger: Ledger;
  readonly registry: Registry;
  readonly config: BoxConfig;
  readonly seen: () => ReadonlyMap<string, number>;
  /** Of a running hub. */
  readonly running: Omit<
    HubAnswer<"status">,
    "running" | "terminals" | "terminals_heard" | "next_due_at"
  > | null;
}

type Desk = { readonly [C in HubCommand]: (ask: unknown) => Promise<HubAnswer<C>> };

const at = (ms: number): string => rfc3339China(ms);
const atOrNull = (ms: number | null): string | null => (ms === null ? null : at(ms));

export function hubDesk({ ledger, registry, config, seen, running }: HubDeskParts): Desk {
  return {
    async enrol(ask) {
      const { terminal, ...given } = enrolAsk.parse(ask);
      const { store } = config;
      const other = given.store !== undefined && given.store !== store.id;
      const offer = await registry.offer(terminal, {
        id: given.store ?? store.id,
        name: given.storeName ?? (other ? "" : store.name),
        address: given.storeAddress ?? (other ? "" : store.address),
        phone: given.storePhone ?? (other ? "" : store.phone),
      });
      return { terminal_id: terminal, code: offer.code, expires_at: at(offer.expiresAtMs) };
    },
    async terminals() {
      const heard = seen();
      return {
        data: registry.list().map((one) => ({
          terminal_id: one.terminalId,
          store_id: one.store.id,
          store_name: one.store.name,
          key_id: one.keyId,
          enrolled_at: at(one.enrolledAtMs),
          revoked_at: atOrNull(one.revokedAtMs),
          last_heard_at:
            one.revokedAtMs === null ? atOrNull(heard.get(one.terminalId) ?? null) : null,
        })),
      };
    },
    async revoke(ask) {
      const { terminal } = revokeAsk.parse(ask);
      return { terminal_id: terminal, revoked: await registry.revoke(terminal) };
    },
    async verify() {
      const broken = await ledger.brokenChain();
      return { whole: broken === null, broken };
    },
    async status() {
      const atRest = { url: null, version: null, pid: null, livemode: null, provider: null };
      return {
        running: running !== null,
        ...(running ?? atRest),
        terminals: registry.list().filter((one) => one.revokedAtMs === null).length,
        terminals_heard: seen().size,
        next_due_at: atOrNull(await ledger.nextDueAtMs()),
      };
    },
  };
}

/** Asks the hub of this folder: its process if it runs, else its ledger. */
export async function askHub<C extends HubCommand>(
  data: string,
  command: C,
  ask: unknown = {},
): Promise<HubAnswer<C>> {
  const shape: z.ZodType = HUB_ANSWERS[command];
  const answer = await callControl(hubControl(data), command, ask);
  if (answer !== null) return shape.parse(answer.value) as HubAnswer<C>;
  if (!existsSync(ledgerPath(data)))
    throw new InputError("no_hub_here", {
      zh: `${data} 里没有中心。请用 --data 指出中心的数据目录，或先运行 chupiao hub start。`,
      en: `There is no hub in ${data}. Name its folder with --data, or run chupiao hub start first.`,
    });
  return atRest(data, (desk) => desk[command](ask));
}

async function atRest<T>(data: string, act: (desk: Desk) => Promise<T>): Promise<T> {
  const config = readBoxConfig(data);
  const ledger = await openLedger(ledgerPath(data)).catch((error: unknown) => {
    if (!(error instanceof StoreInUse)) throw error;
    throw new InputError("hub_busy", {
      zh: "这个目录正被一个收银程序使用，但它没有应答。请用 chupiao hub start 单独运行中心，或稍后再试。",
      en: "A process uses this folder and doesn't answer. Run the hub with chupiao hub start, or try again.",
    });
  });
  try {
    const merchantId = config.merchant.id;
    const registry = await openRegistry({ ledger, world: realWorld, merchantId });
    return await act(hubDesk({ ledger, registry, config, seen: () => new Map(), running: null }));
  } finally {
    await ledger.close();
  }
}
