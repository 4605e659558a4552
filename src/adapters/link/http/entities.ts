/** Shapes of what travels: the entities of core, checked field by field. Unknown fields are dropped, missing ones refused. */
import { z } from "zod";
import type { ProviderCall } from "../../../core/diagnosis/evidence.ts";
import { type Fen, isFen } from "../../../core/money/money.ts";
import type { Attempt } from "../../../core/payment/attempt.ts";
import type { ProviderCode } from "../../../core/payment/answers.ts";
import type { Refund } from "../../../core/payment/refund.ts";
import { attemptStates } from "../../../core/payment/states.ts";
import { alipayTiming, type PaymentTiming } from "../../../core/payment/timing.ts";
import type { Receipt } from "../../../core/receipt/receipt.ts";
import type { StoredEvent } from "../../../ports/ledger.ts";
import type { HubNews, ProviderHealth } from "../../../ports/link.ts";

export const fenShape = z.custom<Fen>(isFen, "not whole fen");
export const idShape = z.string().regex(/^[\w-]{1,64}$/);
export const textShape = z.string().max(512);
const timeShape = z.number();
const timeOrNull = timeShape.nullable();
const countShape = z.int().nonnegative();

export const providerName = z.literal("alipay");
export const methodShape = z.enum(["code", "qr"]);

const codeShape: z.ZodType<ProviderCode> = z.object({
  code: textShape,
  subCode: textShape.nullable(),
  message: z.string().max(4_096).nullable(),
});

const unknownReason = z.enum([
  "silence",
  "broken",
  "unreadable",
  "verify",
  "mismatch",
  "provider",
  "unlisted",
]);

export const attemptShape: z.ZodType<Attempt> = z.object({
  merchantId: idShape,
  orderNo: idShape,
  saleId: idShape,
  terminalId: idShape,
  provider: providerName,
  method: methodShape,
  amountFen: fenShape,
  state: z.enum(attemptStates),
  version: countShape,
  createdAtMs: timeShape,
  sentAtMs: timeOrNull,
  expiresAtMs: timeShape,
  dueAtMs: timeOrNull,
  openSinceMs: timeOrNull,
  queriesAsked: countShape,
  reversingSinceMs: timeOrNull,
  reversal: z.object({
    outstanding: z.boolean(),
    asked: countShape,
    answeredAtMs: timeOrNull,
    action: z.enum(["close", "refund", "none"]).nullable(),
    everRefunded: z.boolean(),
    sawPaid: z.boolean(),
    refusedForNow: codeShape.nullable(),
    refusedForGood: codeShape.nullable(),
  }),
  stopAskedAtMs: timeOrNull,
  providerTradeNo: textShape.nullable(),
  payer: textShape.nullable(),
  paidAtMs: timeOrNull,
  qrCode: z.string().max(4_096).nullable(),
  endedAtMs: timeOrNull,
  unpaidEnd: z
    .enum([
      "never_sent",
      "declined",
      "closed",
      "closed_in_doubt",
      "refunded",
      "never_seen",
      "rolled_back",
    ])
    .nullable(),
  code: codeShape.nullable(),
  openAnswers: z
    .array(
      z.object({
        asked: z.enum(["pay", "precreate", "query", "cancel"]),
        reason: unknownReason,
        code: codeShape.nullable(),
        hint: codeShape.nullable(),
      }),
    )
    .exactOptional(),
  confirmed: z.boolean(),
  contradictions: countShape,
  contradictedAtMs: timeOrNull,
  afterChecks: countShape,
  lateSuspectAtMs: timeOrNull,
  closedOut: z.boolean(),
  goodsLeft: z.boolean(),
  saleEnded: z.boolean(),
  latePayment: z
    .object({
      seenAtMs: timeShape,
      decision: z.enum(["refund", "accept"]),
      providerTradeNo: textShape,
    })
    .nullable(),
});

