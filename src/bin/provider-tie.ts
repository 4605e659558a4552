/** Ties the stores of a data folder to the provider of their first start, before anything is asked or sent. */
import { identityText, type ProviderIdentity, tieOf } from "../core/payment/provider-identity.ts";
import { notStarted, TIE_TEXT, type TieRefusal } from "../core/text/provider-tie.ts";
import { fill, type Text } from "../core/text/text.ts";
import type { Journal } from "../ports/journal.ts";
import type { Ledger, StreamEvent } from "../ports/ledger.ts";
import { InputError } from "./input-error.ts";

/** In the settings of both stores. */
export const identityKey = "provider_identity";

export interface Ties {
  readonly data: string;
  readonly identity: ProviderIdentity;
}

interface Stores {
  readonly ledger: Ledger;
  /** The till in the same folder; null where tills are elsewhere. */
  readonly till: {
    readonly terminalId: string;
    readonly journal: Pick<Journal, "setting" | "commit">;
  } | null;
}

/** Throws in words a person can act on; then nothing was written. Both stores are read before either is written. */
export async function tieToProvider(
  ties: Ties,
  { ledger, till }: Stores,
  nowMs: number,
): Promise<void> {
  const { identity } = ties;
  const ofLedger = identityOf(await ledger.setting(identityKey));
  const ofJournal = till === null ? identity : identityOf(till.journal.setting(identityKey));
  check(ties, ofLedger);
  check(ties, ofJournal);
  const value = JSON.stringify(identity);
  if (ofLedger === null)
    await ledger.commit(
      [{ kind: "put_setting", key: identityKey, value }],
      [noteOf("hub", identity, nowMs)],
    );
  if (till !== null && ofJournal === null)
    await till.journal.commit(
      [{ kind: "setting", key: identityKey, value }],
      [noteOf(till.terminalId, identity, nowMs)],
    );
}

function check(ties: Ties, stored: ProviderIdentity | null): void {
  const tie = tieOf(stored, ties.identity);
  if (tie !== "first" && tie !== "same") throw refused(tie, stored, ties);
}

export const identityOf = (stored: string | null): ProviderIdentity | null =>
  stored === null ? null : (JSON.parse(stored) as ProviderIdentity);

const noteOf = (stream: string, to: ProviderIdentity, atMs: number): StreamEvent => ({
  stream,
  saleId: null,
  atMs,
  actor: "start",
  kind: "provider_tied",
  detail: { to },
});

function refused(why: TieRefusal, stored: ProviderIdentity | null, ties: Ties): InputError {
  const { data, identity } = ties;
  const { so, todo } = tieWords(why, data, stored ?? identity, identity);
  return new InputError(`provider_${why}`, {
    zh: `${notStarted.zh}${so.zh}${todo.zh}`,
    en: `${notStarted.en}${so.en} ${todo.en}`,
  });
}

export function tieWords(
  why: TieRefusal,
  data: string,
  stored: ProviderIdentity,
  given: ProviderIdentity,
): { readonly so: Text; readonly todo: Text } {
  const values = { data, stored: identityText(stored), given: identityText(given) };
  const { so, todo } = TIE_TEXT[why];
  return { so: fill(so, values), todo: fill(todo, values) };
}
