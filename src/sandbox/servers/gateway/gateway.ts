/**
 * The sandbox gateway on a loopback port: HTTP, signatures, disk and timers round the pure model. Every reply leaves
 * after what it says has been kept.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Answer, Mode } from "../../model/gateway/gateway.ts";
import { GatewayModel } from "../../model/gateway/gateway.ts";
import { bodyText, nodeName, nodeText, type Reply } from "../../model/gateway/reply.ts";
import {
  admit,
  certRefusal,
  charsetOf,
  invalidSignature,
  isReply,
  methodOf,
  queryOf,
  readBiz,
  readParams,
  signedTexts,
  type Params,
} from "../../model/gateway/request.ts";
import { DEFAULT_SETTINGS, type Settings } from "../../model/gateway/settings.ts";
import { DEMO_WALLETS, type Wallet } from "../../model/gateway/wallets.ts";
import { decode, encode } from "./charset.ts";
import { GatewayControl, type Host } from "./control.ts";
import { deliver, type Delivery } from "./delivery.ts";
import { randomDigits } from "./digits.ts";
import { keysIn, loadKeys, newKeys, type GatewayKeys, type LoadedKeys } from "./keys.ts";
import { RequestLog, RESEND_HEADER, summary } from "./log.ts";
import { Notifier } from "./notifier.ts";
import { signText, verifies } from "./signing.ts";
import { diskStore, memoryStore, type BookStore } from "./store.ts";
import { zip } from "./zip.ts";

export interface GatewayOptions {
  /** 0 or nothing: a free one. */
  readonly port?: number;
  /** Keys and book are kept here; nothing: memory only. */
  readonly dataDir?: string;
  readonly keys?: GatewayKeys;
  readonly settings?: Partial<Settings>;
  readonly wallets?: readonly Wallet[];
  /** The wall clock, for tests that need another day. */
  readonly nowMs?: () => number;
}

export interface Gateway {
  /** http://127.0.0.1:port/gateway.do */
  readonly url: string;
  readonly port: number;
  readonly appId: string;
  readonly keys: GatewayKeys;
  readonly control: GatewayControl;
  close(): Promise<void>;
}

const host = "127.0.0.1";
const bodyBytesMax = 1_000_000;
const timerMsMax = 3_600_000;
const notifyFirstMsMax = 3_000;

/** Starts the gateway and resolves when it listens. Rejects when the port is taken or the folder can't be used. */
export async function startGateway(options: GatewayOptions = {}): Promise<Gateway> {
  const keys =
    options.keys ??
    (options.dataDir === undefined ? await newKeys() : await keysIn(join(options.dataDir, "keys")));
  const server = new GatewayServer(options, loadKeys(keys));
  const port = await server.open(options.port ?? 0);
  const control = new GatewayControl(server);
  return {
    url: `http://${host}:${port}/gateway.do`,
    port,
    appId: server.model.book.settings.appId,
    keys,
    control,
    async close() {
      control.stop();
      await server.close();
    },
  };
}

class GatewayServer implements Host {
  readonly model: GatewayModel;
  readonly log = new RequestLog();
  readonly nowMs: () => number;
  readonly #keys: LoadedKeys;
  readonly #store: BookStore;
  readonly #notifier: Notifier;
  readonly #http: Server;
  #port = 0;
  #timer: NodeJS.Timeout | null = null;
  #closed = false;

  constructor(options: GatewayOptions, keys: LoadedKeys) {
    this.#keys = keys;
    this.nowMs = options.nowMs ?? Date.now;
    this.model = new GatewayModel({ ...DEFAULT_SETTINGS, ...options.settings }, randomDigits);
    this.#store = options.dataDir === undefined ? memoryStore : diskStore(options.dataDir);
    this.model.book.restore(this.#store.read());
    if (this.model.book.wallets.size === 0) {
      for (const wallet of options.wallets ?? DEMO_WALLETS) this.model.book.putWallet(wallet);
    }
    this.#notifier = new Notifier(keys.alipayPrivate);
    this.#http = createServer({ keepAliveTimeout: 65_000 }, (request, response) =>
      this.#onRequest(request, response),
    );
  }

