/** Builds what a plan says: provider, hubs, tills, printers, the ways between them, and people. */
import type { Ledger } from "../../ports/ledger.ts";
import type { TerminalSettings } from "../../terminal/config.ts";
import { fenMax } from "../../core/money/money.ts";
import { type PrinterProfile, profile58, profile80 } from "../../core/printing/profile.ts";
import { defaultTiming } from "../../terminal/printing/spooler.ts";
import { CallFaults } from "../gateway/call-faults.ts";
import { Gateway } from "../gateway/gateway.ts";
import { Path } from "../network/path.ts";
import { HubNode } from "../parties/hub.ts";
import { TillNode } from "../parties/till.ts";
import { Buyers } from "../people/buyers.ts";
import { encoderWith, type PaperTools } from "../printer/encode.ts";
import { Printer } from "../printer/printer.ts";
import type { Engines, Insight } from "../stores/engine.ts";
import { Chance } from "../world/chance.ts";
import { Machine } from "../world/machine.ts";
import { Timeline } from "../world/timeline.ts";
import type { WayKind } from "../faults/paths.ts";
import type { Plan, TillPlan } from "./plan.ts";
import type { Scribe } from "./scribe.ts";

/** What the runtime lends to a simulation, beside the tables for paper. */
export interface Tools {
  readonly paper: PaperTools;
  readonly engines: Engines;
  /** Runs every promise that is ready, and those that they make ready, before it returns. */
  readonly drain: () => void;
}

/** Hubs that share a ledger, and the tills that talk to them. */
export interface Shop {
  readonly id: string;
  readonly ledger: Ledger;
  readonly insight: Insight;
  readonly hubs: readonly HubNode[];
  readonly tills: readonly TillNode[];
  /** From outside: notifications and customers' phones. */
  readonly fromOutside: Path;
}

export interface Way {
  readonly kind: WayKind;
  readonly path: Path;
}

export interface Town {
  readonly plan: Plan;
  readonly time: Timeline;
  readonly chance: Chance;
  readonly gateway: Gateway;
  readonly callFaults: CallFaults;
  readonly buyers: Buyers;
  readonly shops: readonly Shop[];
  readonly ways: readonly Way[];
  readonly journals: readonly { readonly till: TillNode; readonly insight: Insight }[];
}

export function buildTown(plan: Plan, tools: Tools, scribe: Scribe): Town {
  return new Builder(plan, tools, scribe).town();
}

class Builder {
  readonly #plan: Plan;
  readonly #tools: Tools;
  readonly #scribe: Scribe;
  readonly #time: Timeline;
  readonly #chance: Chance;
  readonly #ways: Way[] = [];
  readonly #journals: { till: TillNode; insight: Insight }[] = [];
  readonly #gateway: Gateway;
  readonly #callFaults: CallFaults;