export const refundShape: z.ZodType<Refund> = z.object({
  merchantId: idShape,
  orderNo: idShape,
  saleId: idShape,
  terminalId: idShape,
  requestNo: idShape,
  amountFen: fenShape,
  reason: textShape,
  operatorNo: textShape,
  latePayment: z.boolean(),
  state: z.enum(["requested", "sending", "done", "refused", "unknown"]),
  version: countShape,
  requestedAtMs: timeShape,
  sentAtMs: timeOrNull,
  dueAtMs: timeOrNull,
  tries: countShape,
  refusedAtMs: timeOrNull,
  endedAtMs: timeOrNull,
  code: codeShape.nullable(),
});

export const goodsShape = z.object({
  name: textShape,
  quantity: z.number(),
  priceFen: fenShape,
});

export const receiptShape: z.ZodType<Receipt> = z.object({
  number: textShape,
  saleId: idShape,
  content: z.object({
    number: textShape,
    saleId: idShape,
    issuer: z.object({
      merchantName: textShape,
      merchantNo: textShape,
      storeName: textShape,
      storeNo: textShape,
      terminalNo: idShape,
      address: textShape,
      phone: textShape,
    }),
    operator: z.object({ no: textShape, name: textShape }),
    provider: providerName,
    method: methodShape,
    orderNo: idShape,
    providerTradeNo: textShape,
    payer: textShape.nullable(),
    paidAtMs: timeShape,
    amountFen: fenShape,
    items: z.array(goodsShape).max(1_000),
    livemode: z.boolean(),
    training: z.boolean(),
    url: z.string().max(2_048).nullable(),
  }),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  token: z.string().regex(/^[\w-]{16,64}$/),
  issuedAtMs: timeShape,
  openedAtMs: timeOrNull,
  copies: countShape,
  void: z.boolean(),
});

export const eventShape: z.ZodType<StoredEvent> = z.object({
  stream: textShape,
  saleId: textShape.nullable(),
  atMs: timeShape,
  actor: textShape,
  kind: textShape,
  detail: z.record(z.string(), z.unknown()),
  seq: countShape,
  hash: textShape,
});

const callShape: z.ZodType<ProviderCall> = z.object({
  kind: z.literal("provider_call"),
  asked: z.enum([
    "pay",
    "precreate",
    "query",
    "cancel",
    "close",
    "refund",
    "refund_query",
    "bill",
    "probe",
  ]),
  orderNo: idShape.nullable(),
  ms: z.number().nonnegative(),
  unknown: unknownReason.nullable(),
  httpStatus: z.number().nullable(),
  code: textShape.nullable(),
  subCode: textShape.nullable(),
});

export const newsShape: z.ZodType<HubNews> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("attempt"), attempt: attemptShape }),
  z.object({ kind: z.literal("refund"), refund: refundShape }),
  z.object({
    kind: z.literal("receipt_opened"),
    saleId: idShape,
    number: textShape.exactOptional(),
    atMs: timeShape,
  }),
  z.object({
    kind: z.literal("provider_call"),
    call: callShape,
    elsewhere: z
      .object({ kind: z.literal("elsewhere"), terminals: countShape, failing: countShape })
      .nullable(),
  }),
  z.object({ kind: z.literal("missed") }),
]);

export const healthShape: z.ZodType<ProviderHealth> = z.object({
  state: z.enum(["not_asked", "answering", "slow", "failing", "hub_away"]),
  lastAnswerMs: z.number().nullable(),
  failuresInARow: countShape,
});

const waitShape = z.number().nonnegative();

export const timingShape: z.ZodType<PaymentTiming> = z.object({
  intentAgeMsMax: waitShape,
  callTimeoutMs: waitShape,
  leaseMarginMs: waitShape,
  payExpiresAfterMs: waitShape,
  qrExpiresAfterMs: waitShape,
  codeLifeMs: waitShape,
  proofMarginMs: waitShape,
  firstQueryAfterMs: waitShape,
  queryPlan: z.array(z.object({ untilMs: waitShape, everyMs: waitShape })),
  cancelRetryMs: waitShape,
  cancelRetryMsMax: waitShape,
  refusedRetryMs: waitShape,
  confirmPaid: z.enum(["before_receipt", "background", "off"]),
  confirmAfterMs: waitShape,
  contradictionGapMs: waitShape,
  // A hub of the version before doesn't tell it.
  givenBackLagMs: waitShape.default(alipayTiming.givenBackLagMs),
  afterChecksMs: z.array(waitShape),
});
