/** Which terminals a hub knows, by their keys. Kept in the ledger's settings; every change is an event of the hub's stream. */
import { hash, randomBytes } from "node:crypto";
import { z } from "zod";
import {
  codeBytes,
  codeLifeMs,
  codeText,
  enrolCode,
  hubProofText,
  readEnrolCode,
  tagText,
  terminalProofText,
  wrongProofsMax,
} from "../../core/link/enrolment.ts";
import type { Ledger } from "../../ports/ledger.ts";
import type { World } from "../../ports/world.ts";
import { keyIdOf, macOf, sameText } from "./keys.ts";

const storeShape = z.object({
  id: z.string(),
  name: z.string(),
  address: z.string(),
  phone: z.string(),
});
export type Store = Readonly<z.output<typeof storeShape>>;

const terminalShape = z.object({
  terminalId: z.string(),
  merchantId: z.string(),
  store: storeShape,
  publicKey: z.string(),
  keyId: z.string(),
  enrolledAtMs: z.number(),
  revokedAtMs: z.number().nullable(),
});
export type EnrolledTerminal = Readonly<z.output<typeof terminalShape>>;

/** A code that was given out and not used. Only its hash is kept; that hash is the key of the proofs. */
const offerShape = z.object({
  tag: z.string(),
  proofKey: z.string(),
  terminalId: z.string(),
  store: storeShape,
  expiresAtMs: z.number(),
});
type Offer = Readonly<z.output<typeof offerShape>>;

const bookShape = z.object({ terminals: z.array(terminalShape), offers: z.array(offerShape) });
type Book = Readonly<z.output<typeof bookShape>>;

export interface EnrolAsk {
  readonly tag: string;
  readonly terminalKey: string;
  readonly proof: string;
}

export interface EnrolAnswer {
  readonly hubKey: string;
  readonly merchantId: string;
  readonly storeId: string;
  readonly terminalId: string;
  readonly proof: string;
}

export interface Registry {
  /** A one-time code for this terminal. It replaces an unused one; it takes effect when it is used. */
  offer(
    terminalId: string,
    store: Store,
  ): Promise<{ readonly code: string; readonly expiresAtMs: number }>;
  /** `too_many_requests`: too many wrong proofs lately, this one wasn't looked at. */
  enrol(
    ask: EnrolAsk,
    hubKey: string,
  ): Promise<EnrolAnswer | "enrol_refused" | "too_many_requests">;
  /** Whether anyone is expected; asked first, so that strangers cost nothing. */
  hearing(): "yes" | "enrol_refused" | "too_many_requests";
  byKey(keyId: string): EnrolledTerminal | null;
  /** In the order of their enrolment, revoked ones too. */
  list(): readonly EnrolledTerminal[];
  /** False when there is no terminal of this number that isn't revoked. */
  revoke(terminalId: string): Promise<boolean>;
}

const settingKey = "link_terminals";
const minuteMs = 60_000;

/** The key of the proofs: what the hub keeps of a code, in base64url. */
const proofKeyOf = (code: string): string => hash("sha256", codeText(code), "base64url");

export interface CodeProof {
  readonly tag: string;
  /** The terminal proves the code to the hub. */
  readonly proof: string;
  /** True when the answer can only come from a hub that gave out this code. */
  answerHolds(answer: EnrolAnswer): boolean;
}

/** What a terminal makes of a code that was typed in; null when it can't be one. */
export function proveCode(typed: string, terminalKey: string): CodeProof | null {
  const code = readEnrolCode(typed);
  if (code === null) return null;
  const proofKey = proofKeyOf(code);
  return {
    tag: macOf(proofKey, tagText),
    proof: macOf(proofKey, terminalProofText(terminalKey)),
    answerHolds: (answer) =>
      sameText(answer.proof, macOf(proofKey, hubProofText(answer.hubKey, terminalKey, answer))),
  };
}

export async function openRegistry(given: {
  readonly ledger: Pick<Ledger, "setting" | "commit">;
  readonly world: World;
  readonly merchantId: string;
}): Promise<Registry> {
  const stored = await given.ledger.setting(settingKey);
  const book =
    stored === null ? { terminals: [], offers: [] } : bookShape.parse(JSON.parse(stored));
  return new LedgerRegistry(given, book);
}

class LedgerRegistry implements Registry {
  readonly #ledger: Pick<Ledger, "commit">;
  readonly #world: World;
  readonly #merchantId: string;
  #book: Book;
  #byKey = new Map<string, EnrolledTerminal>();
  #turn: Promise<unknown> = Promise.resolve();
  #wrong = { sinceMs: 0, count: 0 };

  constructor(
    given: {
      readonly ledger: Pick<Ledger, "commit">;
      readonly world: World;
      readonly merchantId: string;
    },
    book: Book,
  ) {
    this.#ledger = given.ledger;
    this.#world = given.world;
    this.#merchantId = given.merchantId;
    this.#book = book;
    this.#index();
  }