  constructor(plan: Plan, tools: Tools, scribe: Scribe) {
    this.#plan = plan;
    this.#tools = tools;
    this.#scribe = scribe;
    this.#time = new Timeline(tools.drain);
    this.#chance = new Chance(`seed ${plan.seed}`);
    scribe.clock = this.#time;
    const chance = this.#chance.fork("gateway");
    this.#callFaults = new CallFaults(chance.fork("faults"), (kind, orderNo) =>
      scribe.struck(kind, orderNo),
    );
    this.#gateway = new Gateway(
      this.#time,
      chance,
      this.#callFaults,
      {
        trade: (trade) => scribe.trade(trade),
        notify: (notification) => scribe.onNotify(notification),
      },
      {
        declinedLeavesTrade: plan.declinedLeavesTrade,
        cancelStopsLatePay: plan.cancelStopsLatePay,
        billsReady: "at_once",
      },
    );
  }

  town(): Town {
    const { tills, topology } = this.#plan;
    const groups =
      topology === "box"
        ? tills.map((till, index) => [{ till, index }])
        : [tills.map((till, index) => ({ till, index }))];
    const shops = groups.map((group, index) => this.#shop(`S${index + 1}`, group));
    return {
      plan: this.#plan,
      time: this.#time,
      chance: this.#chance,
      gateway: this.#gateway,
      callFaults: this.#callFaults,
      buyers: new Buyers(this.#gateway, this.#chance.fork("buyers"), this.#time),
      shops,
      ways: this.#ways,
      journals: this.#journals,
    };
  }

  #shop(id: string, group: readonly { readonly till: TillPlan; readonly index: number }[]): Shop {
    const { ledger, insight } = this.#tools.engines.ledger();
    const isBox = this.#plan.topology === "box";
    const tills: TillNode[] = [];
    const terminalIds = group.map(({ index }) => terminalIdOf(index));
    const boxMachine = isBox ? this.#machine(`box-${id}`) : null;
    const hubs = Array.from({ length: this.#plan.hubs }, (_, index) => {
      const node: HubNode = this.#hub(
        `${id}.hub${index + 1}`,
        boxMachine ?? this.#machine(`hub-${id}.${index + 1}`),
        { id, ledger, terminalIds },
        (terminalId, news) => {
          for (const till of tills) if (till.id === terminalId) till.hear(node, news);
        },
      );
      return node;
    });
    for (const { till, index } of group) tills.push(this.#till(till, index, hubs, boxMachine));
    const fromOutside = this.#way("notice", `${id} outside`);
    return { id, ledger, insight, hubs, tills, fromOutside };
  }

  #hub(
    name: string,
    machine: Machine,
    shop: { readonly id: string; readonly ledger: Ledger; readonly terminalIds: readonly string[] },
    onNews: ConstructorParameters<typeof HubNode>[0]["onNews"],
  ): HubNode {
    return new HubNode({
      machine,
      chance: this.#chance.fork(`hub ${name}`),
      engine: shop.ledger,
      gateway: this.#gateway,
      toGateway: this.#way("gateway", `${name} gateway`),
      timing: this.#plan.timing,
      sole: this.#plan.hubs === 1,
      shopId: shop.id,
      terminalIds: shop.terminalIds,
      onDurable: (writes, events) => this.#scribe.ledgerDurable(writes, events),
      onNews,
      log: this.#scribe.log,
    });
  }

  #till(
    plan: TillPlan,
    index: number,
    hubs: readonly HubNode[],
    boxMachine: Machine | null,
  ): TillNode {
    const id = terminalIdOf(index);
    const { journal, insight } = this.#tools.engines.journal();
    const name = `till ${id}`;
    const node = new TillNode({
      machine: boxMachine ?? this.#machine(`till-${id}`),
      chance: this.#chance.fork(name),
      engine: journal,
      printer: this.#printer(id, plan),
      toPrinter: this.#way("cable", `${name} cable`),
      hubs,
      toHubs: boxMachine === null ? this.#way("link", `${name} link`) : null,
      settings: this.#settings(id, plan),
      profile: profileOf(plan),
      spoolerTiming: { ...defaultTiming, idlePollMs: this.#plan.idlePollMs },
      encode: encoderWith(this.#tools.paper),
      ears: this.#scribe.journalEars(id),
      log: this.#scribe.log,
    });
    this.#journals.push({ till: node, insight });
    return node;
  }

  #printer(id: string, plan: TillPlan): Printer {
    return new Printer(
      `printer-${id}`,
      this.#time,
      {
        profile: plan.printer,
        paperMm: plan.paperMm,
        settings: {
          dotsPerSecond: plan.dotsPerSecond,
          resumeNeedsFeed: plan.resumeNeedsFeed,
          idSurvivesDisconnect: plan.idSurvivesDisconnect,
        },
      },
      this.#tools.paper.codec,
      (paper) => this.#scribe.paper(`printer-${id}`, paper),
    );
  }

  #settings(id: string, plan: TillPlan): TerminalSettings {
    return {
      merchantId: `M${plan.merchant}`,
      storeId: "1001",
      terminalId: id,
      issuer: {
        merchantName: "示例咖啡",
        merchantNo: `20880000000000${plan.merchant}`,
        storeName: "一号店",
        storeNo: "1001",
        terminalNo: id,
        address: "",
        phone: "",
      },
      provider: "alipay",
      livemode: true,
      training: false,
      receiptBase: this.#plan.receiptBase,
      merchantCopy: plan.merchantCopy,
      amountMaxFen: fenMax,
      timing: this.#plan.timing,
      newsSilenceMs: this.#plan.newsSilenceMs,
    };
  }

  #machine(name: string): Machine {
    return new Machine(name, this.#time, this.#chance.fork(`machine ${name}`));
  }

  #way(kind: WayKind, name: string): Path {
    const path = new Path(this.#time, this.#chance.fork(`way ${name}`), (fault, subject) =>
      this.#scribe.struck(`${kind}_${fault}`, subject),
    );
    this.#ways.push({ kind, path });
    return path;
  }
}

const terminalIdOf = (index: number): string => `T${String(index + 1).padStart(2, "0")}`;

/** What a probe would find out about this printer. */
function profileOf(plan: TillPlan): PrinterProfile {
  const base = plan.paperMm === 58 ? profile58 : profile80;
  const cutter = { ...base, cutter: true };
  switch (plan.printer) {
    case "epson":
      return {
        ...cutter,
        processId: true,
        automaticStatus: true,
        cutCounter: true,
        bufferClear: true,
        gb18030: true,
        maker: "EPSON",
        model: "TM-T88VI",
      };
    case "clone":
      return cutter;
    case "mute":
      return { ...cutter, realtimeStatus: false, inOrderStatus: false };
  }
}
