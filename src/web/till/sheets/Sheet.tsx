/** A window over the till: keeps the focus inside, closes with Esc, and gives the focus back. */
import { useEffect, useRef } from "react";
import type { ReactNode, RefObject } from "react";
import { sheetText } from "../../../core/text/sheets.ts";
import type { Text } from "../../../core/text/text.ts";
import { useSay } from "../../language/language.ts";
import { Icon } from "../../parts/Icon.tsx";
import { useDesk, useDeskState } from "../desk/context.ts";

export function Sheet({
  title,
  size = "side",
  children,
}: {
  readonly title: Text;
  readonly size?: "side" | "small";
  readonly children: ReactNode;
}) {
  const desk = useDesk();
  const { sheets, notice } = useDeskState();
  const say = useSay();
  const dialog = useRef<HTMLDialogElement>(null);
  const body = useRef<HTMLElement>(null);
  useArrows(body);
  useScrollKeys(body);
  useEffect(() => {
    const before = document.activeElement;
    const own = dialog.current;
    if (own !== null && !own.open) {
      own.showModal();
      // Typing can begin at once where there is a field; else the headline is read first, and Enter presses only a button that names it.
      const field = own.querySelector<HTMLElement>("input:is([type=search], [type=text])");
      (field ?? own.querySelector<HTMLElement>("h1"))?.focus();
    }
    return () => {
      own?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      className={`sheet ${size}`}
      aria-labelledby="sheet-title"
      onCancel={(event) => {
        event.preventDefault();
        desk.closeTop();
      }}
    >
      <div className="sheet-head">
        {sheets.length > 1 ? (
          <button type="button" className="quiet" onClick={() => desk.closeTop()}>
            ← {say(sheetText.goBack)}
            <kbd>Esc</kbd>
          </button>
        ) : null}
        <h1 id="sheet-title" tabIndex={-1}>
          {say(title)}
        </h1>
        <button type="button" className="quiet" onClick={() => desk.closeAll()}>
          {say(sheetText.close)}
          {sheets.length > 1 ? null : <kbd>Esc</kbd>}
        </button>
      </div>
      <div role="alert" className="notice-place">
        {notice === null ? null : (
          <p className={`notice ${notice.tone}`}>
            <Icon name={notice.tone === "good" ? "tick" : "alert"} />
            {say(notice.text)}
          </p>
        )}
      </div>
      <section
        ref={body}
        className="sheet-body"
        aria-labelledby="sheet-title"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- long windows scroll, so keys must reach them
        tabIndex={0}
      >
        {children}
      </section>
    </dialog>
  );
}

/** Up and down go from row to row of a list; Enter then opens the one that has the focus. */
function useArrows(body: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const own = body.current;
    if (own === null) return;
    const onArrow = (event: KeyboardEvent): void => {
      const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
      const rows = [...own.querySelectorAll<HTMLElement>(".row, .row-like")];
      const at = rows.findIndex((row) => row === document.activeElement);
      const next = rows[at < 0 ? 0 : at + step];
      if (step === 0 || next === undefined || event.target instanceof HTMLTextAreaElement) return;
      if (event.target instanceof HTMLInputElement && event.target.type === "radio") return;
      event.preventDefault();
      next.focus();
    };
    // On the document: what had the focus may be gone, as a form is once it was sent.
    document.addEventListener("keydown", onArrow);
    return () => document.removeEventListener("keydown", onArrow);
  }, [body]);
}

/** Where each key scrolls a window to, px from its top. */
const SCROLLS: Readonly<Record<string, (body: HTMLElement) => number>> = {
  PageDown: ({ scrollTop, clientHeight }) => scrollTop + 0.9 * clientHeight,
  PageUp: ({ scrollTop, clientHeight }) => scrollTop - 0.9 * clientHeight,
  Home: () => 0,
  End: ({ scrollHeight }) => scrollHeight,
};

/** The headline has the focus at first, and it doesn't scroll; what is in the window scrolls by itself. */
function useScrollKeys(body: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const own = body.current;
    if (own === null) return;
    const onKey = (event: KeyboardEvent): void => {
      const to = SCROLLS[event.key];
      if (to === undefined || (event.target instanceof Node && own.contains(event.target))) return;
      event.preventDefault();
      own.scrollTo({ top: to(own) });
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [body]);
}
