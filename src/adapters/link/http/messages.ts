/** Every call of the link as a message: its path, what is asked, what is answered, and how long it may take. */
import { z } from "zod";
import type { Attempt } from "../../../core/payment/attempt.ts";
import { attemptMovedBy } from "../../../core/payment/moments.ts";
import type {
  EpochAsk,
  HubNews,
  PayIntent,
  PayReply,
  RefundIntent,
  RefundReply,
  WithdrawReply,
} from "../../../ports/link.ts";
import {
  attemptShape,
  eventShape,
  fenShape,
  goodsShape,
  healthShape,
  idShape,
  methodShape,
  newsShape,
  providerName,
  receiptShape,
  refundShape,
  textShape,
  timingShape,
} from "./entities.ts";

export interface Message<Ask, Answer> {
  readonly path: string;
  readonly ask: z.ZodType<Ask>;
  readonly answer: z.ZodType<Answer>;
  /** From the call to the last byte of the answer. */
  readonly timeoutMs: number;
  /** The answer with its attempts' moments by a clock that is `byMs` further. */
  moved(answer: Answer, byMs: number): Answer;
}

function message<Ask, Answer>(
  name: string,
  ask: z.ZodType<Ask>,
  answer: z.ZodType<Answer>,
  timeoutMs = 8_000,
  moved: Message<Ask, Answer>["moved"] = (told) => told,
): Message<Ask, Answer> {
  return { path: `/link/v1/${name}`, ask, answer, timeoutMs, moved };
}

const attemptMoved = (attempt: Attempt | null, byMs: number): Attempt | null =>
  attempt === null ? null : attemptMovedBy(attempt, byMs);

const tellsMoved = <Told extends PayReply | WithdrawReply | HubNews>(
  told: Told,
  byMs: number,
): Told => ("attempt" in told ? { ...told, attempt: attemptMovedBy(told.attempt, byMs) } : told);

const epochShape = z.int().min(1);

const intentShape: z.ZodType<PayIntent> = z.object({
  merchantId: idShape,
  storeId: idShape,
  terminalId: idShape,
  operatorNo: textShape,
  saleId: idShape,
  orderNo: idShape,
  provider: providerName,
  method: methodShape,
  amountFen: fenShape,
  subject: textShape,
  goods: z.array(goodsShape).max(1_000),
  paymentCode: z.string().max(64).nullable(),
  ageMs: z.number().nonnegative(),
  again: z.boolean(),
  epoch: epochShape,
});

/** A newer hub may refuse for a reason of its own. That it refused is all that counts: nothing was done. */
const refusedFor = <const Reason extends string>(known: readonly [Reason, ...Reason[]]) =>
  z.enum(known).or(textShape.transform(() => "till_too_old" as const));

const payReply: z.ZodType<PayReply> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("accepted"), attempt: attemptShape }),
  z.object({ kind: z.literal("known"), attempt: attemptShape }),
  z.object({
    kind: z.literal("refused"),
    reason: refusedFor([
      "intent_too_old",
      "order_withdrawn",
      "sale_has_attempt",
      "earlier_attempt_not_closed",
      "earlier_attempt_was_paid",
      "ledger_unavailable",
      "hub_not_reached",
      "hub_refused",
      "terminal_replaced",
    ]),
  }),
]);

const withdrawReply: z.ZodType<WithdrawReply> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("never_sent") }),
  z.object({ kind: z.literal("known"), attempt: attemptShape }),
]);

const refundIntent: z.ZodType<RefundIntent> = z.object({
  merchantId: idShape,
  orderNo: idShape,
  requestNo: idShape,
  amountFen: fenShape,
  reason: textShape,
  operatorNo: textShape,
});

const refundReply: z.ZodType<RefundReply> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("accepted"), refund: refundShape }),
  z.object({
    kind: z.literal("refused"),
    reason: refusedFor([
      "order_not_found",
      "refund_must_be_positive",
      "sale_is_not_paid",
      "refund_in_progress",
      "refund_exceeds_what_is_left",
      "idempotency_key_reused",
    ]),
  }),
]);

const epochAsk: z.ZodType<EpochAsk> = z.object({
  merchantId: idShape,
  terminalId: idShape,
  journalId: idShape,
  epoch: epochShape.nullable(),
});

