/** The sale list, and the search by order number in one: an empty search lists the newest. */
import { useEffect, useState } from "react";
import type { SubmitEvent } from "react";
import { sheetText } from "../../../core/text/sheets.ts";
import type { Text } from "../../../core/text/text.ts";
import type { SaleSummary } from "../../../core/till/view.ts";
import { get } from "../../box/box.ts";
import type { Answer } from "../../box/box.ts";
import { useSay } from "../../language/language.ts";
import { useDesk } from "../desk/context.ts";
import { Saying } from "./Saying.tsx";
import { SaleRow } from "./SaleRow.tsx";
import { Sheet } from "./Sheet.tsx";

interface Page {
  readonly data: readonly SaleSummary[];
  readonly next_cursor: string | null;
}

interface Found {
  readonly query: string;
  readonly page: Page | null;
  readonly problem: Text | null;
}

/** The pages so far with one more, or what went wrong beside what is already there. */
function foundOf(query: string, before: Page | null, answer: Answer<Page>): Found {
  if (!answer.ok) return { query, page: before, problem: answer.text };
  const { data, next_cursor } = answer.value;
  return { query, page: { data: [...(before?.data ?? []), ...data], next_cursor }, problem: null };
}

const pageSize = 20;

const address = (query: string, cursor: string | null): string => {
  const asked = new URLSearchParams({ limit: String(pageSize) });
  if (query !== "") asked.set("query", query);
  if (cursor !== null) asked.set("cursor", cursor);
  return `/api/sales?${asked}`;
};

export function FindSheet({ forRefund }: { readonly forRefund: boolean }) {
  const desk = useDesk();
  const say = useSay();
  const [text, setText] = useState("");
  const [query, setQuery] = useState("");
  const [found, setFound] = useState<Found | null>(null);
  // What was found for an earlier search is no answer to this one.
  const { page, problem } = found?.query === query ? found : { page: null, problem: null };

  const choose = (saleId: string): void =>
    desk.open(forRefund ? { kind: "refund", saleId } : { kind: "sale", saleId });
  useEffect(() => {
    let left = false;
    void get<Page>(address(query, null)).then((answer) => {
      if (!left) setFound(foundOf(query, null, answer));
    });
    return () => {
      left = true;
    };
  }, [query]);
  const more = async (): Promise<void> => {
    if (page === null) return;
    const answer = await get<Page>(address(query, page.next_cursor));
    setFound(foundOf(query, page, answer));
  };
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const [only] = page?.data ?? [];
    if (text.trim() === query && page?.data.length === 1 && only !== undefined)
      choose(only.sale_id);
    setQuery(text.trim());
  };

  return (
    <Sheet title={forRefund ? sheetText.findRefundTitle : sheetText.findTitle}>
      <search>
        <form className="search" onSubmit={submit}>
          <label className="field">
            {say(sheetText.findLabel)}
            <input
              type="search"
              autoComplete="off"
              spellCheck={false}
              maxLength={64}
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          </label>
          <button type="submit" className="go">
            {say(sheetText.find)}
            <kbd>Enter</kbd>
          </button>
        </form>
      </search>
      {problem === null ? null : <Saying text={problem} bad />}
      {page === null && problem === null ? <Saying text={sheetText.loading} /> : null}
      {page?.data.length === 0 ? (
        <Saying text={query === "" ? sheetText.findEmpty : sheetText.findNothing} />
      ) : null}
      <ul className="rows">
        {page?.data.map((row) => (
          <SaleRow key={row.sale_id} row={row} onChoose={choose} />
        ))}
      </ul>
      {page?.next_cursor ? (
        <button type="button" className="plain wide" onClick={() => void more()}>
          {say(sheetText.loadMore)}
        </button>
      ) : null}
    </Sheet>
  );
}
