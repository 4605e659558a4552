/** The screens of a paid sale: the money is settled, the paper or a refund may not be. */
import { isInterrupted, type HoldCause, waitsForEReceipt } from "../printing/job.ts";
import { isHeldByPrinter } from "../printing/holds.ts";
import { DOUBT_CAUSES, HOLD_CAUSES, PRINT_INTERRUPTED } from "../text/printer-causes.ts";
import { fill, joined, type Text } from "../text/text.ts";
import { tillText } from "../text/till.ts";
import { act, eReceiptAct, possible, refundExtra } from "./acts.ts";
import { clockText } from "./clock.ts";
import { screenOfSale, withAmount } from "./compose.ts";
import type { Said, Scene } from "./compose.ts";
import { extraWords } from "./extra.ts";
import type { Screen, Step } from "./parts.ts";
import { leftFen, paperThatNeeds, refundToTell } from "./paid-parts.ts";
import type { AttemptView, JobView, RefundView, SaleView } from "./view.ts";

const t = tillText;

/** What the paper needs of a person first, then a refund of this money, then plain success. */
export function screenOfPaid(scene: Scene, attempt: AttemptView): Screen {
  const { sale } = scene;
  const refund = refundToTell(sale);
  const screen =
    screenOfPaper(scene, refund) ??
    (refund === null ? paid(scene, attempt) : screenOfRefund(scene, refund));
  return withExtra(screen, sale);
}

/** Null where the paper waits for nobody: it comes by itself, it is out, or there is no sale left that it would be of. */
function screenOfPaper(scene: Scene, refund: RefundView | null): Screen | null {
  const job = paperThatNeeds(scene.sale);
  if (job === null) return null;
  const screen =
    job.state === "doubtful"
      ? doubtful(scene, job)
      : isInterrupted(job)
        ? interrupted(scene)
        : held(scene, job.hold ?? "unreachable");
  if (refund === null) return screen;
  const { headline, plain } = REFUND_SAYS[refund.state](scene.sale, refund);
  const asks = refund.state === "unknown" ? [act("query", "more", scene.sale)] : [];
  return {
    ...screen,
    caution: fill(t.refundBesides, { head: headline, plain }),
    acts: [...screen.acts, ...asks],
  };
}

/** Money that came besides is told on every screen of the sale that has its own. */
function withExtra(screen: Screen, sale: SaleView): Screen {
  if (sale.extra === null) return screen;
  const words = extraWords(sale, sale.extra);
  const caution = screen.caution === null ? words : joined(words, screen.caution);
  const [first, ...rest] = screen.acts.filter(
    ({ id }) => id !== "refund" || sale.extra?.state === "back",
  );
  const acts = [...(first === undefined ? [] : [first]), ...refundExtra(sale), ...rest];
  const tone = sale.extra.state === "kept" ? "care" : screen.tone;
  return { ...screen, tone, caution, acts };
}

function paid(scene: Scene, attempt: AttemptView): Screen {
  const { sale, view } = scene;
  const facts = [attempt.payer, clockText(attempt.paid_at)].filter((fact) => fact);
  const tail = facts.map((fact) => ` · ${fact}`).join("");
  const electronic = electronicInsteadOfPaper(scene);
  return screenOfSale(scene, {
    kind: "paid",
    tone: "good",
    icon: "tick",
    word: t.taken,
    headline: t.paidHead,
    plain: { zh: t.alipay.zh + tail, en: t.alipay.en + tail },
    caution: electronic === null ? waivedWords(scene) : t.scanEReceipt,
    qr: electronic,
    acts: [
      act("next", "go", sale),
      act("reprint", "plain", sale, firstPaper(sale)),
      ...possible([eReceiptAct(sale, view.receipt_links_reachable, "plain")]),
      ...possible([act("refund", "more", sale), act("waive_paper", "more", sale)]),
      act("details", "more", sale),
    ],
  });
}

/** None has left yet, so it is no reprint. */
const firstPaper = ({ receipt }: SaleView): { readonly label?: typeof t.printPaper } =>
  waitsForEReceipt(receipt?.job) ? { label: t.printPaper } : {};

/** Address for a customer who was promised the electronic receipt and hasn't opened it yet. */
function electronicInsteadOfPaper({ sale, view }: Scene): string | null {
  const { receipt } = sale;
  if (!sale.accepts_e_receipt || !view.receipt_links_reachable || receipt === null) return null;
  return receipt.opened_at === null && waitsForEReceipt(receipt.job) ? receipt.url : null;
}

/** The paper was called off: the electronic receipt is a choice then, and nobody waits for it. */
function waivedWords({ sale, view }: Scene): Text | null {
  const { receipt } = sale;
  if (receipt?.job?.state !== "waived" || receipt.opened_at !== null) return null;
  const isThere = view.receipt_links_reachable && receipt.url !== null;
  return isThere ? t.waivedButElectronic : t.waivedPaper;
}

