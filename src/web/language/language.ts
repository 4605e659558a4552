/** The page's language: the operator's choice on this computer, else what the browser asks for, else Chinese. */
import { useSyncExternalStore } from "react";
import { sayWithKeys } from "../../core/text/keys.ts";
import { languageOf } from "../../core/text/text.ts";
import type { Language, Text } from "../../core/text/text.ts";
import { useTaps } from "./taps.ts";

const storageKey = "chupiao.language";
const listeners = new Set<() => void>();

let current: Language = languageOf(localStorage.getItem(storageKey), navigator.languages);
const htmlNames: Record<Language, string> = { zh: "zh-CN", en: "en" };
document.documentElement.lang = htmlNames[current];

export function switchLanguage(): void {
  current = current === "zh" ? "en" : "zh";
  localStorage.setItem(storageKey, current);
  document.documentElement.lang = htmlNames[current];
  for (const listener of listeners) listener();
}

/** For addresses of pages that the box renders. */
export const languageNow = (): Language => current;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export type Say = (text: Text, values?: Readonly<Record<string, string | number>>) => string;

/** Says a text in the page's language, places filled; those of keys as the page is used. */
export function useSay(): Say {
  const language = useSyncExternalStore(subscribe, () => current);
  const taps = useTaps();
  return (text, values) => sayWithKeys(text, language, taps, values);
}
