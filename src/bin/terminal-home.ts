/** What a terminal process keeps of its enrolment, in its data folder: its key, its hub, and what the hub last said. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { writeWhole } from "../adapters/link/files.ts";
import { type HttpLink, openHttpLink } from "../adapters/link/http/client.ts";
import { enrol } from "../adapters/link/http/enrol.ts";
import { type HubSettings, settingsShape } from "../adapters/link/http/messages.ts";
import { NotTheHub } from "../adapters/link/http/calls.ts";
import { Broken, NeverLeft, type TransportOptions } from "../adapters/link/http/transport.ts";
import { type KeyPair, newKeys, readKeys, writeKeys } from "../adapters/link/keys.ts";
import { readEnrolCode } from "../core/link/enrolment.ts";
import { realWorld } from "../adapters/world/real.ts";
import { fill, type Text } from "../core/text/text.ts";
import type { Log } from "../ports/log.ts";
import { InputError } from "./output.ts";
import { journalPath } from "./terminal-part.ts";

const homeShape = z.object({
  hub_url: z.string(),
  hub_key: z.string(),
  merchant_id: z.string(),
  store_id: z.string(),
  terminal_id: z.string(),
  /** PEM file of the authority that signed the hub's certificate; null: a public one. */
  hub_ca: z.string().nullable(),
  insecure_lan: z.boolean(),
  settings: settingsShape.nullable(),
});
export type Home = Readonly<z.output<typeof homeShape>>;

const homePath = (data: string): string => join(data, "link.json");
const keyPath = (data: string): string => join(data, "link-key.pem");
export const terminalControl = (data: string): string => join(data, "terminal.json");

export interface HubOptions {
  readonly hub?: string;
  readonly enrol?: string;
  readonly hubCa?: string;
  readonly insecureLan?: boolean;
}

/** Null before the first enrolment. */
export function readHome(data: string): Home | null {
  const path = homePath(data);
  if (!existsSync(path)) return null;
  const read = homeShape.safeParse(JSON.parse(readFileSync(path, "utf8")));
  if (read.success) return read.data;
  throw new Error(`${path} 不完整，请重新登记 (incomplete; enrol this terminal again)`);
}

const writeHome = (data: string, home: Home): void =>
  writeWhole(homePath(data), `${JSON.stringify(home, null, 2)}\n`);

const hubWords = {
  zh: "这台收银机还没有登记。请在中心运行 chupiao hub enrol --terminal T02，再在这里运行 chupiao terminal --hub <中心地址> --enrol <登记码>。",
  en: "This terminal isn't enrolled. Run chupiao hub enrol --terminal T02 at the hub, then chupiao terminal --hub ADDRESS --enrol CODE here.",
};

/** The home as the options want it: enrolled now where there is a code, else as it was. */
export async function homeOf(data: string, options: HubOptions): Promise<Home> {
  const known = readHome(data);
  if (options.enrol !== undefined) return enrolHere(data, options, options.enrol, known);
  if (known === null) throw new InputError("not_enrolled", hubWords);
  const home: Home = {
    ...known,
    hub_url: options.hub ?? known.hub_url,
    hub_ca: options.hubCa ?? known.hub_ca,
    insecure_lan: options.insecureLan ?? known.insecure_lan,
  };
  if (JSON.stringify(home) !== JSON.stringify(known)) writeHome(data, home);
  return home;
}

