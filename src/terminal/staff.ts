/** Operators: who may sell, who may give money back, and who is at the till now. */
import type { Journal, JournalWrite } from "../ports/journal.ts";
import type { StreamEvent } from "../ports/ledger.ts";
import type { PinChange } from "../ports/till.ts";
import { houseOperator, type Operator, type TerminalDeps } from "./config.ts";

interface StoredOperator extends Operator {
  readonly salt: string | null;
  readonly pinHash: string | null;
  readonly active: boolean;
}

type SetRefusal = "owner_pin_first" | "last_owner";
type SignOnRefusal = "pin_missing" | "pin_wrong" | "pin_locked" | "owner_without_pin";

interface Tries {
  readonly failed: number;
  readonly lockedUntilMs: number;
}

const settingKey = "operators";
const onDutyKey = "operator_on_duty";
const triesMax = 5;
const lockMs = 60_000;

export class Staff {
  readonly #deps: TerminalDeps;
  #operators: readonly StoredOperator[];
  #onDuty: Operator | null;
  readonly #tries = new Map<string, Tries>();
  #turn: Promise<unknown> = Promise.resolve();

  constructor(deps: TerminalDeps) {
    this.#deps = deps;
    this.#operators = readOperators(deps.journal);
    const no = deps.journal.setting(onDutyKey);
    this.#onDuty = this.#pinsAreSet()
      ? this.#find(this.#isBarred(no) ? null : no)
      : (this.#find(no) ?? this.#find(this.#operators[0]?.no ?? null) ?? houseOperator);
  }

  /** Null while somebody has to sign on first. */
  onDuty(): Operator | null {
    return this.#onDuty;
  }

  list(): readonly (Operator & { readonly hasPin: boolean })[] {
    return this.#operators
      .filter((one) => one.active)
      .map(({ no, name, role, pinHash }) => ({ no, name, role, hasPin: pinHash !== null }));
  }

  /** Wrong PINs lock the operator for a minute after five; the same time is spent for every wrong answer. */
  async signOn(no: string, pin: string): Promise<Operator | SignOnRefusal> {
    return this.#inTurn(() => this.#signOnNow(no, pin));
  }

  /** An operator's word without signing on: the owner is called to another's till. Same rules, same lock. */
  async vouch(no: string, pin: string): Promise<Operator | SignOnRefusal> {
    return this.#inTurn(() => this.#checked(no, pin));
  }

  /** What is decided here rests on what was read here, so it is done before the next one reads. */
  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(act);
    this.#turn = done.catch(() => null);
    return done;
  }

