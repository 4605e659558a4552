/** What a refresh must not lose and the box doesn't know: the amount being typed and what was put aside. */
import { nothingTyped } from "../../../core/till/draft.ts";
import type { Shown } from "../../../core/till/focus.ts";

const storageKey = "chupiao.desk";

export interface Kept {
  readonly draft: string;
  readonly replaces: boolean;
  readonly unsure: boolean;
  readonly shown: Shown | null;
  readonly again: string | null;
}

export function keep(kept: Kept): void {
  sessionStorage.setItem(storageKey, JSON.stringify(kept));
}

export function kept(): Kept {
  const text = sessionStorage.getItem(storageKey);
  const nothing: Kept = { ...nothingTyped, shown: null, again: null };
  if (text === null) return nothing;
  try {
    return { ...nothing, ...(JSON.parse(text) as Partial<Kept>) };
  } catch {
    return nothing;
  }
}