async function enrolHere(
  data: string,
  options: HubOptions,
  code: string,
  known: Home | null,
): Promise<Home> {
  const hubUrl = options.hub ?? known?.hub_url;
  if (hubUrl === undefined)
    throw new InputError("bad_request", {
      zh: "请用 --hub 给出中心的地址，例如 --hub https://hub.example.com:7090。",
      en: "Give the hub's address with --hub, e.g. --hub https://hub.example.com:7090.",
    });
  if (readEnrolCode(code) === null) throw new InputError("bad_request", codeMalformed);
  const hubCa = options.hubCa ?? null;
  const insecureLan = options.insecureLan ?? false;
  const keys = newKeys();
  const transport = transportOf(hubUrl, hubCa, insecureLan);
  const enrolled = await enrol({ ...transport, code, keys, world: realWorld }).catch(
    (error: unknown) => {
      throw notEnrolled(hubUrl, error);
    },
  );
  if (enrolled === null)
    throw new InputError("enrol_refused", {
      zh: "中心不接受这个登记码：可能写错、已用过，或超过十分钟。请在中心重新运行 chupiao hub enrol。",
      en: "The hub refuses this code: wrong, used, or older than ten minutes. Run chupiao hub enrol again.",
    });
  const { hubKey, merchantId, storeId, terminalId } = enrolled;
  const other =
    known !== null && (known.terminal_id !== terminalId || known.merchant_id !== merchantId);
  if (other || (known === null && existsSync(journalPath(data))))
    throw new InputError("folder_of_another_terminal", {
      zh: `${data} 里是另一台收银机的账。请换一个 --data，再用新的登记码。`,
      en: `${data} holds the journal of another terminal. Use another --data and a new code.`,
    });
  const home: Home = {
    hub_url: hubUrl,
    hub_key: hubKey,
    merchant_id: merchantId,
    store_id: storeId,
    terminal_id: terminalId,
    hub_ca: hubCa,
    insecure_lan: insecureLan,
    settings: known?.settings ?? null,
  };
  writeKeys(keyPath(data), keys);
  writeHome(data, home);
  return home;
}

/** Not repeated: a code may be right but for a sign. */
const codeMalformed: Text = {
  zh: "登记码写得不对，没有发给中心，没有登记。登记码是四组、每组四位的数字和字母，例如 7K3M-PQ9X-0D2F-HV8T。请照 chupiao hub enrol 显示的再写一次。",
  en: "This is no enrolment code, so nothing was sent to the hub and nothing was enrolled. A code is four groups of four digits and letters, e.g. 7K3M-PQ9X-0D2F-HV8T. Write it as chupiao hub enrol shows it.",
};

/** What became of the code is known where nothing left, and not where an answer was lost. */
function notEnrolled(hub: string, error: unknown): unknown {
  const words = NOT_ENROLLED.find(([kind]) => error instanceof kind)?.[1];
  if (words === undefined) return error;
  const { message: why } = error as Error;
  return new InputError("hub_not_reached", fill(words, { hub, why }));
}

const NOT_ENROLLED: readonly (readonly [new (...all: never[]) => Error, Text])[] = [
  [
    NeverLeft,
    {
      zh: "连不上中心 {hub}，没有登记，登记码还没有用掉。请看中心有没有在运行、--hub 的地址对不对，再试一次。（{why}）",
      en: "The hub at {hub} isn't reached, so nothing was enrolled and the code is still unused. See that the hub runs and that --hub is right, then try again. ({why})",
    },
  ],
  [
    Broken,
    {
      zh: "和中心 {hub} 的连接断了，不知道有没有登记成。请再试一次；登记码不能用了，就在中心重新运行 chupiao hub enrol。（{why}）",
      en: "The connection to the hub at {hub} broke, so it isn't known whether this till was enrolled. Try again; if the code is refused, run chupiao hub enrol again. ({why})",
    },
  ],
  [
    NotTheHub,
    {
      zh: "在 {hub} 应答的不是给出这个登记码的中心，没有登记。请核对 --hub 的地址和登记码。（{why}）",
      en: "What answers at {hub} isn't the hub that gave out this code, so nothing was enrolled. Check --hub and the code. ({why})",
    },
  ],
];

const transportOf = (url: string, ca: string | null, insecureLan: boolean): TransportOptions => ({
  url,
  insecureLan,
  ...(ca === null ? {} : { ca: readFileSync(ca, "utf8") }),
});

/** The link of this folder. `keep`: what the hub says of itself is stored, so that the till opens while it is away. */
export function openLink(data: string, home: Home, log: Log, keep: boolean): HttpLink {
  const keys: KeyPair | null = readKeys(keyPath(data));
  if (keys === null) throw new InputError("not_enrolled", hubWords);
  return openHttpLink({
    ...transportOf(home.hub_url, home.hub_ca, home.insecure_lan),
    keys,
    hubKey: home.hub_key,
    world: realWorld,
    log,
    settings: home.settings,
    onSettings: (settings: HubSettings) => {
      if (keep) writeHome(data, { ...home, settings });
    },
  });
}
