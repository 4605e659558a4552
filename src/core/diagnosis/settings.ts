/** When an observation counts, and when a wait is too long. Every figure is a setting; all in ms where not said otherwise. */
export interface DiagnosisSettings {
  /** Promised: an outcome by then, while the provider is asked. */
  readonly outcomeMs: number;
  /** The same while the buyer has to confirm on the phone. */
  readonly buyerMs: number;
  /** Promised: paper proven out by then, from the moment of `paid`. */
  readonly receiptMs: number;
  /** A printer that can't take a paper, and a light that is red: so long before it is an incident. */
  readonly graceMs: number;
  /** A sale that was opened and never charged: so long, and it was left half-way. */
  readonly leftMs: number;
  /** Failures in a row before a target counts as down. One lost packet is no outage. */
  readonly downAfter: number;
  /** What was observed of network and provider counts for so long. */
  readonly freshMs: number;
  /** Over which loss and round trip are measured, and from how many observations on. */
  readonly windowMs: number;
  readonly samplesMin: number;
  /** Share of observations without an answer that makes a line unstable. */
  readonly lossShare: number;
  readonly slowMs: number;
  readonly providerSlowMs: number;
  /** A pause of the program that is worth naming; busy computers have shorter ones all day. */
  readonly frozenMs: number;
  /** A pause that proves that the computer hangs. */
  readonly hungMs: number;
  readonly diskFreeBytes: number;
  readonly memoryFreeBytes: number;
  readonly diskSlowMs: number;
  readonly clockOffMs: number;
  /** Real calls without any answer, in a row and over this time, before the provider's light is red. */
  readonly silentCalls: number;
  readonly silentMs: number;
  /** That the program or the computer started uncleanly is news for so long; longer only while a sale is open from it. */
  readonly restartNewsMs: number;
  /** How long an owner's word opens a red gate. */
  readonly overrideMs: number;
}

export const defaultDiagnosisSettings: DiagnosisSettings = {
  outcomeMs: 15_000,
  buyerMs: 45_000,
  receiptMs: 20_000,
  graceMs: 2_000,
  leftMs: 120_000,
  downAfter: 2,
  freshMs: 60_000,
  windowMs: 60_000,
  samplesMin: 6,
  lossShare: 0.15,
  slowMs: 800,
  providerSlowMs: 3_000,
  frozenMs: 1_500,
  hungMs: 3_000,
  diskFreeBytes: 64 * 1024 * 1024,
  memoryFreeBytes: 48 * 1024 * 1024,
  diskSlowMs: 500,
  clockOffMs: 120_000,
  silentCalls: 3,
  silentMs: 8_000,
  restartNewsMs: 30_000,
  overrideMs: 600_000,
};
