/** What `npm run demo` takes. A wrong word is named; nothing is guessed. */
import { parseArgs } from "node:util";
import type { Language } from "../src/core/text/text.ts";

export const STORIES = ["supermarket", "restaurant"] as const;
export type Story = (typeof STORIES)[number];

export interface Options {
  readonly stories: readonly Story[];
  readonly language: Language;
  readonly json: boolean;
  readonly help: boolean;
}

export const helpText = `npm run demo [-- supermarket|restaurant] [--lang zh|en] [--json]

  supermarket   till and printer lose power in mid-receipt, about half a minute
  restaurant    30 tables pay over a line with 2 s of latency, jitter and loss, one to four minutes
  --lang        of the story, default zh
  --json        one object at the end instead of the story

Exit code 0: every outcome is known, everybody was charged once, every copy is marked. 1: something of it doesn't
hold, and it is printed. 2: an option is wrong.`;

export class WrongOption extends Error {}

export function readOptions(args: readonly string[]): Options {
  const { values, positionals } = parse(args);
  const wrong = positionals.find((one) => !isStory(one));
  if (wrong !== undefined) throw new WrongOption(`there is no story ${wrong}`);
  const language = values.lang ?? "zh";
  if (language !== "zh" && language !== "en") throw new WrongOption(`--lang ${language}: zh or en`);
  const chosen = STORIES.filter((one) => positionals.includes(one));
  return {
    stories: chosen.length === 0 ? STORIES : chosen,
    language,
    json: values.json === true,
    help: values.help === true,
  };
}

const isStory = (word: string): boolean => STORIES.some((one) => one === word);

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        lang: { type: "string" },
        json: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    });
  } catch (error) {
    throw new WrongOption(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