  async offer(
    terminalId: string,
    store: Store,
  ): Promise<{ readonly code: string; readonly expiresAtMs: number }> {
    const shown = enrolCode(randomBytes(codeBytes));
    const proofKey = proofKeyOf(readEnrolCode(shown) ?? "");
    const tag = macOf(proofKey, tagText);
    const expiresAtMs = this.#world.nowMs() + codeLifeMs;
    const offer: Offer = { tag, proofKey, terminalId, store, expiresAtMs };
    await this.#inTurn(() => {
      const others = this.#liveOffers().filter((one) => one.terminalId !== terminalId);
      const book = { ...this.#book, offers: [...others, offer] };
      return this.#save(book, "terminal_offered", { terminalId, storeId: store.id });
    });
    return { code: shown, expiresAtMs };
  }

  enrol(
    ask: EnrolAsk,
    hubKey: string,
  ): Promise<EnrolAnswer | "enrol_refused" | "too_many_requests"> {
    return this.#inTurn(async () => {
      const hearing = this.hearing();
      if (hearing === "too_many_requests") return hearing;
      const offer = this.#liveOffers().find((one) => sameText(one.tag, ask.tag));
      const right =
        offer !== undefined &&
        sameText(ask.proof, macOf(offer.proofKey, terminalProofText(ask.terminalKey)));
      const keyId = keyIdOf(ask.terminalKey);
      if (!right || this.#byKey.has(keyId)) {
        this.#wrong.count += 1;
        return "enrol_refused";
      }
      await this.#admit(offer, ask.terminalKey, keyId);
      const { terminalId, store } = offer;
      const identity = { merchantId: this.#merchantId, storeId: store.id, terminalId };
      const proof = macOf(offer.proofKey, hubProofText(hubKey, ask.terminalKey, identity));
      return { hubKey, ...identity, proof };
    });
  }

  /** One key a terminal: a new one revokes the one before. The code is spent. */
  async #admit({ tag, terminalId, store }: Offer, publicKey: string, keyId: string): Promise<void> {
    const nowMs = this.#world.nowMs();
    const terminals = this.#revoked(terminalId, nowMs);
    const terminal: EnrolledTerminal = {
      terminalId,
      merchantId: this.#merchantId,
      store,
      publicKey,
      keyId,
      enrolledAtMs: nowMs,
      revokedAtMs: null,
    };
    const offers = this.#book.offers.filter((one) => one.tag !== tag);
    await this.#save({ terminals: [...terminals, terminal], offers }, "terminal_enrolled", {
      terminalId,
      storeId: store.id,
      keyId,
    });
  }

  hearing(): "yes" | "enrol_refused" | "too_many_requests" {
    if (this.#tooManyWrong()) return "too_many_requests";
    return this.#liveOffers().length > 0 ? "yes" : "enrol_refused";
  }

  byKey(keyId: string): EnrolledTerminal | null {
    return this.#byKey.get(keyId) ?? null;
  }

  list(): readonly EnrolledTerminal[] {
    return this.#book.terminals;
  }

  revoke(terminalId: string): Promise<boolean> {
    return this.#inTurn(async () => {
      const live = this.#book.terminals.some(
        (one) => one.terminalId === terminalId && one.revokedAtMs === null,
      );
      const offered = this.#book.offers.some((one) => one.terminalId === terminalId);
      if (!live && !offered) return false;
      const terminals = this.#revoked(terminalId, this.#world.nowMs());
      const offers = this.#book.offers.filter((one) => one.terminalId !== terminalId);
      await this.#save({ terminals, offers }, "terminal_revoked", { terminalId });
      return live;
    });
  }

  #revoked(terminalId: string, nowMs: number): EnrolledTerminal[] {
    return this.#book.terminals.map((one) =>
      one.terminalId === terminalId && one.revokedAtMs === null
        ? { ...one, revokedAtMs: nowMs }
        : one,
    );
  }

  #liveOffers(): Offer[] {
    const nowMs = this.#world.nowMs();
    return this.#book.offers.filter((one) => one.expiresAtMs > nowMs);
  }

  #tooManyWrong(): boolean {
    const nowMs = this.#world.monotonicMs();
    if (nowMs - this.#wrong.sinceMs > minuteMs) this.#wrong = { sinceMs: nowMs, count: 0 };
    return this.#wrong.count >= wrongProofsMax;
  }

  /** What is believed changes only once it is durable. */
  async #save(book: Book, kind: string, detail: Record<string, unknown>): Promise<void> {
    const value = JSON.stringify(book);
    const atMs = this.#world.nowMs();
    const said = { stream: "hub", saleId: null, atMs, actor: "hub", kind, detail };
    const result = await this.#ledger.commit(
      [{ kind: "put_setting", key: settingKey, value }],
      [said],
    );
    if (result !== "committed") throw new Error(`a setting was refused as ${result}`);
    this.#book = book;
    this.#index();
  }

  #index(): void {
    this.#byKey = new Map(this.#book.terminals.map((one) => [one.keyId, one]));
  }

  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(act);
    this.#turn = turn.catch(() => null);
    return turn;
  }
}
