/** All that the printer says of itself: status on change, offline responses, ids, and the plain answers. */
import { ascii, Outbox } from "./outbox.ts";
import {
  automaticStatus,
  isOfflineForCause,
  offlineCause,
  watchedPart,
  type Signals,
} from "./status.ts";

export type OfflineResponse = "off" | "plain" | "with_cause";

export class Voice {
  readonly #outbox = new Outbox();
  #watched = 0;
  #watchedLast = 0;
  #offlineResponse: OfflineResponse = "off";

  connect(connected: boolean): void {
    this.#outbox.connected = connected;
    this.#outbox.ready = true;
  }

  hostReady(ready: boolean): void {
    this.#outbox.ready = ready;
  }

  mute(muted: boolean): void {
    this.#outbox.muted = muted;
  }

  answer(bytes: readonly number[]): void {
    this.#outbox.answer(...bytes);
  }

  garbage(text: string): void {
    this.#outbox.answer(...ascii(text));
  }

  cleared(): void {
    this.#outbox.respond("cleared", [0x37, 0x25, 0x00], false);
  }

  processId(id: readonly number[], keepWithoutHost: boolean): void {
    this.#outbox.respond("process_id", [0x37, 0x22, ...id, 0x00], keepWithoutHost);
  }

  /** GS a: which items are watched; 0 ends it. The status is told at once. */
  watch(items: number, signals: Signals, byte4: number): void {
    this.#watched = items;
    if (items !== 0) this.#sayStatus(signals, byte4);
  }

  offlineResponse(kind: OfflineResponse): void {
    this.#offlineResponse = kind;
  }

  /** Tells what of a change was asked for. */
  changed(before: Signals, now: Signals, byte4: number): void {
    const status = automaticStatus(now, byte4);
    if (this.#watched !== 0 && watchedPart(this.#watched, status) !== this.#watchedLast)
      this.#sayStatus(now, byte4);
    const wentOffline = isOfflineForCause(now) && !isOfflineForCause(before);
    if (wentOffline && this.#offlineResponse !== "off") {
      const cause = this.#offlineResponse === "with_cause" ? offlineCause(now) : [];
      this.#outbox.respond("offline", [0x37, 0x23, ...cause, 0x00], false);
    }
  }

  /** Nothing is answered for what was thrown away. */
  forget(): void {
    this.#outbox.forget();
  }

  /** What the host had asked for is gone with the power. */
  powerOff(): void {
    this.#watched = 0;
    this.#offlineResponse = "off";
    this.#outbox.connected = false;
    this.#outbox.forget();
  }

  take(): Uint8Array | null {
    return this.#outbox.take();
  }

  #sayStatus(signals: Signals, byte4: number): void {
    const status = automaticStatus(signals, byte4);
    this.#watchedLast = watchedPart(this.#watched, status);
    this.#outbox.answerBytes(status);
  }
}
