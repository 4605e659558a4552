/**
 * Diagnosis as it is before it has seen anything, and stays: it explains, and decides nothing about money or paper but
 * whether the gate is open. Here the gate is open, so that sales meet every trouble that it would keep them from.
 */
import { defaultDiagnosisSettings } from "../../core/diagnosis/settings.ts";
import { Diagnostics } from "../../terminal/diagnosis/diagnostics.ts";
import type { Terminal } from "../../terminal/terminal.ts";

export function undiagnosed(terminal: Terminal): Diagnostics {
  const diagnostics = new Diagnostics({
    terminal,
    printer: () => ({
      condition: null,
      paperLow: false,
      reachable: true,
      heard: "now",
      checkedAtMs: null,
    }),
    settings: defaultDiagnosisSettings,
    probes: [],
    lastStop: { clean: true, aliveAtMs: null, bootedAtMs: null },
    storeFailure: () => null,
    servicePhone: null,
    printerWay: null,
    servesPhones: false,
    versions: [],
  });
  void diagnostics.stop();
  return diagnostics;
}
