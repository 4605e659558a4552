/**
 * `npm run demo`: two evenings of a shop as readable stories, played by the real programs. What isn't so in the end is
 * printed, and then the exit code isn't 0.
 */
import { leaveOnSignal } from "../src/chaos/shop/leave.ts";
import { type Books, yuan } from "./books.ts";
import { helpText, type Options, readOptions, type Story, WrongOption } from "./options.ts";
import { playRestaurant } from "./restaurant.ts";
import { playSupermarket } from "./supermarket.ts";
import { Teller } from "./teller.ts";
import { people, words as w } from "./words.ts";

const exits = { fine: 0, broken: 1, wrongOption: 2 } as const;

const PLAY: Record<Story, (teller: Teller) => Promise<Books>> = {
  supermarket: playSupermarket,
  restaurant: playRestaurant,
};

function tellBooks(teller: Teller, { rows, wrong }: Books): void {
  teller.chapter(w.booksTitle);
  for (const row of rows)
    teller.tell(people.books, w.row, {
      name: row.name,
      due: yuan(row.amountFen),
      kept: yuan(row.keptFen),
      charges: row.charges,
      outcome: w[row.outcome ?? "unknown"],
      receipt: row.receipt ?? w.noReceipt,
      originals: row.originals,
      copies: row.copies,
      halves: row.halves,
    });
  const sumFen = rows.reduce((sum, row) => sum + row.keptFen, 0);
  if (wrong.length === 0)
    return teller.tell(people.books, w.good, { sales: rows.length, yuan: yuan(sumFen) });
  teller.tell(people.books, w.bad, { count: wrong.length });
  for (const text of wrong) teller.tell(people.books, text);
}

async function demo({ stories, language, json }: Options): Promise<number> {
  leaveOnSignal();
  const teller = new Teller(language, json ? () => {} : console.log);
  const told: { readonly story: Story; readonly ok: boolean; readonly books: Books }[] = [];
  for (const story of stories) {
    const books = await PLAY[story](teller);
    tellBooks(teller, books);
    told.push({ story, ok: books.wrong.length === 0, books });
  }
  const ok = told.every((one) => one.ok);
  if (json) console.log(JSON.stringify({ ok, stories: told, lines: teller.lines }));
  return ok ? exits.fine : exits.broken;
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options.help) console.log(helpText);
  else process.exitCode = await demo(options);
} catch (error) {
  console.error(error instanceof WrongOption ? `${error.message}\n\n${helpText}` : error);
  process.exitCode = error instanceof WrongOption ? exits.wrongOption : exits.broken;
}
