import { createContext, use, useSyncExternalStore } from "react";
import type { Desk } from "./desk.ts";
import type { DeskState } from "./state.ts";

export const DeskContext = createContext<Desk | null>(null);

export function useDesk(): Desk {
  const desk = use(DeskContext);
  if (desk === null) throw new Error("no desk round this part of the page");
  return desk;
}

export function useDeskState(): DeskState {
  const desk = useDesk();
  return useSyncExternalStore(desk.subscribe, desk.snapshot);
}
