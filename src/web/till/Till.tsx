/** The gate of the page: one tab, a box that answers, an operator. Then the till itself. */
import { useEffect, useState } from "react";
import { frameText } from "../../core/text/frame.ts";
import type { TillView } from "../../core/till/view.ts";
import { openStream } from "../box/stream.ts";
import { useSay } from "../language/language.ts";
import { DeskContext, useDeskState } from "./desk/context.ts";
import { Desk } from "./desk/desk.ts";
import { Elsewhere } from "./Elsewhere.tsx";
import { Banner } from "./frame/Banner.tsx";
import { useKeys } from "./keys/useKeys.ts";
import { useOneTab } from "./oneTab.ts";
import { Page } from "./Page.tsx";
import { SignOn } from "./signon/SignOn.tsx";
import { Live } from "../parts/Live.tsx";

export function Till() {
  const { tab, takeOver } = useOneTab();
  const say = useSay();
  const title = say(frameText.pageTitle);
  useEffect(() => {
    document.title = title;
  }, [title]);
  if (tab === "asking") return null;
  if (tab === "active") return <ActiveTill />;
  return <Elsewhere takenOver={tab === "taken_over"} onTakeOver={takeOver} />;
}

function ActiveTill() {
  const [desk] = useState(() => new Desk());
  useEffect(
    () =>
      openStream<TillView>("/api/till/stream", "till", {
        onView: (view) => desk.frame(view),
        onAway: (away) => desk.away(away),
      }),
    [desk],
  );
  useKeys(desk);
  return (
    <DeskContext value={desk}>
      <Room />
    </DeskContext>
  );
}

function Room() {
  const { view } = useDeskState();
  const say = useSay();
  if (view === null) {
    return (
      <main className="gate">
        <Banner />
        <Live className="quiet-line">{say(frameText.starting)}</Live>
      </main>
    );
  }
  return view.operator === null ? <SignOn view={view} /> : <Page view={view} />;
}
