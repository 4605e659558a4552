/** The gateway's control interface, a fastify plugin. Documented in docs/reference/sandbox.md. */
import type { FastifyInstance, FastifyPluginCallback, FastifyReply } from "fastify";
import type { z } from "zod";
import type { Text } from "../../../core/text/text.ts";
import { isBuyerRefusal, type BuyerRefusal } from "../../model/gateway/buyer.ts";
import type { Trade } from "../../model/gateway/trades.ts";
import type { Gateway } from "../gateway/gateway.ts";
import { refuse, whatIsWrong } from "../problem.ts";
import * as input from "./inputs.ts";
import * as view from "./views.ts";

type Named = { Params: { name: string } };
type Numbered = { Params: { number: string } };

/** Parses or answers 400 with the fields that are wrong; null then. */
function read<S extends z.ZodType>(
  schema: S,
  body: unknown,
  reply: FastifyReply,
): z.output<S> | null {
  const parsed = schema.safeParse(body ?? {});
  if (parsed.success) return parsed.data;
  void refuse(reply, 400, "bad_input", whatIsWrong(parsed.error));
  return null;
}

const REFUSALS: Record<BuyerRefusal["refusal"], { status: number; text: Text }> = {
  no_such_trade: {
    status: 404,
    text: { zh: "没有这个订单号的交易", en: "No trade has this order number" },
  },
  nobody_is_asked: {
    status: 409,
    text: { zh: "这笔交易没有在等密码", en: "The trade isn't waiting for a password" },
  },
  no_such_wallet: {
    status: 404,
    text: {
      zh: "没有这个钱包，用 chupiao sandbox wallets 查看",
      en: "No wallet has this name; chupiao sandbox wallets lists them",
    },
  },
  no_such_qr: {
    status: 404,
    text: {
      zh: "没有这个二维码，或已扫过、已过期",
      en: "No unscanned, unexpired QR order is behind this",
    },
  },
  wallet_refused: { status: 409, text: { zh: "钱包拒绝付款", en: "The wallet refused to pay" } },
};

function tradeOr(reply: FastifyReply, result: Trade | BuyerRefusal): unknown {
  if (!isBuyerRefusal(result)) return view.tradeView(result);
  const { status, text } = REFUSALS[result.refusal];
  const { subCode } = result;
  if (subCode === null) return refuse(reply, status, result.refusal, text);
  const why = { zh: `${text.zh}：${subCode}`, en: `${text.en}: ${subCode}` };
  return refuse(reply, status, result.refusal, why);
}

const noWallet = (reply: FastifyReply): FastifyReply =>
  refuse(reply, 404, "no_such_wallet", REFUSALS.no_such_wallet.text);

/** Mount at /control. */
export function gatewayControl(gateway: Gateway): FastifyPluginCallback {
  return (app, _options, done) => {
    walletRoutes(app, gateway);
    tradeRoutes(app, gateway);
    faultRoutes(app, gateway);
    gatewayRoutes(app, gateway);
    done();
  };
}

function walletRoutes(app: FastifyInstance, { control }: Gateway): void {
  app.get("/wallets", () => ({ wallets: control.wallets().map(view.walletView) }));
  app.post("/wallets/reset", () => ({ wallets: control.resetWallets().map(view.walletView) }));
  app.get<Named>("/wallets/:name", (request, reply) => {
    const wallet = control.findWallet(request.params.name);
    return reply.send(wallet === undefined ? noWallet(reply) : view.walletView(wallet));
  });
  app.patch<Named>("/wallets/:name", async (request, reply) => {
    const patch = read(input.walletInput, request.body, reply);
    if (patch === null) return reply;
    const wallet = control.changeWallet(request.params.name, input.walletPatch(patch));
    return wallet === undefined ? noWallet(reply) : view.walletView(wallet);
  });
  app.post("/codes", async (request, reply) => {
    const wanted = read(input.codeInput, request.body, reply);
    if (wanted === null) return reply;
    const code = control.issueCode(wanted.wallet);
    return code === undefined ? noWallet(reply) : view.codeView(code);
  });
}

