/** The customer's screen: one thing at a time, large, in both languages, nothing personal. */
import { useEffect, useState } from "react";
import { frameText } from "../../core/text/frame.ts";
import { ribbonText } from "../../core/till/ribbon.ts";
import type { DisplayView } from "../../core/till/view.ts";
import { openStream } from "../box/stream.ts";
import { Icon } from "../parts/Icon.tsx";
import { Qr } from "../parts/Qr.tsx";
import { yuan } from "../parts/yuan.ts";
import { PHASES } from "./phases.ts";
import { Live } from "../parts/Live.tsx";

export function Display() {
  const [view, setView] = useState<DisplayView | null>(null);
  const [away, setAway] = useState(false);
  useEffect(() => {
    document.title = frameText.displayTitle.zh;
    return openStream<DisplayView>("/api/display/stream", "display", {
      onView: setView,
      onAway: setAway,
    });
  }, []);
  if (view === null) return <main className="display calm" />;
  return <Current view={view} away={away} />;
}

/** The result belongs to the customer who paid; after this the screen welcomes the next one. */
const paidShownMs = 60_000;

/** True once this very result has been on the screen long enough. */
function usePast(view: DisplayView): boolean {
  const paid = view.phase === "paid" ? `${view.amount_fen} ${view.receipt_url}` : null;
  const [past, setPast] = useState<string | null>(null);
  useEffect(() => {
    if (paid === null) return;
    const timer = setTimeout(() => setPast(paid), paidShownMs);
    return () => clearTimeout(timer);
  }, [paid]);
  return paid !== null && past === paid;
}

function Current({ view, away }: { readonly view: DisplayView; readonly away: boolean }) {
  const past = usePast(view);
  return <Shown view={past ? { ...view, ...idleAgain } : view} away={away} />;
}

const idleAgain = { phase: "idle", amount_fen: null, qr_code: null, receipt_url: null } as const;

function Shown({ view, away }: { readonly view: DisplayView; readonly away: boolean }) {
  const phase = PHASES[view.phase];
  const head = away ? frameText.displayAway : phase.head;
  const note = away ? null : phase.note;
  const ribbon = ribbonText(view);
  const qr = away ? null : view.phase === "paid" ? view.receipt_url : view.qr_code;
  return (
    <>
      {ribbon === null ? null : (
        <section className={view.training ? "ribbon training" : "ribbon"} aria-label={ribbon.zh}>
          {ribbon.zh} <span lang="en">{ribbon.en}</span>
        </section>
      )}
      <main className={`display ${away ? "calm" : phase.tone}`} data-phase={view.phase}>
        <p className="merchant">{view.merchant_name}</p>
        {view.amount_fen === null || view.phase === "idle" ? null : (
          <p className="amount">
            <small>￥</small>
            {yuan(view.amount_fen)}
          </p>
        )}
        <Live className="message">
          {phase.icon === null || away ? null : <Icon name={phase.icon} />}
          <h1>
            {head.zh}
            <span lang="en">{head.en}</span>
          </h1>
          {note === null ? null : (
            <p>
              {note.zh}
              <span lang="en">{note.en}</span>
            </p>
          )}
        </Live>
        {qr === null ? null : <CustomerQr text={qr} receipt={view.phase === "paid"} />}
      </main>
    </>
  );
}

function CustomerQr({ text, receipt }: { readonly text: string; readonly receipt: boolean }) {
  const words = receipt ? frameText.displayReceipt : frameText.displayShowQr;
  return (
    <figure className={receipt ? "code receipt" : "code"}>
      <Qr text={text} label={words.zh} />
      {receipt ? (
        <figcaption>
          {words.zh}
          <span lang="en">{words.en}</span>
        </figcaption>
      ) : null}
    </figure>
  );
}
