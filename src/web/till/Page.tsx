/** The till as it is worked at: head, one big state, the receipt beside it, the keys below, windows over it. */
import { useSyncExternalStore } from "react";
import type { TillView } from "../../core/till/view.ts";
import { useDeskState } from "./desk/context.ts";
import { screenNow } from "./desk/state.ts";
import { Banner } from "./frame/Banner.tsx";
import { Header } from "./frame/Header.tsx";
import { KeyBar } from "./frame/KeyBar.tsx";
import { Ribbon } from "./frame/Ribbon.tsx";
import { ReceiptSide } from "./receipt/ReceiptSide.tsx";
import { Sheets } from "./sheets/Sheets.tsx";
import { Stage } from "./stage/Stage.tsx";

const tickMs = 500;

const clockNow = (): number => Math.floor(Date.now() / tickMs) * tickMs;
const everyTick = (changed: () => void): (() => void) => {
  const timer = setInterval(changed, tickMs);
  return () => clearInterval(timer);
};
const never = (): (() => void) => () => undefined;

/** The computer's clock, read again twice a second while something counts down. */
const useClock = (running: boolean): number =>
  useSyncExternalStore(running ? everyTick : never, clockNow);

export function Page({ view }: { readonly view: TillView }) {
  const state = useDeskState();
  const counts = state.sale?.attempt?.ended_at === null && state.sale.attempt.paid_at === null;
  const clockMs = useClock(counts);
  const screen = screenNow(state, view, clockMs);
  return (
    <>
      <div className={screen.full ? "till full" : "till"} data-screen={screen.kind}>
        <Ribbon money={view} />
        <Header view={view} />
        <Banner />
        <Stage screen={screen} />
        {screen.full ? null : <ReceiptSide side={screen.side} />}
        <KeyBar />
      </div>
      <Sheets view={view} />
    </>
  );
}
