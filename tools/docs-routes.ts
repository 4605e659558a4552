/** The table of the API's addresses, from the OpenAPI document of a server that really started. */
import { startBoxServer } from "../src/adapters/http/server.ts";
import type { RecordsDesk } from "../src/ports/records.ts";
import type { Counter, Till } from "../src/ports/till.ts";

/** What each address is for. An address that isn't here fails, so a new one can't go unnoticed. */
const purposes: Readonly<Record<string, string>> = {
  "GET /api/till": "the whole screen: sale, lights, operator, open sales",
  "GET /api/till/stream": "the same as a live stream of server-sent events",
  "GET /api/display/stream": "the customer's screen as a live stream",
  "GET /api/sales": "sales, newest first; `query` finds one by any of its numbers",
  "POST /api/sales": "open a sale without charging it",
  "POST /api/sell": "a sale and its only charge in one step; what `chupiao sell` uses",
  "GET /api/sales/{id}": "one sale; with `wait_ms` once it is settled or waits for a person",
  "GET /api/sales/{id}/events": "its whole history, from terminal and hub",
  "GET /api/sales/{id}/paper": "the newest paper of it, line by line",
  "POST /api/sales/{id}/attempts": "charge an open sale",
  "POST /api/sales/{id}/query": "ask the provider now",
  "POST /api/sales/{id}/reverse": "stop waiting: one last query, then the reversal",
  "POST /api/sales/{id}/abandon": "give the sale up; what was taken goes back",
  "POST /api/sales/{id}/pay-otherwise": "paid in cash after an unknown; what was taken goes back",
  "POST /api/sales/{id}/goods-left": "the goods left before the outcome was known",
  "POST /api/sales/{id}/waive-paper": "the customer wants no paper",
  "POST /api/sales/{id}/charge-again": "ask the customer for another code after an unpaid end",
  "POST /api/sales/{id}/pending-slip": "print 结果待确认凭证 for an unknown sale",
  "POST /api/sales/{id}/reprint": "print a marked copy",
  "POST /api/sales/{id}/refunds":
    "refund all that is left, or a part, of `sale` or of the `extra` payment, which goes first and whole; the sale, and in `refund_request_no` which of its `refunds` it is",
  "GET /api/jobs/{id}": "one paper, and the copy that was ordered in its place",
  "POST /api/jobs/{id}/answer": "say whether a doubtful paper is out",
  "GET /api/printer":
    "the printer: state and what stands behind it, profile, papers that wait, papers in doubt",
  "POST /api/printer/test": "print a test page",
  "POST /api/printer/probe": "pair: ask the printer what it can do, and keep it",
  "GET /api/operators": "operators",
  "POST /api/operators": "add or change one (owner)",
  "POST /api/sign-on": "sign an operator on",
  "POST /api/sign-off": "sign off",
  "GET /api/day": "the business day so far",
  "POST /api/day/close": "close the day",
  "GET /api/days": "closes, newest first",
  "GET /api/days/{no}": "a day as it was closed",
  "POST /api/days/{no}/print": "print its slip again, as a marked copy",
  "GET /api/qualifications":
    "licence, contract, account, limits, products; each with its state by date",
  "POST /api/qualifications": "enter or change one (owner)",
  "DELETE /api/qualifications/{id}": "remove one that was entered here (owner)",
  "GET /api/notices": "announced windows: ahead, now or over; and how the feed was last read",
  "POST /api/notices": "enter or change one (owner)",
  "DELETE /api/notices/{id}": "remove one that was entered here (owner)",
  "GET /api/diagnosis": "all nine families as they are judged now, of a sale or of the box",
  "GET /api/incidents": "incidents, newest first",
  "GET /api/incidents/{id}": "one incident, by id or case number: causes, evidence, guide, end",
  "GET /api/incidents/{id}/report": "all that is known of it as a page, in `lang` zh or en",
  "GET /api/incidents/{id}/report.json": "the same for machines",
  "POST /api/incidents/{id}/escalate": "keep how things stand, and say whom to call",
  "POST /api/incidents/{id}/slip":
    "case number and phones on paper; refused while the printer can't print",
  "GET /api/evidence": "what was observed in the last minutes, as series",
  "POST /api/gate/override": "let sales go on against a red gate for ten minutes (owner)",
  "POST /api/acts": "tell what the page itself refused",
  "GET /api/version": "version, and whose money is taken here (the provider's account)",
  "GET /api/openapi.json": "this interface as OpenAPI 3.1",
  "GET /r/report/{token}":
    "an incident's report for a phone, for two hours after the help screen showed its address",
  "GET /r/{token}": "the customer's electronic receipt",
  "GET /r/in-sight.js": "with which that page tells by itself that it is in sight",
  "POST /r/{token}/opened":
    "it is in sight on the customer's phone, or the button on it was pressed",
  "POST /notify/alipay": "Alipay's notifications",
};

interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}
interface Operation {
  readonly parameters?: readonly { readonly in: string; readonly name: string }[];
  readonly requestBody?: {
    readonly content: Readonly<
      Record<
        string,
        { readonly schema: { readonly properties?: Readonly<Record<string, unknown>> } }
      >
    >;
  };
}

/** No route is called but the one that describes all: neither port is ever asked. */
export async function openApi(): Promise<OpenApi> {
  const server = await startBoxServer({
    host: "127.0.0.1",
    port: 0,
    till: {} as Till,
    records: {} as RecordsDesk,
    counter: {} as Counter,
    pages: "no such folder",
    version: "0.0.0",
    account: null,
    log: () => {},
  });
  try {
    return (await (await fetch(`${server.url}/api/openapi.json`)).json()) as OpenApi;
  } finally {
    await server.close();
  }
}

export async function routesPart(): Promise<string> {
  const { paths } = await openApi();
  const rows = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) =>
      row(method.toUpperCase(), path, operation),
    ),
  );
  const known = Object.keys(purposes).length;
  if (rows.length !== known) throw new Error(`${rows.length} addresses, ${known} are described`);
  return ["| address | takes | for |", "|---|---|---|", ...rows].join("\n");
}

function row(method: string, path: string, operation: Operation): string {
  const name = `${method} ${path}`;
  const purpose = purposes[name];
  if (purpose === undefined) throw new Error(`say in tools/docs-routes.ts what ${name} is for`);
  const query = (operation.parameters ?? []).filter((one) => one.in === "query");
  const bodies = Object.values(operation.requestBody?.content ?? {});
  const fields = bodies.flatMap((one) => Object.keys(one.schema.properties ?? {}));
  const takes = [...query.map((one) => `?${one.name}`), ...fields];
  return `| \`${name}\` | ${takes.map((one) => `\`${one}\``).join(" ")} | ${purpose} |`;
}
