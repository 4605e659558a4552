/** The stand-ins of router and name server, asked by ordinary sockets. */
import assert from "node:assert/strict";
import { Resolver } from "node:dns/promises";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { touch } from "../../../adapters/probe/network/touch.ts";
import { startWire } from "../wire/wire.ts";
import { startNameServer } from "./name-server.ts";
import { startNet } from "./net.ts";
import { type NetSpot, startSpot } from "./spot.ts";

function knock(spot: NetSpot): Promise<string> {
  const [host = "", port] = spot.address.split(":");
  return new Promise((resolve) => {
    const socket = connect({ host, port: Number(port) });
    const end = (said: string): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(said);
    };
    const timer = setTimeout(() => end("silence"), 300);
    socket.once("connect", () => end("connected"));
    socket.once("error", (error: NodeJS.ErrnoException) => end(error.code ?? ""));
  });
}

test("a spot answers, refuses, says nothing, and answers again on the same port", async (context) => {
  const spot = await startSpot();
  context.after(() => spot.close());
  const { address } = spot;
  assert.equal(await knock(spot), "connected");
  await spot.set("silent");
  assert.equal(await knock(spot), "silence");
  assert.equal(await knock(spot), "silence");
  await spot.set("refused");
  assert.equal(await knock(spot), "ECONNREFUSED");
  await spot.set("up");
  assert.equal(await knock(spot), "connected");
  assert.equal(spot.address, address);
});

async function nameServer(context: TestContext) {
  const server = await startNameServer();
  context.after(() => server.close());
  const ask = async (): Promise<string> => {
    const resolver = new Resolver({ timeout: 150, tries: 1 });
    resolver.setServers([server.address]);
    return resolver.resolve4("openapi.example").then(
      (addresses) => addresses.join(),
      (error: NodeJS.ErrnoException) => error.code ?? "",
    );
  };
  return { server, ask };
}

test("a name server knows every name, and fails in each way that it is told to", async (context) => {
  const { server, ask } = await nameServer(context);
  assert.equal(await ask(), "127.0.0.1");
  server.set({ mode: "no_name" });
  assert.equal(await ask(), "ENOTFOUND");
  server.set({ mode: "server_failure" });
  assert.equal(await ask(), "ESERVFAIL");
  server.set({ mode: "refused" });
  assert.equal(await ask(), "EREFUSED");
  server.set({ mode: "silent" });
  assert.equal(await ask(), "ETIMEOUT");
  server.set({ mode: "up" });
  assert.equal(await ask(), "127.0.0.1");
});

test("a lossy one loses its share, evenly", async (context) => {
  const { server, ask } = await nameServer(context);
  server.set({ lossPercent: 50 });
  const answers = [await ask(), await ask(), await ask(), await ask()];
  assert.equal(answers.filter((one) => one === "127.0.0.1").length, 2);
  assert.equal(server.asked(), 4);
});

test("what lies behind a silent router or a pulled cable is silent, and the payments' line with it", async (context) => {
  const folder = mkdtempSync(join(tmpdir(), "chupiao-net-"));
  const wire = await startWire({ target: { host: "127.0.0.1", port: 9 } });
  const net = await startNet(folder, wire);
  context.after(async () => {
    await net.close();
    await wire.close();
    rmSync(folder, { recursive: true });
  });
  const lost = (): string | null => wire.state().rules.lose;
  const silent = await net.set({ router: "silent" });
  // What is wanted of them stays as it was.
  assert.deepEqual([silent.internet, silent.dns, silent.line_open], ["up", "up", false]);
  assert.equal(lost(), "both");
  await net.set({ router: "refused" });
  assert.equal(lost(), null);
  await net.set({ cable: "down" });
  assert.equal(lost(), "both");
  const [host = "", port] = net.internet.split(":");
  assert.equal((await touch({ host, port: Number(port) }, { timeoutMs: 300 })).failure, "timeout");
  assert.equal((await net.set({ wifi: "up" })).line_open, true);
  // A rule that a person set on the wire is theirs.
  await wire.set({ lose: "down" });
  await net.set({ memory_free_mb: 10 });
  assert.equal(lost(), "down");
  assert.equal((await net.calm()).line_open, true);
});

test("a computer that was restarted says when, and being calm again doesn't change that", async (context) => {
  const root = mkdtempSync(join(tmpdir(), "chupiao-net-"));
  const net = await startNet(root, null);
  context.after(async () => {
    await net.close();
    rmSync(root, { recursive: true });
  });
  const stat = join(root, "proc", "stat");
  assert.equal(existsSync(stat), false);
  const beforeMs = Date.now();
  net.restartComputer();
  await net.calm();
  const told = Number(/^btime (\d+)$/m.exec(readFileSync(stat, "utf8"))?.[1]) * 1_000;
  assert.ok(told >= beforeMs && told < Date.now() + 1_000, `${told}`);
});
