import { frameText } from "../../core/text/frame.ts";
import type { Text } from "../../core/text/text.ts";
import type { Icon, Tone } from "../../core/till/parts.ts";
import type { DisplayView } from "../../core/till/view.ts";

interface Phase {
  readonly tone: Tone;
  readonly icon: Icon | null;
  readonly head: Text;
  readonly note: Text | null;
}

const t = frameText;

/** What each phase says to the customer. */
export const PHASES: Record<DisplayView["phase"], Phase> = {
  idle: { tone: "calm", icon: null, head: t.welcome, note: null },
  show_code: { tone: "wait", icon: "code", head: t.displayShowCode, note: null },
  show_qr: { tone: "wait", icon: null, head: t.displayShowQr, note: null },
  waiting: { tone: "wait", icon: "dots", head: t.displayWaiting, note: null },
  confirming: {
    tone: "care",
    icon: "dots",
    head: t.displayConfirming,
    note: t.displayConfirmingNote,
  },
  paid: { tone: "good", icon: "tick", head: t.displayPaid, note: t.displayThanks },
  not_paid: { tone: "bad", icon: "cross", head: t.displayNotPaid, note: t.displayNotPaidNote },
};
