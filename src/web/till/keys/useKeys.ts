import { useEffect } from "react";
import type { Desk } from "../desk/desk.ts";
import { isField } from "./fields.ts";
import { keyTargets, onPaste } from "./keys.ts";
import { listenToKeys } from "./listen.ts";

/** Keys, scans and pastes of the whole page, while it is the active one. */
export function useKeys(desk: Desk): void {
  useEffect(() => {
    const stop = listenToKeys(keyTargets(desk));
    const paste = (event: ClipboardEvent): void => {
      if (isField(document.activeElement) !== null) return;
      event.preventDefault();
      onPaste(desk, event.clipboardData?.getData("text/plain") ?? "");
    };
    document.addEventListener("paste", paste, true);
    return () => {
      stop();
      document.removeEventListener("paste", paste, true);
    };
  }, [desk]);
}
