/** What goes over the line: the reply as it should be, or one of the ways in which lines break. */
import type { ServerResponse } from "node:http";
import type { Send } from "../../model/gateway/behaviours.ts";

export interface Delivery {
  readonly send: Send;
  /** Null where nothing readable is sent. */
  readonly body: Buffer | null;
  readonly charset: "utf-8" | "gbk";
  readonly traceId: string;
  /** Before the second half of a slow body; ms. */
  readonly waitMs: number;
}

const portalPage = `<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>上网认证</title></head>
<body><h1>欢迎使用商场免费 Wi-Fi</h1><form action="/login"><label>手机号 <input name="phone"></label><button>认证上网</button></form></body></html>`;

const badGateway =
  "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body><center><h1>502 Bad Gateway</h1></center></body>\r\n</html>\r\n";

function head(response: ServerResponse, { body, charset, traceId }: Delivery): Buffer {
  const bytes = body ?? Buffer.alloc(0);
  response.writeHead(200, {
    "content-type": `text/html;charset=${charset}`,
    "content-length": bytes.length,
    trace_id: traceId,
  });
  return bytes;
}

const half = (bytes: Buffer): number => Math.floor(bytes.length / 2);

/** One way for each `Send`. */
const WAYS: Record<Send, (response: ServerResponse, delivery: Delivery) => void> = {
  reply: (response, delivery) => void response.end(head(response, delivery)),
  // The connection stays open until the client gives up.
  silence: () => {},
  reset: (response) => void response.socket?.resetAndDestroy(),
  truncated(response, delivery) {
    const bytes = head(response, delivery);
    response.write(bytes.subarray(0, half(bytes)), () => response.socket?.end());
  },
  slow_body(response, delivery) {
    const bytes = head(response, delivery);
    response.write(bytes.subarray(0, half(bytes)));
    const timer = setTimeout(() => response.end(bytes.subarray(half(bytes))), delivery.waitMs);
    response.once("close", () => clearTimeout(timer));
  },
  http_502(response) {
    response.writeHead(502, { "content-type": "text/html" });
    response.end(badGateway);
  },
  portal_page(response) {
    response.writeHead(200, { "content-type": "text/html;charset=utf-8" });
    response.end(portalPage);
  },
};

export const deliver = (response: ServerResponse, delivery: Delivery): void =>
  WAYS[delivery.send](response, delivery);
