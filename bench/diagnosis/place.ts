/** One shop for one case: the real box and the real stand-ins as processes, and hands at every switch. */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DiagnosisView, IncidentRow, SeriesView } from "../../src/core/diagnosis/view.ts";
import type { Problem, SaleView } from "../../src/core/till/view.ts";
import { RealBox } from "../../test/e2e/support/real-box.ts";

type Body = Readonly<Record<string, unknown>>;

/** Rungs and devices that have been looked at once before anything breaks. */
const watched = [
  "reach.router.",
  "reach.dns.",
  "reach.internet.",
  "provider.call",
  "printer.state",
];

export class Place {
  readonly box: RealBox;

  private constructor(box: RealBox) {
    this.box = box;
  }

  static async open(config: Body): Promise<Place> {
    const data = mkdtempSync(join(tmpdir(), "chupiao-case-"));
    return new Place(await RealBox.open(1, data, config));
  }

  close(): Promise<void> {
    return this.box.close();
  }

  /** A day that began well: one sale with its receipt, and every probe has had its first look. */
  async settleIn(): Promise<void> {
    const saleId = await this.sell({ amount: "6.66", wait_ms: 30_000 });
    if (saleId === null) throw new Error("the first sale was refused");
    await this.printed(saleId);
    await until("every probe has looked", async () => {
      const { data } = await this.box.ask<{ data: readonly SeriesView[] }>(
        "GET",
        "/api/evidence?minutes=10",
      );
      return watched.every((id) => data.some((one) => one.id.startsWith(id)));
    });
  }

  printed(saleId: string): Promise<void> {
    return until("the receipt is out", async () => {
      const sale = await this.box.ask<SaleView>("GET", `/api/sales/${saleId}`);
      return sale.receipt?.job?.state === "confirmed";
    });
  }

  net(change: Body): Promise<unknown> {
    return this.box.control("POST", "/net", change);
  }

  wire(change: Body): Promise<unknown> {
    return this.box.control("POST", "/wire/gateway", change);
  }

  printer(change: Body): Promise<unknown> {
    return this.box.control("POST", "/printer/state", change);
  }

  gateway(mode: string): Promise<unknown> {
    return this.box.control("POST", "/control/gateway", { mode });
  }

  /** For every call from now on, or for the calls of one method. */
  fault(behaviour: string, more: Body = {}): Promise<unknown> {
    return this.box.control("POST", "/control/faults", { behaviour, times: 1_000, ...more });
  }

  noFaults(): Promise<unknown> {
    return this.box.control("DELETE", "/control/faults");
  }

  /** Payments are refused with this code. */
  refuses(subCode: string): Promise<unknown> {
    return this.fault("sub_code", { sub_code: subCode, method: "alipay.trade.pay" });
  }

  feed(path: "qualifications" | "notices", record: Body): Promise<unknown> {
    return this.box.control("POST", `/feed/${path}`, record);
  }

  code(wallet?: string): Promise<string> {
    return this.box.code(wallet);
  }

  /** Null where the till refused it before a sale came about. A customer who is asked takes the electronic receipt. */
  async sell(body: Body): Promise<string | null> {
    const given = { code: await this.code(), wait_ms: 0, ...body };
    const answer = await this.post<SaleView>("/api/sell", given);
    if ("sale_id" in answer) return answer.sale_id;
    if (answer.code !== "printer_red_needs_e_receipt") return null;
    const agreed = await this.post<SaleView>("/api/sell", { ...given, accept_e_receipt: true });
    return "sale_id" in agreed ? agreed.sale_id : null;
  }

  /** A refusal is an answer, too. */
  async post<T>(path: string, body: Body = {}): Promise<T | Problem> {
    const response = await fetch(`${this.box.url}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    return (await response.json()) as T | Problem;
  }

  diagnosis(saleId: string | null): Promise<DiagnosisView> {
    const query = saleId === null ? "" : `?sale=${saleId}`;
    return this.box.ask<DiagnosisView>("GET", `/api/diagnosis${query}`);
  }

  async incidents(): Promise<readonly IncidentRow[]> {
    return (await this.box.ask<{ data: readonly IncidentRow[] }>("GET", "/api/incidents?limit=100"))
      .data;
  }
}

/** Asks until it is so. */
export async function until(
  words: string,
  look: () => Promise<boolean>,
  limitMs = 60_000,
): Promise<void> {
  const endsAtMs = performance.now() + limitMs;
  while (!(await look())) {
    if (performance.now() > endsAtMs) throw new Error(`not in time: ${words}`);
    await pause(100);
  }
}

export const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
