/** Ties the stores of a data folder to the provider of their first start, before anything is asked or sent. */
import {
  earlierText,
  type EarlierSales,
  identityText,
  type ProviderIdentity,
  tieOf,
} from "../core/payment/provider-identity.ts";
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
  /** The sandbox was asked for, whatever keys there are. */
  readonly training: boolean;
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
  // What an untied folder's sales tell was looked at before it was opened.
  checkTie(ties, ofLedger, "none");
  checkTie(ties, ofJournal, "none");
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

/** Throws in words a person can act on. */
export function checkTie(ties: Ties, stored: ProviderIdentity | null, earlier: EarlierSales): void {
  const why = refusalOf(ties, stored, earlier);
  if (why === null) return;
  const { so, todo } = tieWords(why, ties, stored, earlier);
  throw new InputError(`provider_${why}`, {
    zh: `${notStarted.zh}${so.zh}${todo.zh}`,
    en: `${notStarted.en}${so.en} ${todo.en}`,
  });
}

/** Null: the folder may be opened. */
export function refusalOf(
  { identity, training }: Ties,
  stored: ProviderIdentity | null,
  earlier: EarlierSales,
): TieRefusal | null {
  const tie = tieOf(stored, identity, earlier);
  if (tie === "first" || tie === "same") return null;
  return tie === "keys_missing" && training ? "training_apart" : tie;
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

export function tieWords(
  why: TieRefusal,
  { data, identity }: Ties,
  stored: ProviderIdentity | null,
  earlier: EarlierSales,
): { readonly so: Text; readonly todo: Text } {
  const { so, todo } = TIE_TEXT[why];
  const whose = stored === null ? earlierText(earlier) : identityText(stored);
  const values = { data, stored: whose, given: identityText(identity) };
  return { so: fill(so, values), todo: fill(todo, values) };
}