const moneyIsIn = {
  word: t.taken,
  money: { tone: "good", icon: "tick", text: t.paidKeep },
} as const;

const step = (no: number, at: Step["at"], text: Step["text"]): Step => ({
  no,
  at,
  text,
  picture: null,
  seen: null,
});

function held(scene: Scene, hold: HoldCause): Screen {
  const { sale, view } = scene;
  const { title, now, more, ownReport } = HOLD_CAUSES[hold];
  const steps: readonly Step[] = !isHeldByPrinter(hold)
    ? [step(1, "now", now), step(2, "later", more)]
    : [
        step(1, "done", fill(ownReport ? t.heldSaw : t.heldNoticed, { what: title })),
        step(2, "now", now),
        step(3, "later", t.heldResume),
      ];
  return screenOfSale(scene, {
    ...moneyIsIn,
    kind: "held",
    tone: "care",
    icon: "alert",
    headline: fill(t.heldHead, { why: title }),
    plain: sale.advice,
    guide: { steps, more: 0 },
    acts: [
      act("next", "go", sale, { label: t.nextHeld }),
      eReceiptAct(sale, view.receipt_links_reachable, "plain", t.giveEReceipt),
      act("why", "more", sale),
      ...possible([act("waive_paper", "more", sale), act("refund", "more", sale)]),
      act("details", "more", sale),
    ],
  });
}

/** Part of it may be on paper, so nothing is promised that only holds for a paper that hasn't begun. */
function interrupted(scene: Scene): Screen {
  const { sale, view } = scene;
  return screenOfSale(scene, {
    ...moneyIsIn,
    kind: "held",
    tone: "care",
    icon: "dots",
    headline: PRINT_INTERRUPTED.title,
    plain: PRINT_INTERRUPTED.now,
    acts: [
      act("next", "go", sale, { label: t.nextHeld }),
      ...possible([eReceiptAct(sale, view.receipt_links_reachable, "plain", t.giveEReceipt)]),
      act("why", "more", sale),
      act("details", "more", sale),
    ],
  });
}

/** Two questions, no third: what nobody can prove is asked of the person who can see it. */
function doubtful(scene: Scene, job: JobView): Screen {
  const { sale, view } = scene;
  return screenOfSale(scene, {
    ...moneyIsIn,
    kind: "doubtful",
    tone: "care",
    takesCode: t.codeWhileAsked,
    icon: "ask",
    headline: t.doubtfulHead,
    plain: DOUBT_CAUSES[job.doubt ?? "no_proof_in_time"].now,
    acts: [
      act("came_out", "go", sale),
      act("did_not", "go", sale),
      ...possible([eReceiptAct(sale, view.receipt_links_reachable, "more", t.giveEReceipt)]),
      act("next", "more", sale, { label: t.nextHeld, key: "S" }),
      act("why", "more", sale),
    ],
  });
}

const REFUND_SAYS: Record<
  RefundView["state"],
  (sale: SaleView, refund: RefundView) => Omit<Said, "kind" | "acts">
> = {
  requested: refunding,
  sending: refunding,
  done: (sale, refund) => ({
    tone: "good",
    icon: "back",
    headline: withAmount(t.refundedHead, refund.amount_fen),
    plain: leftFen(sale) === 0 ? t.refundedFull : withAmount(t.refundedPart, leftFen(sale), "left"),
  }),
  refused: (_sale, refund) => ({
    tone: "bad",
    icon: "cross",
    headline: withAmount(t.refundRefusedHead, refund.amount_fen),
    plain: refund.cause?.cashier ?? t.refundRefusedPlain,
  }),
  unknown: (_sale, refund) => ({
    tone: "care",
    icon: "dots",
    headline: t.refundUnknownHead,
    plain: withAmount(t.refundUnknownPlain, refund.amount_fen),
  }),
};

function refunding(_sale: SaleView, refund: RefundView): Omit<Said, "kind" | "acts"> {
  return {
    tone: "wait",
    icon: "dots",
    headline: withAmount(t.refundingHead, refund.amount_fen),
    plain: t.refundingPlain,
  };
}

function screenOfRefund(scene: Scene, refund: RefundView): Screen {
  const { sale } = scene;
  return screenOfSale(scene, {
    ...REFUND_SAYS[refund.state](sale, refund),
    kind: "refund",
    word: t.taken,
    acts: [
      act("next", "go", sale),
      ...(refund.state === "unknown" ? [act("query", "plain", sale)] : []),
      ...possible([act("reprint", "plain", sale), act("refund", "plain", sale)]),
      act("details", "more", sale),
    ],
  });
}
