import type { Fault } from "../fault.ts";

const answer = (id: string, behaviour: string, more: Readonly<Record<string, unknown>> = {}) =>
  ({
    id,
    family: "provider_api",
    slot: "answer",
    inject: (place) => place.fault(behaviour, more),
    heal: (place) => place.noFaults(),
  }) satisfies Fault;

const down = (id: string, mode: string) =>
  ({
    id,
    family: "provider_api",
    slot: "answer",
    inject: (place) => place.gateway(mode),
    heal: (place) => place.gateway("up"),
  }) satisfies Fault;

/** The internet answers in all of these: that is how it is known that it isn't the line. */
export const providerFaults: readonly Fault[] = [
  answer("system_error", "system_error_before"),
  answer("system_error_after_booking", "system_error_after"),
  answer("http_502", "http_502_before"),
  answer("wrong_signature", "wrong_signature"),
  answer("no_signature", "missing_signature"),
  answer("half_an_answer", "truncated_body"),
  answer("too_slow", "very_slow_answer"),
  answer("never_answers", "silence_before"),
  down("gateway_silent", "blackhole"),
  down("gateway_refuses", "down"),
];
