/** A box that gave no answer: how far the request came, and so what may have happened. */
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { Text } from "../core/text/text.ts";

/** `broken` is the only one after which something may have been done. */
export type Away = "not_listening" | "no_such_host" | "no_tls" | "no_way" | "no_port" | "broken";

export class BoxAway extends Error {
  /** Proven: no byte of the request left this computer for a box. */
  readonly nothingSent: boolean;
  readonly text: Text;
  constructor(url: string, why: Away, isRead: boolean) {
    const text = wordsOf(url, why, isRead);
    super(`${text.zh} (${text.en})`);
    this.text = text;
    this.nothingSent = why !== "broken";
  }
}

/** Certificates that aren't trusted, and a side that speaks no TLS: all before the request. */
const noTls: ReadonlySet<string> = new Set([
  "ERR_SSL_WRONG_VERSION_NUMBER",
  "ERR_SSL_PACKET_LENGTH_TOO_LONG",
  "ERR_TLS_CERT_ALTNAME_INVALID",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "CERT_HAS_EXPIRED",
  "CERT_NOT_YET_VALID",
]);

/** Nothing of the network between here and there answers for the address. */
const noWay: ReadonlySet<string> = new Set([
  "EADDRNOTAVAIL",
  "EHOSTDOWN",
  "EHOSTUNREACH",
  "ENETDOWN",
  "ENETUNREACH",
  "ETIMEDOUT",
]);

/** What a failure proves by itself. Whatever isn't known to come before the request is `broken`. */
export function awayOf(error: unknown): Away {
  const cause = error instanceof Error ? error.cause : undefined;
  if (!(cause instanceof Error)) return "broken";
  // A name with several addresses: each was tried, and none could be connected to.
  const [failure = cause] = cause instanceof AggregateError ? (cause.errors as Error[]) : [];
  const { syscall, code = "" } = failure as NodeJS.ErrnoException;
  if (syscall === "getaddrinfo") return "no_such_host";
  // Where there is a way, it is the program at its end that isn't there, or just went.
  if (syscall === "connect") return noWay.has(code) ? "no_way" : "not_listening";
  if (code === "UND_ERR_CONNECT_TIMEOUT") return "no_way";
  if (cause.message === "bad port") return "no_port";
  const isEarly = /before secure TLS connection was established/.test(cause.message);
  return isEarly || noTls.has(code) ? "no_tls" : "broken";
}

/** Told by Node's client right before the first byte of a request is written: https://undici.nodejs.org/#/docs/api/DiagnosticsChannel */
const sending = "undici:client:sendHeaders";

/**
 * Sends one request, one at a time. Throws BoxAway: `nothingSent` only where the failure is one that comes before the
 * request and the client didn't begin to write it either.
 */
export async function fetchOrAway(
  base: string,
  path: string,
  init: RequestInit,
): Promise<Response> {
  let began = false;
  const begins = (): void => void (began = true);
  subscribe(sending, begins);
  try {
    return await fetch(`${base}${path}`, init);
  } catch (error) {
    const why = began ? "broken" : awayOf(error);
    throw new BoxAway(base, why, init.method === "GET");
  } finally {
    unsubscribe(sending, begins);
  }
}

function wordsOf(url: string, why: Away, isRead: boolean): Text {
  if (why === "not_listening")
    return {
      zh: `${url} 没有应答：收银程序没有在运行。${nothingSent.zh}请先运行 npm start。`,
      en: `${url} doesn't answer: the box isn't running there. ${nothingSent.en} Start it with npm start.`,
    };
  if (why === "broken") return broken(url, isRead);
  const { zh, en } = REASONS[why];
  return {
    zh: `${url} 连不上：${zh}。${nothingSent.zh}请检查 --url 或 CHUPIAO_URL 写的地址。`,
    en: `${url} can't be reached: ${en}. ${nothingSent.en} Check the address in --url or CHUPIAO_URL.`,
  };
}

const nothingSent: Text = {
  zh: "什么都没有发出，没有扣款。",
  en: "Nothing was sent and no money was taken.",
};

const REASONS: Readonly<Record<Exclude<Away, "not_listening" | "broken">, Text>> = {
  no_such_host: { zh: "找不到这个主机名", en: "there is no host of this name" },
  no_tls: {
    zh: "那里没有可用的 https，收银程序自己用的是 http",
    en: "it offers no https that can be used; the box itself speaks http",
  },
  no_port: {
    zh: "这个端口留给别的服务，网页程序不许连接",
    en: "this port is kept for another service, and web programs don't connect to it",
  },
  no_way: { zh: "这台电脑到不了那里", en: "there is no way to it from this computer" },
};

const broken = (url: string, isRead: boolean): Text =>
  isRead
    ? {
        zh: `${url} 的连接断了。这里只是查看，什么都没有改动。请确认收银程序还在运行，再试一次。`,
        en: `The connection to ${url} broke. This only looks and changes nothing. See that the box is running, then try again.`,
      }
    : {
        zh: `${url} 的连接断了，不知道这次操作做了没有。请先确认收银程序还在运行，用“chupiao sales”等命令看结果，没有做再重做。`,
        en: `The connection to ${url} broke, so it isn't known whether this was done. See that the box is running and look first, e.g. with "chupiao sales"; repeat it only if it wasn't done.`,
      };
