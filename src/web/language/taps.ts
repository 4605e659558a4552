/** Whether the page is used by touch: the same question as the style sheet asks before it shows the keypad. */
import { useSyncExternalStore } from "react";

const noKeyboard = window.matchMedia("(max-width: 720px), (pointer: coarse)");

export const isTouched = (): boolean => noKeyboard.matches;

function subscribe(listener: () => void): () => void {
  noKeyboard.addEventListener("change", listener);
  return () => noKeyboard.removeEventListener("change", listener);
}

export const useTaps = (): boolean => useSyncExternalStore(subscribe, isTouched);
