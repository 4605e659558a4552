/** A small drawing of what a hand does. It repeats the words beside it, so a screen reader passes it by. */
import type { ReactNode } from "react";
import * as network from "./network.tsx";
import * as others from "./others.tsx";
import * as printer from "./printer.tsx";

/** The names that a guide's step may carry, and those of the gate's offers. */
const DRAWN: Readonly<Record<string, ReactNode>> = {
  printer_open: printer.openCover,
  printer_load_paper: printer.loadPaper,
  printer_close_cover: printer.closeCover,
  printer_power: printer.powerPrinter,
  printer_panel: printer.panel,
  printer_cable: printer.printerCable,
  printer_cutter: printer.clearJam,
  paper_slot: printer.lookSlot,
  network_cable: network.reseatCable,
  router: network.restartRouter,
  modem: network.restartModem,
  hotspot: network.hotspot,
  login_page: network.loginPage,
  power: network.power,
  payment_code: others.otherCode,
  buyer_confirms: others.buyerConfirms,
  wait: others.wait,
  call: others.call,
  e_receipt: others.eReceipt,
  cash: others.cash,
  other_path: network.hotspot,
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
