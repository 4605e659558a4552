/** Each fault of the wire, shown by what real sockets on both of its ends see. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { test, type TestContext } from "node:test";
import Fastify from "fastify";
import { wireControl } from "./control.ts";
import { changed, CALM_WIRE, seeded } from "./rules.ts";
import { startWire, type Wire } from "./wire.ts";
import { until } from "../../../../test/support/until.ts";

/** Answers every piece with the same bytes in capitals; keeps what each connection sent and how it ended. */
interface Seen {
  readonly log: string[];
  readonly connections: { text: string; end: "open" | "end" | "error" }[];
  readonly sockets: Socket[];
}

async function rig(context: TestContext, seed = 1): Promise<{ wire: Wire; seen: Seen }> {
  const seen: Seen = { log: [], connections: [], sockets: [] };
  const server = createServer((socket) => {
    const one: Seen["connections"][number] = { text: "", end: "open" };
    seen.connections.push(one);
    seen.sockets.push(socket);
    socket.on("data", (bytes: Buffer) => {
      one.text += bytes.toString();
      seen.log.push(bytes.toString());
      socket.write(bytes.toString().toUpperCase());
    });
    socket.on("end", () => (one.end = "end"));
    socket.on("error", () => (one.end = "error"));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const wire = await startWire({ target: { host: "127.0.0.1", port }, seed });
  context.after(async () => {
    await wire.close();
    for (const socket of seen.sockets) socket.destroy();
    server.close();
  });
  return { wire, seen };
}

class Client {
  text = "";
  end = "open";
  closed = false;
  readonly socket: Socket;
  constructor(wire: Wire) {
    this.socket = connect({ port: wire.port, host: "127.0.0.1", allowHalfOpen: true });
    this.socket.on("data", (bytes: Buffer) => (this.text += bytes.toString()));
    this.socket.on("end", () => {
      this.end = "end";
      this.socket.end();
    });
    this.socket.on("error", (error: NodeJS.ErrnoException) => (this.end = error.code ?? "error"));
    this.socket.on("close", () => (this.closed = true));
  }
}

const asked = async (wire: Wire, text: string): Promise<Client> => {
  const client = new Client(wire);
  client.socket.write(text);
  await until(`answer to ${text}`, () => client.text === text.toUpperCase());
  return client;
};

test("calm, the wire passes bytes and ends both ways", async (context) => {
  const { wire, seen } = await rig(context);
  const client = await asked(wire, "hello");
  client.socket.end();
  await until("both ended", () => client.closed && seen.connections[0]?.end === "end");
  assert.deepEqual(wire.state().bytes, { up: 5, down: 5 });
  await until("nothing left", () => wire.state().open_connections === 0);
});

test("a large answer comes through whole", async (context) => {
  const { wire } = await rig(context);
  const client = new Client(wire);
  client.socket.write("x".repeat(3_000_000));
  await until("three million", () => client.text.length === 3_000_000);
  client.socket.destroy();
});

test("refuse shuts the port; the port opens again under the same number", async (context) => {
  const { wire } = await rig(context);
  const { port } = wire;
  await wire.set({ refuse: true });
  const refused = new Client(wire);
  await until("refused", () => refused.closed);
  assert.equal(refused.end, "ECONNREFUSED");
  await wire.calm();
  assert.equal(wire.port, port);
  (await asked(wire, "back")).socket.destroy();
});

test("refuse for the next two connections resets those two", async (context) => {
  const { wire } = await rig(context);
  wire.setNext(2, { refuse: true });
  for (const _ of [1, 2]) {
    const refused = new Client(wire);
    await until("reset", () => refused.closed);
    assert.equal(refused.end, "ECONNRESET");
  }
  (await asked(wire, "third")).socket.destroy();
});

test("cut ends living connections, by end or by reset", async (context) => {
  const { wire, seen } = await rig(context);
  const first = await asked(wire, "one");
  wire.cut();
  await until("ended", () => first.closed);
  assert.equal(first.end, "end");
  const second = await asked(wire, "two");
  wire.cut("reset");
  await until("reset", () => second.closed && seen.connections[1]?.end !== "open");
  assert.deepEqual([second.end, seen.connections[1]?.end], ["ECONNRESET", "error"]);
});

test("a black hole swallows both directions of a living connection and says nothing", async (context) => {
  const { wire, seen } = await rig(context);
  const client = await asked(wire, "before");
  await wire.set({ lose: "both" });
  client.socket.write("into the hole");
  seen.sockets[0]?.write("from the other side");
  await until("swallowed", () => {
    const { up, down } = wire.state().lost_bytes;
    return up === 13 && down === 19;
  });
  const passed = wire.state().bytes;
  await wire.calm();
  (await asked(wire, "later")).socket.destroy();
  assert.equal(client.text, "BEFORE");
  assert.equal(seen.connections[0]?.text, "before");
  assert.deepEqual(passed, { up: 6, down: 6 });
  assert.equal(client.end, "open");
  client.socket.destroy();
});

test("one direction lost: the target hears and its answer vanishes, or the other way round", async (context) => {
  const { wire, seen } = await rig(context);
  await wire.set({ lose: "down" });
  const deaf = new Client(wire);
  deaf.socket.write("heard");
  await until("heard", () => seen.connections[0]?.text === "heard");
  await wire.set({ lose: "up" });
  deaf.socket.write("not heard");
  seen.sockets[0]?.write("answer");
  await until("answer", () => deaf.text === "answer");
  await until("swallowed", () => wire.state().lost_bytes.up === 9);
  assert.equal(seen.connections[0]?.text, "heard");
  deaf.socket.destroy();
});

test("truncate passes so many bytes of a direction and then ends both sides", async (context) => {
  const { wire, seen } = await rig(context);
  wire.setNext(1, { truncate: { direction: "up", after_bytes: 4 } });
  const up = new Client(wire);
  up.socket.write("1234567");
  await until("both sides ended", () => up.closed && seen.connections[0]?.end === "end");
  assert.equal(seen.connections[0]?.text, "1234");
  assert.equal(up.end, "end");
  wire.setNext(1, { truncate: { direction: "down", after_bytes: 3 } });
  const down = new Client(wire);
  down.socket.write("abcdef");
  await until("cut short", () => down.closed);
  assert.equal(down.text, "ABC");
  assert.equal(seen.connections[1]?.text, "abcdef");
});

test("reset before delivery: the client is reset and the target never saw the request", async (context) => {
  const { wire, seen } = await rig(context);
  wire.setNext(1, { reset: "before_delivery" });
  const client = new Client(wire);
  client.socket.write("pay");
  await until("reset", () => client.closed);
  assert.equal(client.end, "ECONNRESET");
  assert.deepEqual(seen.log, []);
  (await asked(wire, "again")).socket.destroy();
});

test("reset after delivery: the target took the request, the client gets a reset for an answer", async (context) => {
  const { wire, seen } = await rig(context);
  const client = await asked(wire, "first");
  await wire.set({ reset: "after_delivery" });
  client.socket.write("pay");
  await until("reset", () => client.closed);
  assert.equal(client.end, "ECONNRESET");
  assert.equal(client.text, "FIRST");
  assert.deepEqual(seen.log, ["first", "pay"]);
});

test("duplicate sends the same bytes over a second connection, whose answer goes nowhere", async (context) => {
  const { wire, seen } = await rig(context);
  wire.setNext(1, { duplicate_after_ms: 50 });
  const client = await asked(wire, "pay once");
  client.socket.end();
  await until("two requests", () => seen.connections.length === 2 && seen.log.length === 2);
  assert.deepEqual(seen.log, ["pay once", "pay once"]);
  await until("both ended", () => seen.connections.every((one) => one.end === "end"));
  assert.equal(client.text, "PAY ONCE");
});

test("delay holds one direction back: a later request overtakes", async (context) => {
  const { wire, seen } = await rig(context);
  wire.setNext(1, { up: { delay_ms: 600, jitter_ms: 100 } });
  const slow = new Client(wire);
  slow.socket.write("slow-1 ");
  slow.socket.write("slow-2");
  await until("accepted", () => wire.state().connections === 1);
  (await asked(wire, "quick")).socket.destroy();
  await until("slow arrives", () => slow.text === "SLOW-1 SLOW-2");
  assert.equal(seen.log[0], "quick");
  slow.socket.destroy();
});

test("a delayed request still arrives when its client has given up", async (context) => {
  const { wire, seen } = await rig(context);
  wire.setNext(1, { up: { delay_ms: 200 } });
  const client = new Client(wire);
  client.socket.write("late");
  await until("accepted", () => wire.state().connections === 1);
  client.socket.destroy();
  await until("arrived", () => seen.log.includes("late"));
});

test("a bandwidth limit slows a connection down and loses nothing", async (context) => {
  const { wire, seen } = await rig(context);
  wire.setNext(1, { bytes_per_s: 4_000 });
  const slow = new Client(wire);
  slow.socket.write("s".repeat(2_000));
  await until("begun", () => (seen.connections[0]?.text.length ?? 0) > 0);
  (await asked(wire, "quick")).socket.destroy();
  assert.ok((seen.connections[0]?.text.length ?? 0) < 2_000);
  await until("all there", () => slow.text.length === 2_000);
  slow.socket.destroy();
});

test("the same seed draws the same jitter", () => {
  const row = (seed: number): number[] => Array.from({ length: 5 }, seeded(seed));
  assert.deepEqual(row(7), row(7));
  assert.notDeepEqual(row(7), row(8));
  assert.ok(row(7).every((value) => value >= 0 && value < 1));
});

test("rules are checked: unknown ones and impossible numbers are refused", () => {
  assert.throws(() => changed(CALM_WIRE, { bytes_per_s: 0 }));
  assert.throws(() => changed(CALM_WIRE, { up: { delay_ms: -1 } }));
  assert.deepEqual(changed(CALM_WIRE, { up: { delay_ms: 5 } }).up, { delay_ms: 5, jitter_ms: 0 });
});

test("the control interface lists wires and sets them by name", async (context) => {
  const { wire } = await rig(context);
  const app = Fastify();
  await app.register(wireControl({ printer: wire }), { prefix: "/wire" });
  const post = async (url: string, payload: object): Promise<[number, Record<string, unknown>]> => {
    const reply = await app.inject({ method: "POST", url, payload });
    return [reply.statusCode, reply.json()];
  };
  const [ok, state] = await post("/wire/printer", { lose: "down" });
  assert.equal(ok, 200);
  assert.deepEqual(state["rules"], { ...CALM_WIRE, lose: "down" });
  const [, next] = await post("/wire/printer", { next_connections: 3, refuse: true });
  assert.deepEqual(next["next"], { connections: 3, rules: { ...CALM_WIRE, refuse: true } });
  const [, calm] = await post("/wire/printer/calm", {});
  assert.deepEqual([calm["rules"], calm["next"]], [CALM_WIRE, null]);
  assert.equal((await post("/wire/printer/cut", { how: "reset" }))[0], 200);
  assert.equal((await post("/wire/nobody", {}))[1]["code"], "unknown_wire");
  const [bad, problem] = await post("/wire/printer", { lose: "sideways" });
  assert.deepEqual([bad, problem["code"]], [400, "bad_rules"]);
  const list = await app.inject({ url: "/wire" });
  assert.deepEqual(
    list.json<{ wires: { name: string }[] }>().wires.map((one) => one.name),
    ["printer"],
  );
  await app.close();
});