  async open(port: number): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.#http.once("error", reject);
      this.#http.listen(port, host, () => {
        this.#http.off("error", reject);
        resolve();
      });
    });
    this.#port = (this.#http.address() as AddressInfo).port;
    this.model.set({ downloadBase: `http://${host}:${this.#port}` });
    this.settle();
    return this.#port;
  }

  async setMode(mode: Mode): Promise<void> {
    if (this.#closed) return;
    const wasDown = this.model.mode === "down";
    this.model.mode = mode;
    if (mode === "down" && !wasDown) await this.#shut();
    if (mode !== "down" && wasDown) await this.open(this.#port);
  }

  async #shut(): Promise<void> {
    const shut = new Promise<void>((resolve) => this.#http.close(() => resolve()));
    this.#http.closeAllConnections();
    await shut;
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    if (this.#http.listening) await this.#shut();
    this.#notifier.close();
    this.#store.write(this.model.book.takeChanges());
    this.#store.close();
  }

  /** Lets due things happen, keeps what changed, sends what is due, and plans the next time. */
  settle(): void {
    if (this.#closed) return;
    this.model.advance(this.nowMs());
    this.#store.write(this.model.book.takeChanges());
    for (const one of this.model.takeOutbox()) {
      this.#notifier.send(one, this.nowMs(), (answer) => {
        if (this.#closed) return;
        this.log.notification(answer === "success");
        this.model.notified(one.id, answer, this.nowMs());
        this.settle();
      });
    }
    this.#plan();
  }

  #plan(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    const dueMs = this.model.nextDueMs();
    this.#timer = null;
    if (dueMs === null) return;
    const waitMs = Math.min(timerMsMax, Math.max(1, dueMs - this.nowMs()));
    this.#timer = setTimeout(() => this.settle(), waitMs);
    this.#timer.unref();
  }

  #onRequest(request: IncomingMessage, response: ServerResponse): void {
    const parts: Buffer[] = [];
    let bytes = 0;
    request.on("data", (part: Buffer) => {
      bytes += part.length;
      if (bytes > bodyBytesMax) request.destroy();
      else parts.push(part);
    });
    request.on("error", () => response.destroy());
    response.on("error", () => response.destroy());
    request.on("end", () => {
      this.#route(request, response, Buffer.concat(parts)).catch(() => response.destroy());
    });
  }

  async #route(request: IncomingMessage, response: ServerResponse, body: Buffer): Promise<void> {
    const target = request.url ?? "/";
    const path = target.split("?")[0] ?? "/";
    if (this.model.mode === "blackhole") return;
    if (this.model.mode === "portal") {
      response.writeHead(200, { "content-type": "text/html" });
      response.end(
        "<!doctype html><title>Wi-Fi</title><p>请先登录无线网络 (log in to the network)</p>",
      );
      return;
    }
    if (path.endsWith("/downloadBillFile.resource")) return this.#bill(target, response);
    if (!path.endsWith("/gateway.do")) {
      response.writeHead(404, { "content-type": "text/plain" });
      response.end("no such page\n");
      return;
    }
    const startedMs = performance.now();
    const params = readParams([queryOf(target), body.toString("latin1")], decode);
    const resent = request.headers[RESEND_HEADER] !== undefined;
    this.log.request(params.get("method") ?? "", resent);
    const { answer, signed } = this.#answer(params);
    this.settle();
    await this.#waitFor(answer);
    const delivery = await this.#delivery(params, answer, signed);
    this.log.entry({
      atMs: this.nowMs(),
      http: request.method ?? "",
      method: params.get("method") ?? "",
      ...summary(params),
      resent,
      code: answer.reply?.code ?? null,
      subCode: answer.reply?.subCode ?? null,
      provoked: answer.provoked,
      sent: answer.send,
      tookMs: Math.round(performance.now() - startedMs),
    });
    deliver(response, delivery);
  }

  #bill(target: string, response: ServerResponse): void {
    const token = new URLSearchParams(queryOf(target)).get("token") ?? "";
    const files = this.model.bill(token, this.nowMs());
    if (files === null) {
      response.writeHead(403, { "content-type": "text/plain;charset=utf-8" });
      response.end("下载链接已失效\n");
      return;
    }
    const entries = files.map((file) => ({ name: file.name, bytes: encode(file.text, "gbk") }));
    response.writeHead(200, { "content-type": "application/zip" });
    response.end(zip(entries, this.nowMs()));
  }

  #answer(params: Params): { readonly answer: Answer; readonly signed: boolean } {
    const nowMs = this.nowMs();
    const admission = admit(params, this.model.book.settings, nowMs);
    if (admission.kind === "refused") {
      return { answer: plain(admission.reply), signed: admission.signed };
    }
    const { method } = admission;
    const refused = this.#refusal(params, admission.signType);
    if (refused !== null) return { answer: plain(refused), signed: true };
    const biz = readBiz(params);
    if (isReply(biz)) return { answer: plain(biz), signed: true };
    const notifyUrl = usableUrl(params.get("notify_url") ?? "");
    return { answer: this.model.call({ method, biz, notifyUrl }, nowMs), signed: true };
  }

  #refusal(params: Params, signType: "RSA2" | "RSA"): Reply | null {
    const { appCertSn, rootCertSn, appPublic } = this.#keys;
    const wrongCert = certRefusal(params, { app: appCertSn, root: rootCertSn });
    if (wrongCert !== null) return wrongCert;
    const charset = charsetOf(params);
    const sign = params.get("sign") ?? "";
    const [full, withEmpty] = signedTexts(params);
    const good =
      verifies(full, sign, charset, signType, appPublic) ||
      (withEmpty !== full && verifies(withEmpty, sign, charset, signType, appPublic));
    return good ? null : invalidSignature(params);
  }

  async #waitFor(answer: Answer): Promise<void> {
    if (answer.notifyFirst) {
      await Promise.race([this.#notifier.settled(), after(notifyFirstMsMax)]);
    }
    if (answer.waitMs > 0 && answer.send === "reply") await after(answer.waitMs);
  }

  async #delivery(params: Params, answer: Answer, signed: boolean): Promise<Delivery> {
    const charset = charsetOf(params);
    const { send, waitMs } = answer;
    const traceId = `0b${randomDigits(30)}`;
    if (answer.reply === null) return { send, waitMs, body: null, charset, traceId };
    const node = nodeText(answer.reply);
    const type = params.get("sign_type") === "RSA" ? "RSA" : "RSA2";
    const { alipayPrivate, alipayCertSn } = this.#keys;
    // A wrong signature is a good one of another text.
    const signedNode = answer.signature === "wrong" ? `${node} ` : node;
    const unsigned = !signed || answer.signature === "missing";
    const sign = unsigned ? null : await signText(signedNode, charset, type, alipayPrivate);
    const certSn = (params.get("app_cert_sn") ?? "") === "" || unsigned ? null : alipayCertSn;
    const name = nodeName(methodOf(params));
    return {
      send,
      waitMs,
      body: encode(bodyText(name, node, certSn, sign), charset),
      charset,
      traceId,
    };
  }
}

const plain = (reply: Reply): Answer => ({
  reply,
  send: "reply",
  signature: "right",
  waitMs: 0,
  notifyFirst: false,
  provoked: null,
});

/** An address that can be posted to; anything else means no notification. */
function usableUrl(text: string): string | null {
  return URL.canParse(text) && /^https?:/.test(text) ? text : null;
}

const after = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