const orderAsk = z.object({ merchantId: idShape, orderNo: idShape });

/** What a terminal has to know of its hub to talk to people and to print. */
const settingsShape = z.object({
  merchantId: idShape,
  storeId: idShape,
  terminalId: idShape,
  issuer: z.object({
    merchantName: textShape,
    merchantNo: textShape,
    storeName: textShape,
    storeNo: textShape,
    address: textShape,
    phone: textShape,
  }),
  provider: providerName,
  livemode: z.boolean(),
  receiptBase: z.string().max(2_048).nullable(),
  timing: timingShape,
  /** The hub's version, for people. */
  version: textShape,
});
export type HubSettings = Readonly<z.output<typeof settingsShape>>;
export { settingsShape };

const cursorShape = z.object({ epoch: textShape, seq: z.int().nonnegative() });
/** Where a terminal stands in its hub's news. The epoch is new with each start of the hub. */
export type Cursor = Readonly<z.output<typeof cursorShape>>;

export const newsWaitMsMax = 20_000;

const key = z.string().regex(/^[\w-]{43}$/);

export const MESSAGES = {
  hello: message("hello", z.object({}), settingsShape),
  /** `livemode`: what the till tells people; a hub that means something else refuses. */
  pay: message(
    "pay",
    z.object({ intent: intentShape, livemode: z.boolean() }),
    payReply,
    10_000,
    tellsMoved,
  ),
  withdraw: message("withdraw", orderAsk, withdrawReply, undefined, tellsMoved),
  attempt: message("attempt", orderAsk, attemptShape.nullable(), undefined, attemptMoved),
  ask: message(
    "ask",
    orderAsk.extend({ what: z.enum(["query", "stop", "reverse", "goods_left", "sale_ended"]) }),
    attemptShape.nullable(),
    undefined,
    attemptMoved,
  ),
  refund: message("refund", refundIntent, refundReply),
  refundState: message(
    "refund-state",
    z.object({ merchantId: idShape, requestNo: idShape }),
    refundShape.nullable(),
  ),
  refunds: message("refunds", orderAsk, z.array(refundShape)),
  refundsEndedAfter: message(
    "refunds-ended",
    z.object({
      merchantId: idShape,
      terminalId: idShape,
      after: z.object({ endedAtMs: z.int(), requestNo: textShape }),
    }),
    z.array(refundShape),
  ),
  putReceipt: message(
    "receipt",
    z.object({ merchantId: idShape, receipt: receiptShape }),
    z.null(),
  ),
  highestReceipt: message("highest-receipt", z.object({ terminalId: idShape }), z.int().min(0)),
  grantEpoch: message(
    "grant-epoch",
    epochAsk,
    z.object({ epoch: epochShape, isUnbroken: z.boolean() }),
  ),
  holdEpoch: message("hold-epoch", epochAsk, z.boolean()),
  history: message("history", z.object({ saleId: idShape }), z.array(eventShape)),
  news: message(
    "news",
    z.object({ after: cursorShape.nullable(), waitMs: z.number().min(0).max(newsWaitMsMax) }),
    z.object({ cursor: cursorShape, news: z.array(newsShape) }),
    newsWaitMsMax + 5_000,
    ({ cursor, news }, byMs) => ({ cursor, news: news.map((one) => tellsMoved(one, byMs)) }),
  ),
  enrol: message(
    "enrol",
    z.object({ tag: key, terminalKey: key, proof: key }),
    z.object({
      hubKey: key,
      merchantId: idShape,
      storeId: idShape,
      terminalId: idShape,
      proof: key,
    }),
  ),
} as const;

/** Closing out an earlier attempt asks the provider up to three times before the pay call leaves. */
export const payAgainTimeoutMs = 25_000;

/** With its meaning, for a till that doesn't know the word; a hub of an older version tells none. */
export const refusalBody = z.object({
  refused: textShape,
  nothingDone: z.boolean().optional(),
  isOnlyThis: z.boolean().optional(),
});

/**
 * Every answer also says how the provider has been answering, for the till's light, and the hub's wall clock, which the
 * moments in it go by; a hub of an older version doesn't tell that.
 */
export const answerBody = <Answer>(answer: z.ZodType<Answer>) =>
  z.object({ answer, health: healthShape.nullable(), wallMs: z.number().optional() });
