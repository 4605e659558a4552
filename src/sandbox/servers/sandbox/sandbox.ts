/** The whole outside world in one process: the gateway, and whatever other parts are plugged in, behind one control server. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { FastifyPluginCallback } from "fastify";
import { gatewayControl } from "../control/gateway-routes.ts";
import { adoptInput } from "../control/inputs.ts";
import { startControlServer, type ControlPart } from "../control/server.ts";
import { startGateway, type Gateway, type GatewayOptions } from "../gateway/gateway.ts";
import { keyPaths } from "../gateway/keys.ts";
import { gatewayPages } from "../pages/pages.ts";
import { refuse, whatIsWrong } from "../problem.ts";
import { isAlive, Owners, watch } from "./lifetime.ts";
import { lockFolder } from "./lock.ts";
import { removeNews, writeNews, type SandboxNews } from "./news.ts";

/** Another part, e.g. the printer: already running, with its page and API. */
export interface SandboxPart extends ControlPart {
  /** In the page's head; null where there is nothing to look at. */
  readonly title: { readonly zh: string; readonly en: string } | null;
  /** Goes into sandbox.json under the part's own names. */
  readonly news: Readonly<Record<string, unknown>>;
  close(): Promise<void>;
}

export interface SandboxOptions {
  /** Books, keys and sandbox.json live here; nothing: memory only. */
  readonly dataDir?: string;
  /** Of pages and control interface; 0: a free one. */
  readonly port?: number;
  readonly gatewayPort?: number;
  readonly gateway?: Partial<GatewayOptions>;
  /** Started with the gateway's address, in order; closed in reverse. */
  readonly parts?: readonly ((gateway: Gateway) => Promise<SandboxPart>)[];
  /** The box that started it for itself; none: it lives until it is told to end, whoever uses it. */
  readonly ownerPid?: number;
  /** Called when the last owner has been gone for ten minutes. */
  readonly onOrphaned?: () => void;
  readonly graceMs?: number;
}

export interface Sandbox {
  readonly url: string;
  readonly gateway: Gateway;
  readonly news: SandboxNews;
  close(): Promise<void>;
}

const graceMsDefault = 10 * 60_000;

/** Starts everything, or nothing: when one part can't start, those before it are closed again. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const closers: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const one of closers.splice(0).toReversed()) await one();
  };
  try {
    return await start(options, closers, close);
  } catch (error) {
    await close();
    throw error;
  }
}

async function start(
  options: SandboxOptions,
  closers: (() => Promise<void>)[],
  close: () => Promise<void>,
): Promise<Sandbox> {
  const { dataDir } = options;
  if (dataDir !== undefined) {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const release = await lockFolder(dataDir);
    closers.push(async () => release());
  }
  const gateway = await startGateway({
    port: options.gatewayPort ?? 0,
    ...(dataDir === undefined ? {} : { dataDir: join(dataDir, "gateway") }),
    ...options.gateway,
  });
  closers.push(() => gateway.close());
  const endsWithBox = options.ownerPid !== undefined;
  const owners = new Owners(isAlive, options.graceMs ?? graceMsDefault);
  const adopt = (pid: number): void => {
    // Whoever starts one by hand ends it by hand, however many boxes it served.
    if (endsWithBox) owners.adopt(pid, performance.now());
  };
  if (options.ownerPid !== undefined) adopt(options.ownerPid);
  const stopWatching = watch(owners, options.onOrphaned ?? (() => {}));
  closers.push(async () => stopWatching());
  const parts: SandboxPart[] = [];
  for (const startPart of options.parts ?? []) {
    const part = await startPart(gateway);
    closers.push(() => part.close());
    parts.push(part);
  }
  let news: SandboxNews | null = null;
  const server = await startControlServer(options.port ?? 0, [
    { prefix: "", plugin: gatewayPages(gateway, parts) },
    { prefix: "/control", plugin: gatewayControl(gateway) },
    { prefix: "/control", plugin: sandboxControl(gateway, adopt, () => news) },
    ...parts,
  ]);
  closers.push(() => server.close());
  news = newsOf(server.url, gateway, parts, { dataDir, endsWithBox });
  if (dataDir !== undefined) {
    writeNews(dataDir, news);
    closers.push(async () => removeNews(dataDir, process.pid));
  }
  return { url: server.url, gateway, news, close };
}

function newsOf(
  control: string,
  gateway: Gateway,
  parts: readonly SandboxPart[],
  { dataDir, endsWithBox }: { readonly dataDir: string | undefined; readonly endsWithBox: boolean },
): SandboxNews {
  const own = {
    pid: process.pid,
    ends_with_box: endsWithBox,
    control,
    gateway: gateway.url,
    app_id: gateway.appId,
    seller_id: gateway.control.settings().sellerId,
  };
  const others: Record<string, unknown> = Object.assign({}, ...parts.map((part) => part.news));
  if (dataDir === undefined) return { ...own, ...others };
  const paths = keyPaths(join(dataDir, "gateway", "keys"));
  return {
    ...own,
    ...others,
    app_private_key_path: paths.appPrivateKey,
    alipay_public_key_path: paths.alipayPublicKey,
    app_cert_path: paths.appCert,
    alipay_cert_path: paths.alipayCert,
    alipay_root_cert_path: paths.rootCert,
  };
}

/** What concerns the sandbox as a whole: who owns it, where it is, with which keys. */
function sandboxControl(
  gateway: Gateway,
  adopt: (pid: number) => void,
  news: () => SandboxNews | null,
): FastifyPluginCallback {
  return (app, _options, done) => {
    app.get("/env", () => ({
      ...news(),
      app_private_key: gateway.keys.appPrivatePem,
      alipay_public_key: gateway.keys.alipayPublicPem,
    }));
    app.post("/adopt", async (request, reply) => {
      const parsed = adoptInput.safeParse(request.body);
      if (!parsed.success) return refuse(reply, 400, "bad_input", whatIsWrong(parsed.error));
      adopt(parsed.data.pid);
      return { pid: process.pid };
    });
    done();
  };
}
