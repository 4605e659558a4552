/**
 * A gateway of a few lines for the adapter's own tests: it answers what a script says, signed as Alipay signs, and breaks
 * the connection in every way that was measured. It keeps each request as it came, so that tests can count them.
 */
import { createSign, createVerify, generateKeyPairSync } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";

export interface Seen {
  readonly api: string;
  readonly params: Readonly<Record<string, string>>;
  readonly biz: Readonly<Record<string, unknown>>;
  readonly headers: IncomingMessage["headers"];
  readonly wellSigned: boolean;
  readonly socket: Socket;
  readonly at: { readonly path: string };
}

export type Scripted =
  | {
      readonly body: Readonly<Record<string, unknown>>;
      readonly sign?: "good" | "wrong" | "none";
      readonly node?: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | {
      readonly text: string;
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** `reset`: RST before any byte; `end`: FIN before any byte; `truncate`: half a body; `drip`: a byte now and then, for ever. */
  | { readonly fault: "reset" | "end" | "truncate" | "silent" | "drip" | "endless" };

export interface TestGateway {
  readonly url: string;
  readonly seen: Seen[];
  readonly sockets: Set<Socket>;
  readonly keys: TestKeys;
  answer(script: (seen: Seen) => Scripted): void;
  signed(api: string, body: Readonly<Record<string, unknown>>): string;
  signedForm(
    fields: Readonly<Record<string, string>>,
    signType?: "RSA" | "RSA2",
  ): Record<string, string>;
  close(): Promise<void>;
}

export interface TestKeys {
  readonly app: { readonly privateKey: KeyObject; readonly publicKey: KeyObject };
  readonly alipay: { readonly privateKey: KeyObject; readonly publicKey: KeyObject };
}

export const newKeys = (): TestKeys => ({
  app: generateKeyPairSync("rsa", { modulusLength: 2048 }),
  alipay: generateKeyPairSync("rsa", { modulusLength: 2048 }),
});

export const appId = "2021000000000001";
export const sellerId = "2088000000000001";

/** Settings of the file for key mode, pointed at a gateway of this kind. */
export const keySettings = (gateway: TestGateway): Record<string, unknown> => ({
  app_id: appId,
  seller_id: sellerId,
  gateway: gateway.url,
  private_key: pkcs1(gateway.keys.app.privateKey),
  alipay_public_key: spki(gateway.keys.alipay.publicKey),
  notify_url: "https://shop.example/notify",
});

export const pkcs1 = (key: KeyObject): string =>
  key.export({ type: "pkcs1", format: "pem" }).toString();
export const spki = (key: KeyObject): string =>
  key.export({ type: "spki", format: "pem" }).toString();

export const nodeOf = (api: string): string => `${api.replaceAll(".", "_")}_response`;
/** As the live gateway writes JSON: compact, `/` escaped. */
export const wireJson = (body: unknown): string => JSON.stringify(body).replaceAll("/", "\\/");

const rsa2 = (text: string, key: KeyObject, digest = "RSA-SHA256"): string =>
  createSign(digest).update(text, "utf8").sign(key, "base64");

export async function startGateway(
  keys: TestKeys = newKeys(),
  certSn: string | null = null,
): Promise<TestGateway> {
  const seen: Seen[] = [];
  const sockets = new Set<Socket>();
  let script: (one: Seen) => Scripted = () => ({ body: { code: "20000", msg: "not scripted" } });
  const wrap = (node: string, body: unknown, sign: "good" | "wrong" | "none"): string => {
    const inner = wireJson(body);
    const signature = rsa2(sign === "wrong" ? `${inner} ` : inner, keys.alipay.privateKey);
    const cert = certSn === null ? "" : `,"alipay_cert_sn":"${certSn}"`;
    return sign === "none"
      ? `{"${node}":${inner}}`
      : `{"${node}":${inner}${cert},"sign":"${signature}"}`;
  };
  const server = createServer((request, response) => {
    void readRequest(request, keys).then((one) => {
      seen.push(one);
      play(script(one), one, response, wrap);
    });
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/gateway.do`,
    seen,
    sockets,
    keys,
    answer: (next) => (script = next),
    signed: (api, body) => wrap(nodeOf(api), body, "good"),
    signedForm: (fields, signType = "RSA2") => {
      const text = Object.keys(fields)
        .filter((name) => name !== "sign" && name !== "sign_type")
        .toSorted()
        .map((name) => `${name}=${fields[name]}`)
        .join("&");
      const digest = signType === "RSA2" ? "RSA-SHA256" : "RSA-SHA1";
      return { ...fields, sign_type: signType, sign: rsa2(text, keys.alipay.privateKey, digest) };
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

async function readRequest(request: IncomingMessage, keys: TestKeys): Promise<Seen> {
  let body = "";
  for await (const part of request.setEncoding("utf8")) body += String(part);
  const url = new URL(request.url ?? "/", "http://gateway");
  const params = {
    ...Object.fromEntries(url.searchParams),
    ...Object.fromEntries(new URLSearchParams(body)),
  };
  const text = Object.keys(params)
    .filter((name) => name !== "sign")
    .toSorted()
    .map((name) => `${name}=${params[name]}`)
    .join("&");
  return {
    api: params["method"] ?? "",
    params,
    biz: JSON.parse(params["biz_content"] ?? "{}") as Record<string, unknown>,
    headers: request.headers,
    wellSigned: createVerify("RSA-SHA256")
      .update(text, "utf8")
      .verify(keys.app.publicKey, params["sign"] ?? "", "base64"),
    socket: request.socket,
    at: { path: url.pathname },
  };
}

const html = { "content-type": "text/html;charset=utf-8" };

function play(
  scripted: Scripted,
  seen: Seen,
  response: ServerResponse,
  wrap: (node: string, body: unknown, sign: "good" | "wrong" | "none") => string,
): void {
  if ("body" in scripted) {
    const node = scripted.node ?? nodeOf(seen.api);
    response.writeHead(200, { ...html, trace_id: "trace-1", ...scripted.headers });
    response.end(wrap(node, scripted.body, scripted.sign ?? "good"));
    return;
  }
  if ("text" in scripted) {
    response.writeHead(scripted.status ?? 200, { ...html, ...scripted.headers });
    response.end(scripted.text);
    return;
  }
  FAULT[scripted.fault](seen.socket, response);
}

const FAULT: Readonly<
  Record<
    Extract<Scripted, { fault: string }>["fault"],
    (socket: Socket, response: ServerResponse) => void
  >
> = {
  reset: (socket) => void socket.resetAndDestroy(),
  end: (socket) => void socket.end(),
  truncate: (socket, response) => {
    response.writeHead(200, { ...html, "content-length": "1000" });
    response.write('{"alipay_trade_pay_response":{"code":"10000"', () => socket.destroy());
  },
  silent: () => {},
  drip: (socket, response) => {
    response.writeHead(200, { ...html, "content-length": "100000" });
    const timer = setInterval(() => response.write(" "), 20);
    socket.on("close", () => clearInterval(timer));
  },
  endless: (socket, response) => {
    response.writeHead(200, html);
    const part = Buffer.alloc(65_536, " ");
    const more = (): void => {
      while (!socket.destroyed && response.write(part)) {
        // Until the socket is full.
      }
    };
    response.on("drain", more);
    more();
  },
};
