/** What the control interface takes; anything else is refused with the field's name. */
import { z } from "zod";
import { fen, fenMax, isFen, type Fen } from "../../../core/money/money.ts";
import { BEHAVIOUR_NAMES, type BehaviourName } from "../../model/gateway/behaviours.ts";
import { METHODS } from "../../model/gateway/request.ts";
import { WALLET_STATES, type WalletState, type WhenAsked } from "../../model/gateway/wallets.ts";
import type { WalletPatch } from "../gateway/control.ts";
import type { Settings } from "../../model/gateway/settings.ts";

const amount: z.ZodType<Fen, number> = z.int().min(0).max(fenMax).refine(isFen).transform(fen);
const waitMsMax = 86_400_000;
const ms = z.int().min(0).max(waitMsMax);

const whenAsked = z.union([
  z.strictObject({ kind: z.literal("waits") }),
  z.strictObject({ kind: z.enum(["confirms", "refuses"]), after_ms: ms }),
]);
const askOf = (ask: z.infer<typeof whenAsked>): WhenAsked =>
  ask.kind === "waits" ? ask : { kind: ask.kind, afterMs: ask.after_ms };

export const walletInput = z
  .strictObject({
    name: z.string().min(1).max(30),
    balance_fen: amount,
    single_limit_fen: amount.nullable(),
    day_limit_fen: amount.nullable(),
    state: z.enum(WALLET_STATES as readonly [WalletState, ...WalletState[]]),
    password_above_fen: amount,
    when_asked: whenAsked,
  })
  .partial();

export function walletPatch(input: z.output<typeof walletInput>): WalletPatch {
  return {
    ...(input.name === undefined ? {} : { name: input.name }),
    ...(input.balance_fen === undefined ? {} : { balanceFen: input.balance_fen }),
    ...(input.single_limit_fen === undefined ? {} : { singleLimitFen: input.single_limit_fen }),
    ...(input.day_limit_fen === undefined ? {} : { dayLimitFen: input.day_limit_fen }),
    ...(input.state === undefined ? {} : { state: input.state }),
    ...(input.password_above_fen === undefined
      ? {}
      : { passwordAboveFen: input.password_above_fen }),
    ...(input.when_asked === undefined ? {} : { whenAsked: askOf(input.when_asked) }),
  };
}

export const codeInput = z.strictObject({ wallet: z.string().optional() });

export const scanInput = z.strictObject({
  /** The QR code's text or the order number behind it. */
  target: z.string().min(1),
  wallet: z.string().optional(),
  pays: z.boolean().default(true),
});

export const faultInput = z
  .strictObject({
    behaviour: z.enum(BEHAVIOUR_NAMES as readonly [BehaviourName, ...BehaviourName[]]),
    method: z.enum(["*", ...METHODS]).default("*"),
    times: z.int().min(1).max(1_000_000).default(1),
    sub_code: z
      .string()
      .regex(/^[\w.-]{1,80}$/)
      .nullable()
      .default(null),
    code: z
      .string()
      .regex(/^\d{5}$/)
      .nullable()
      .default(null),
    ms: ms.nullable().default(null),
  })
  .refine((fault) => (fault.behaviour === "sub_code") === (fault.sub_code !== null), {
    path: ["sub_code"],
    params: {
      zh: "故障 sub_code 要写错误码（--sub-code），其他故障不能写",
      en: "the behaviour sub_code needs one (--sub-code), and no other takes one",
    },
  });

export const modeInput = z.strictObject({
  mode: z.enum(["up", "down", "blackhole", "maintenance", "portal"]),
  /** Comes back up by itself after so many seconds. */
  seconds: z.number().positive().max(86_400).nullable().default(null),
});

export const withdrawInput = z.strictObject({ amount_fen: amount.nullable().default(null) });
export const adoptInput = z.strictObject({ pid: z.int().min(1) });

const status = z.enum(["WAIT_BUYER_PAY", "TRADE_SUCCESS", "TRADE_FINISHED", "TRADE_CLOSED"]);

/** The settings that may change while it runs, by their names outside. */
export const settingsInput = z
  .strictObject({
    time_factor: z.number().positive().max(1e9),
    notify_on: z.array(status),
    notify_immediate_resends: z.int().min(0).max(10),
    unsigned_gateway_errors: z.boolean(),
    app_has_key: z.boolean(),
    timestamp_tolerance_ms: ms.nullable(),
    resend_while_waiting: z.enum(["in_process", "status_error"]),
    declined_leaves_trade: z.boolean(),
    cancel_stops_late_pay: z.boolean(),
    cancel_window_ms: z.int().min(0),
    refund_gap_ms: ms,
    refund_period_ms: z.int().min(0),
    code_life_ms: z.int().min(1000),
    qr_life_ms: z.int().min(1000),
    default_order_life_ms: z.int().min(1000),
    merchant_single_limit_fen: amount.nullable(),
    merchant_state: z.enum(["normal", "blocked", "suspended"]),
    bills_ready: z.enum(["next_day", "at_once"]),
    bill_link_life_ms: z.int().min(0),
    fee_per_10000: z.int().min(0).max(10_000),
    bill_fee_sign: z.union([z.literal(1), z.literal(-1)]),
    bill_line_end: z.enum(["\r\n", "\n"]),
  })
  .partial();

const camel = (name: string): string =>
  name.replaceAll(/_([a-z0-9])/g, (_all, letter: string) => letter.toUpperCase());
const snake = (name: string): string =>
  name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`).replace("10000", "_10000");

/** The same names in code, differently spelled: a test holds the two lists together. */
export const settingsPatch = (input: z.output<typeof settingsInput>): Partial<Settings> =>
  Object.fromEntries(
    Object.entries(input)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [camel(name), value]),
  ) as Partial<Settings>;

export const settingsView = (settings: Settings): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(settings).map(([name, value]) => [snake(name), value]));

export const countOf = (query: unknown): number => {
  const parsed = z.object({ limit: z.coerce.number().int().min(1).max(100_000) }).safeParse(query);
  return parsed.success ? parsed.data.limit : 50;
};