  async #signOnNow(no: string, pin: string): Promise<Operator | SignOnRefusal> {
    const operator = await this.#checked(no, pin);
    if (typeof operator === "string") return operator;
    await this.#commit({ kind: "setting", key: onDutyKey, value: no }, "operator_signed_on", no);
    this.#onDuty = operator;
    return operator;
  }

  /** One guess at a time, and counted before it is looked at: many at once must not pass the lock together. */
  async #checked(no: string, pin: string): Promise<Operator | SignOnRefusal> {
    const nowMs = this.#deps.world.monotonicMs();
    const tries = this.#tries.get(no) ?? { failed: 0, lockedUntilMs: 0 };
    if (tries.lockedUntilMs > nowMs) return "pin_locked";
    const found = this.#operators.find((one) => one.no === no && one.active);
    // Nothing was guessed, and who has a PIN is no secret: the list of operators says so.
    if (pin === "" && found !== undefined && found.pinHash !== null) return "pin_missing";
    const failed = tries.failed + 1;
    this.#tries.set(no, { failed, lockedUntilMs: failed >= triesMax ? nowMs + lockMs : 0 });
    const hash = await this.#deps.hashPin(pin, found?.salt ?? "no such operator");
    const good = found !== undefined && (found.pinHash === null || sameText(hash, found.pinHash));
    if (!good) return "pin_wrong";
    if (this.#isBarred(no)) return "owner_without_pin";
    this.#tries.delete(no);
    return { no: found.no, name: found.name, role: found.role };
  }

  async signOff(): Promise<void> {
    return this.#inTurn(() => this.#signOffNow());
  }

  async #signOffNow(): Promise<void> {
    if (!this.#pinsAreSet() || this.#onDuty === null) return;
    await this.#commit(
      { kind: "setting", key: onDutyKey, value: "" },
      "operator_signed_off",
      this.#onDuty.no,
    );
    this.#onDuty = null;
  }

  /** Adds or changes an operator. Without a PIN anybody can be this operator, so an owner is never left like that. */
  async set(operator: Operator, change: PinChange): Promise<"set" | SetRefusal> {
    return this.#inTurn(() => this.#setNow(operator, change));
  }

  async #setNow(operator: Operator, change: PinChange): Promise<"set" | SetRefusal> {
    const known = this.#operators.find((one) => one.no === operator.no);
    const { salt, pinHash } = await this.#pinOf(change, known);
    const stored: StoredOperator = { ...operator, salt, pinHash, active: true };
    const next = [...this.#operators.filter((one) => one.no !== operator.no), stored].toSorted(
      (a, b) => (a.no < b.no ? -1 : 1),
    );
    const refusal = setRefusal(next, stored);
    if (refusal !== null) return refusal;
    await this.#commit(
      { kind: "setting", key: settingKey, value: JSON.stringify(next) },
      "operator_set",
      operator.no,
    );
    this.#operators = next;
    const isOwnPin = this.#onDuty?.no === operator.no && stored.pinHash !== known?.pinHash;
    const mustSignOn = isOwnPin || this.#isBarred(this.#onDuty?.no ?? null);
    this.#onDuty = this.#pinsAreSet() && mustSignOn ? null : this.#find(this.#onDuty?.no ?? null);
    return "set";
  }

  /** Once an owner has a PIN, an owner without one would be the open door beside it. */
  #isBarred(no: string | null): boolean {
    const found = this.#operators.find((one) => one.no === no);
    const isOpen = found?.role === "owner" && found.pinHash === null;
    return isOpen && this.#operators.some(isGuardedOwner);
  }

  async #pinOf(
    change: PinChange,
    known: StoredOperator | undefined,
  ): Promise<Pick<StoredOperator, "salt" | "pinHash">> {
    if (change === "remove") return { salt: null, pinHash: null };
    if (change === "keep") return { salt: known?.salt ?? null, pinHash: known?.pinHash ?? null };
    const salt = this.#deps.world.newToken();
    return { salt, pinHash: await this.#deps.hashPin(change.pin, salt) };
  }

  #pinsAreSet(): boolean {
    return this.#operators.some((one) => one.pinHash !== null);
  }

  #find(no: string | null): Operator | null {
    const found = this.#operators.find((one) => one.no === no && one.active);
    return found === undefined ? null : { no: found.no, name: found.name, role: found.role };
  }

  async #commit(write: JournalWrite, kind: string, no: string): Promise<void> {
    const { journal, settings, world } = this.#deps;
    const event: StreamEvent = {
      stream: settings.terminalId,
      saleId: null,
      atMs: world.nowMs(),
      actor: `operator ${no}`,
      kind,
      detail: { operatorNo: no },
    };
    await journal.commit([write], [event]);
  }
}

const isGuardedOwner = (one: StoredOperator): boolean =>
  one.active && one.role === "owner" && one.pinHash !== null;

function setRefusal(next: readonly StoredOperator[], stored: StoredOperator): SetRefusal | null {
  if (!next.some((one) => one.role === "owner")) return "last_owner";
  if (!next.some((one) => one.pinHash !== null)) return null;
  const isOpenOwner = stored.role === "owner" && stored.pinHash === null;
  return isOpenOwner || !next.some(isGuardedOwner) ? "owner_pin_first" : null;
}

function readOperators(journal: Journal): readonly StoredOperator[] {
  const text = journal.setting(settingKey);
  if (text !== null) return JSON.parse(text) as readonly StoredOperator[];
  return [{ ...houseOperator, salt: null, pinHash: null, active: true }];
}

/** Looks at every character, so that the time taken tells nothing. */
function sameText(a: string, b: string): boolean {
  let difference = a.length ^ b.length;
  for (let i = 0; i < a.length; i += 1)
    difference |= a.charCodeAt(i) ^ (b.charCodeAt(i % b.length) || 0);
  return difference === 0;
}