function tradeRoutes(app: FastifyInstance, { control }: Gateway): void {
  app.get("/trades", (request) => ({
    trades: control.trades(input.countOf(request.query)).map(view.tradeView),
  }));
  app.get<Numbered>("/trades/:number", async (request, reply) => {
    const trade = control.trade(request.params.number);
    return tradeOr(reply, trade ?? { refusal: "no_such_trade", subCode: null });
  });
  app.post<Numbered>("/trades/:number/confirm", async (request, reply) =>
    tradeOr(reply, control.confirm(request.params.number)),
  );
  app.post<Numbered>("/trades/:number/refuse", async (request, reply) =>
    tradeOr(reply, control.refuse(request.params.number)),
  );
  app.post<Numbered>("/trades/:number/finish", async (request, reply) => {
    const trade = control.finish(request.params.number);
    if (trade !== undefined) return view.tradeView(trade);
    return refuse(reply, 409, "not_paid", {
      zh: "只有已付款的交易能完结",
      en: "Only a trade in TRADE_SUCCESS can be finished",
    });
  });
  app.get("/qr-orders", () => ({ qr_orders: control.qrOrders().map(view.qrView) }));
  app.post("/scan", async (request, reply) => {
    const wanted = read(input.scanInput, request.body, reply);
    if (wanted === null) return reply;
    const wallet = wanted.wallet ?? control.wallets()[0]?.id ?? "";
    return tradeOr(reply, control.scan(wanted.target, wallet, wanted.pays));
  });
  app.get("/notifications", (request) => ({
    notifications: control.notifications(input.countOf(request.query)).map(view.notificationView),
  }));
}

function faultRoutes(app: FastifyInstance, { control }: Gateway): void {
  app.get("/behaviours", () => ({ behaviours: view.behaviourViews() }));
  app.get("/amounts", () => ({ amounts: view.amountViews() }));
  app.get("/faults", () => ({ faults: control.faults().map(view.faultView) }));
  app.post("/faults", async (request, reply) => {
    const wanted = read(input.faultInput, request.body, reply);
    if (wanted === null) return reply;
    const { sub_code: subCode, ...fault } = wanted;
    return view.faultView(control.addFault({ ...fault, subCode }));
  });
  app.delete("/faults", () => ({ cleared: control.clearFaults() }));
  app.delete<{ Params: { id: string } }>("/faults/:id", async (request, reply) =>
    control.clearFaults(request.params.id) === 0
      ? refuse(reply, 404, "no_such_fault", {
          zh: "没有这个故障，用 chupiao sandbox fault list 查看",
          en: "No such fault; chupiao sandbox fault list lists them",
        })
      : { cleared: 1 },
  );
}

function gatewayRoutes(app: FastifyInstance, { control }: Gateway): void {
  const merchantView = () => {
    const { balanceFen, withdrawnFen } = control.merchant();
    return { balance_fen: balanceFen, withdrawn_fen: withdrawnFen };
  };
  app.get("/gateway", () => ({ mode: control.mode() }));
  app.post("/gateway", async (request, reply) => {
    const wanted = read(input.modeInput, request.body, reply);
    if (wanted === null) return reply;
    await control.setMode(wanted.mode, wanted.seconds === null ? null : wanted.seconds * 1000);
    return { mode: control.mode() };
  });
  app.get("/settings", () => input.settingsView(control.settings()));
  app.patch("/settings", async (request, reply) => {
    const wanted = read(input.settingsInput, request.body, reply);
    if (wanted === null) return reply;
    return input.settingsView(control.set(input.settingsPatch(wanted)));
  });
  app.get("/merchant", merchantView);
  app.post("/merchant/withdraw", async (request, reply) => {
    const wanted = read(input.withdrawInput, request.body, reply);
    if (wanted === null) return reply;
    if (control.withdraw(wanted.amount_fen) !== undefined) return merchantView();
    return refuse(reply, 409, "not_enough_money", {
      zh: "商户余额不足",
      en: "The merchant has less than that",
    });
  });
  app.get("/counters", () => view.countersView(control.counters()));
  app.delete("/counters", () => {
    control.resetCounters();
    return view.countersView(control.counters());
  });
  app.get("/requests", (request) => ({
    requests: control.requests(input.countOf(request.query)).map(view.requestView),
  }));
}
