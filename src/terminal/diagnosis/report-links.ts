/**
 * Addresses at which a phone reads a report: unguessable, for two hours, and gone with the program. Only whoever was
 * shown one can open it, and what it opens holds no secrets.
 */
import type { PhoneReport } from "../../core/diagnosis/view.ts";
import { isLoopbackAddress } from "../../core/rules/address.ts";
import { rfc3339China } from "../../core/rules/time.ts";
import { phoneReportText } from "../../core/text/incident.ts";
import type { World } from "../../ports/world.ts";

export interface ReportLinksDeps {
  readonly world: World;
  /** Where phones reach this box; null: nowhere. */
  readonly baseAddress: () => string | null;
  /** False on a till whose hub is elsewhere: that address is the hub's, which has no reports. */
  readonly servesPhones: boolean;
}

interface Link {
  readonly token: string;
  readonly caseNo: string;
  readonly untilMs: number;
}

const lifeMs = 2 * 3_600_000;
const linksMax = 50;

export class ReportLinks {
  readonly #deps: ReportLinksDeps;
  #links: readonly Link[] = [];

  constructor(deps: ReportLinksDeps) {
    this.#deps = deps;
  }

  /** An address for this case, or why a phone can't have one. */
  of(caseNo: string): PhoneReport {
    const { world, baseAddress, servesPhones } = this.#deps;
    const base = baseAddress();
    const why = !servesPhones
      ? phoneReportText.atTheTill
      : base === null || isLoopbackAddress(base)
        ? phoneReportText.noAddress
        : null;
    if (base === null || why !== null) return { url: null, expires_at: null, why };
    const { token } = this.#open(caseNo);
    return {
      url: `${base.replace(/\/+$/, "")}/r/report/${token}`,
      expires_at: rfc3339China(world.nowMs() + lifeMs),
      why: null,
    };
  }

  /** The case behind an address that still holds. */
  caseOf(token: string): string | null {
    const nowMs = this.#deps.world.monotonicMs();
    return this.#links.find((one) => one.token === token && nowMs < one.untilMs)?.caseNo ?? null;
  }

  /** Each look at the help screen gives a new one: an old address never lives longer for it. */
  #open(caseNo: string): Link {
    const { world } = this.#deps;
    const nowMs = world.monotonicMs();
    const link = { token: world.newToken(), caseNo, untilMs: nowMs + lifeMs };
    this.#links = [...this.#links.filter((one) => nowMs < one.untilMs), link].slice(-linksMax);
    return link;
  }
}
