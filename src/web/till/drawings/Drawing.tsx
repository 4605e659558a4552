/** A small drawing of what a hand does. It repeats the words beside it, so a screen reader passes it by. */
import type { ReactNode } from "react";
import * as others from "./others.tsx";
import * as atPrinter from "./printer.tsx";

/** The names that a guide's step may carry. */
const DRAWN: Readonly<Record<string, ReactNode>> = {
  load_paper: atPrinter.loadPaper,
  close_cover: atPrinter.closeCover,
  power_printer: atPrinter.powerPrinter,
  look_slot: atPrinter.lookSlot,
  clear_jam: atPrinter.clearJam,
  cool_head: atPrinter.coolHead,
  reseat_cable: atPrinter.reseatCable,
  restart_router: others.restartRouter,
  other_code: others.otherCode,
  other_path: others.otherPath,
  wait: others.wait,
  restart_till: others.restartTill,
  call: others.call,
  e_receipt: others.eReceipt,
  cash: others.cash,
  show_qr: others.eReceipt,
};

export function Drawing({ name }: { readonly name: string | null }) {
  const drawn = name === null ? undefined : DRAWN[name];
  if (drawn === undefined) return null;
  return (
    <svg className="drawing" viewBox="0 0 160 120" aria-hidden="true" data-drawing={name}>
      {drawn}
    </svg>
  );
}
