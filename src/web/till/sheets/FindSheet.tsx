/** The sale list, and the search by order number in one: an empty search lists the newest. */
import { useEffect, useState } from "react";
import type { SubmitEvent } from "react";
import { sheetText } from "../../../core/text/sheets.ts";
import type { Text } from "../../../core/text/text.ts";
import { tillText } from "../../../core/text/till.ts";
import type { SaleSummary, TillView } from "../../../core/till/view.ts";
import { get } from "../../box/box.ts";
import type { Answer } from "../../box/box.ts";
import { useSay } from "../../language/language.ts";
import { useTaps } from "../../language/taps.ts";
import { Field } from "../../parts/Field.tsx";
import { useDesk } from "../desk/context.ts";
import type { FindPurpose } from "../desk/state.ts";
import { OwnersRefund } from "./RefundSheet.tsx";
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

/** Given up before anything was sent: no money and no paper can ever be asked about it. */
const wasTried = (row: SaleSummary): boolean =>
  row.order_no !== null || row.state === "open" || row.state === "paid_otherwise";

/** Whether a sale can be what it is looked for, or why not: by the same rules as the buttons of the till. */
const FITS: Readonly<Record<FindPurpose, (row: SaleSummary) => true | Text | "untried">> = {
  look: (row) => wasTried(row) || "untried",
  refund: (row) => row.can.refund,
  reprint: (row) => row.can.reprint,
  e_receipt: (row) => (row.receipt_number === null ? tillText.noReceiptYet : true),
};

const whyUnfit = (purpose: FindPurpose, row: SaleSummary): Text | null => {
  const fits = FITS[purpose](row);
  return typeof fits === "object" ? fits : null;
};

const LEFT_OUT: Readonly<Record<FindPurpose, Text>> = {
  look: sheetText.findUntried,
  refund: sheetText.findNoRefund,
  reprint: sheetText.findNoReprint,
  e_receipt: sheetText.findNoEReceipt,
};

/** The newest page, and the next ones while they hold little that fits. */
async function firstPages(query: string, purpose: FindPurpose): Promise<Found> {
  const fits = (row: SaleSummary): boolean => query !== "" || FITS[purpose](row) === true;
  let found = foundOf(query, null, await get<Page>(address(query, null)));
  for (let pages = 1; pages < pagesAtOnceMax; pages += 1) {
    const { page, problem } = found;
    const enough = (page?.data.filter(fits).length ?? 0) >= rowsMin;
    if (page === null || page.next_cursor === null || problem !== null || enough) break;
    found = foundOf(query, page, await get<Page>(address(query, page.next_cursor)));
  }
  return found;
}

const nothingHere = (left: number): Text =>
  left === 0 ? sheetText.findEmpty : sheetText.findNoneFits;

const rowsMin = 4;
const pagesAtOnceMax = 10;

const TITLES: Readonly<Record<FindPurpose, Text>> = {
  look: sheetText.findTitle,
  refund: sheetText.findRefundTitle,
  reprint: sheetText.findReprintTitle,
  e_receipt: sheetText.findEReceiptTitle,
};

export function FindSheet({
  purpose,
  view,
}: {
  readonly purpose: FindPurpose;
  readonly view: TillView;
}) {
  const desk = useDesk();
  const say = useSay();
  const taps = useTaps();
  const [text, setText] = useState("");
  const [query, setQuery] = useState("");
  const [found, setFound] = useState<Found | null>(null);
  // What was found for an earlier search is no answer to this one.
  const { page, problem } = found?.query === query ? found : { page: null, problem: null };

  const [listsAll, setListsAll] = useState(false);
  const all = page?.data ?? [];
  // A search names what it wants; only the plain list leaves out what can't be meant.
  const rows = listsAll || query !== "" ? all : all.filter((row) => FITS[purpose](row) === true);
  const left = all.length - rows.length;

  const choose = (row: SaleSummary): void => {
    const goesOn =
      (purpose === "refund" || purpose === "e_receipt") && whyUnfit(purpose, row) === null;
    desk.open({ kind: goesOn ? purpose : "sale", saleId: row.sale_id });
  };
  useEffect(() => {
    let gone = false;
    void firstPages(query, purpose).then((first) => {
      if (!gone) setFound(first);
    });
    return () => {
      gone = true;
    };
  }, [query, purpose]);
  const more = async (): Promise<void> => {
    if (page === null) return;
    const answer = await get<Page>(address(query, page.next_cursor));
    setFound(foundOf(query, page, answer));
  };
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const [only] = rows;
    if (text.trim() === query && rows.length === 1 && only !== undefined) choose(only);
    setQuery(text.trim());
  };

  return (
    <Sheet title={TITLES[purpose]}>
      {purpose === "refund" ? <OwnersRefund view={view} /> : null}
      <search>
        <form className="search" onSubmit={submit}>
          <Field
            label={sheetText.findLabel}
            type="search"
            spellCheck={false}
            maxLength={64}
            value={text}
            onValue={setText}
          />
          <button type="submit" className="go">
            {say(sheetText.find)}
            <kbd>Enter</kbd>
          </button>
        </form>
      </search>
      {problem === null ? null : <Saying text={problem} bad />}
      {page === null && problem === null ? <Saying text={sheetText.loading} /> : null}
      {page !== null && rows.length === 0 ? (
        <Saying text={query !== "" ? sheetText.findNothing : nothingHere(left)} />
      ) : null}
      {taps || rows.length === 0 ? null : <p className="key-hint">{say(sheetText.findKeys)}</p>}
      <ul className="rows">
        {rows.map((row) => (
          <SaleRow
            key={row.sale_id}
            row={row}
            why={whyUnfit(purpose, row)}
            onChoose={() => choose(row)}
          />
        ))}
      </ul>
      {left === 0 ? null : (
        <button type="button" className="quiet row-like" onClick={() => setListsAll(true)}>
          {say(LEFT_OUT[purpose], { count: left })}
        </button>
      )}
      {page?.next_cursor ? (
        <button type="button" className="plain wide row-like" onClick={() => void more()}>
          {say(sheetText.loadMore)}
        </button>
      ) : null}
    </Sheet>
  );
}
