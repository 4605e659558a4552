/** Ties the stores of a data folder to the provider of their first start, before anything is asked or sent. */
import { identityText, type ProviderIdentity, tieOf } from "../core/payment/provider-identity.ts";
import { notStarted, TIE_TEXT, type TieRefusal } from "../core/text/provider-tie.ts";
import { fill, type Text } from "../core/text/text.ts";
import type { Journal } from "../ports/journal.ts";
import type { Ledger, StreamEvent } from "../ports/ledger.ts";
import { InputError } from "./input-error.ts";

/** In the settings of both stores. */
export const identityKey = "provider_identity";

export const acceptProviderWords =
  "同一商户换了支付宝应用或商户号：一切都有结论后启动一次 (the same merchant's new app or number, once nothing is open)";

export interface Ties {
  readonly data: string;
  readonly identity: ProviderIdentity;
  /** A person has said that this is the same merchant's new account. */
  readonly accept: boolean;
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
  await check(ties, ledger, ofLedger);
  await check(ties, ledger, ofJournal);
  const value = JSON.stringify(identity);
  if (tieOf(ofLedger, identity) !== "same")
    await ledger.commit(
      [{ kind: "put_setting", key: identityKey, value }],
      [noteOf("hub", ofLedger, identity, nowMs)],
    );
  if (till !== null && tieOf(ofJournal, identity) !== "same")
    await till.journal.commit(
      [{ kind: "setting", key: identityKey, value }],
      [noteOf(till.terminalId, ofJournal, identity, nowMs)],
    );
}

async function check(ties: Ties, ledger: Ledger, stored: ProviderIdentity | null): Promise<void> {
  const tie = tieOf(stored, ties.identity);
  if (tie === "first" || tie === "same") return;
  if (tie !== "other_account" || !ties.accept) throw refused(tie, stored, ties);
  if (!(await isAtRest(ledger))) throw refused("still_asked", stored, ties);
}

export const identityOf = (stored: string | null): ProviderIdentity | null =>
  stored === null ? null : (JSON.parse(stored) as ProviderIdentity);

/**
 * Nothing is left to be asked: no live attempt, no open refund, no payment to be confirmed, and no attempt that ended
 * unpaid and is looked at once more. Whatever the old account took, only the old account can tell.
 */
const isAtRest = async (ledger: Ledger): Promise<boolean> =>
  (await ledger.nextDueAtMs()) === null && (await ledger.interrupted()).length === 0;

const noteOf = (
  stream: string,
  from: ProviderIdentity | null,
  to: ProviderIdentity,
  atMs: number,
): StreamEvent => ({
  stream,
  saleId: null,
  atMs,
  actor: from === null ? "start" : "start --accept-provider",
  kind: from === null ? "provider_tied" : "provider_accepted",
  detail: { from, to },
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
