/** What the screens show of the gate. It is about the next sale: one whose outcome is open is another matter, and says so itself. */
import { REFUSALS } from "../rules/refusals.ts";
import { rfc3339China } from "../rules/time.ts";
import { overrideTexts } from "../text/diagnosis.ts";
import { stopsNext, stopsWhileOpen } from "../text/gate.ts";
import type { Gate } from "./gate.ts";
import type { GateView } from "./view.ts";

export function gateView(gate: Gate, role: "cashier" | "owner" | null): GateView {
  const { network, provider, printer, till, refusal, needsEReceipt, offers } = gate;
  const stopped = refusal !== null || needsEReceipt;
  const stops = gate.isOutcomeOpen ? stopsWhileOpen : refused;
  return {
    network,
    provider,
    printer,
    till,
    stops: refusal === null ? null : stops[refusal],
    next_sale: refusal === null ? null : stopsNext[refusal],
    needs_e_receipt: needsEReceipt,
    offers: stopped ? offers : [],
    override: !stopped
      ? overrideTexts.nothingToOverride
      : role === "owner"
        ? true
        : overrideTexts.needsOwner,
    overridden_until: gate.overriddenUntilMs === null ? null : rfc3339China(gate.overriddenUntilMs),
  };
}

const refused = {
  gate_network_down: REFUSALS.gate_network_down.text,
  gate_provider_down: REFUSALS.gate_provider_down.text,
} as const;
