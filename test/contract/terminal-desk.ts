/** The desk of a terminal under test: nothing is probed, and the printer is as it is said. */
import { defaultDiagnosisSettings } from "../../src/core/diagnosis/settings.ts";
import type { HoldCause } from "../../src/core/printing/job.ts";
import { type PrinterProfile, profile80 } from "../../src/core/printing/profile.ts";
import type { PrinterNews } from "../../src/core/till/lights.ts";
import { Desk } from "../../src/terminal/desk.ts";
import { Diagnostics } from "../../src/terminal/diagnosis/diagnostics.ts";
import type { Bench } from "./terminal-support.ts";

export const printerThere: PrinterNews = {
  condition: null,
  paperLow: false,
  reachable: true,
  heard: "now",
  checkedAtMs: null,
};

export const deskOf = (
  { terminal }: Pick<Bench, "terminal">,
  printer = printerThere,
  probed: PrinterProfile | HoldCause = profile80,
): Desk =>
  new Desk({
    terminal,
    diagnostics: new Diagnostics({
      terminal,
      printer: () => printer,
      settings: defaultDiagnosisSettings,
      probes: [],
      lastStop: { clean: true, bootedAtMs: null, aliveAtMs: null },
      storeFailure: () => null,
      servicePhone: null,
      printerWay: null,
      servesPhones: false,
      versions: [],
    }),
    profile: () => profile80,
    printer: () => printer,
    printerAddress: null,
    probePrinter: async () => probed,
  });
