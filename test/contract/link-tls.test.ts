/** The hub's server on TLS, and what a terminal makes of a certificate that it can't trust. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { openHttpLink } from "../../src/adapters/link/http/client.ts";
import { enrol } from "../../src/adapters/link/http/enrol.ts";
import { startHubServer } from "../../src/adapters/link/http/hub-server.ts";
import { NeverLeft } from "../../src/adapters/link/http/transport.ts";
import { newKeys } from "../../src/adapters/link/keys.ts";
import { openRegistry } from "../../src/adapters/link/registry.ts";
import { memoryLedger } from "../../src/adapters/store/memory/ledger.ts";
import { realWorld } from "../../src/adapters/world/real.ts";
import {
  captured,
  intent,
  scriptedHub,
  scriptedProvider,
  settingsOf,
  store,
} from "./link-support.ts";
import { selfSigned } from "./support/tls-cert.ts";

test("over TLS a terminal enrols and pays; without the hub's authority nothing leaves it", async (context) => {
  const { log } = captured();
  const ledger = memoryLedger(realWorld.sha256);
  const provider = scriptedProvider();
  const hub = scriptedHub(provider, ledger, log);
  const registry = await openRegistry({ ledger, world: realWorld, merchantId: "M1" });
  const tls = selfSigned();
  const server = await startHubServer({
    host: "127.0.0.1",
    port: 0,
    tls,
    counter: hub,
    link: {
      hub,
      ledger,
      registry,
      keys: newKeys(),
      settings: (terminal) => settingsOf(terminal, provider),
      world: realWorld,
      log,
    },
    version: "0.0.0",
    log,
  });
  await hub.start();
  context.after(async () => {
    await server.close();
    await hub.stop();
  });
  const { url } = server;
  assert.match(url, /^https:/);
  const { code } = await registry.offer("T02", store);
  const keys = newKeys();
  await assert.rejects(() => enrol({ url, code, keys, world: realWorld }), NeverLeft);
  const enrolled = await enrol({ url, ca: tls.cert, code, keys, world: realWorld });
  assert.equal(enrolled?.terminalId, "T02");
  const hubKey = enrolled?.hubKey ?? "";
  const base = { url, keys, hubKey, world: realWorld, log, settings: null };
  const trusting = openHttpLink({ ...base, ca: tls.cert });
  const strict = openHttpLink(base);
  context.after(() => {
    trusting.close();
    strict.close();
  });
  assert.equal((await trusting.pay(intent())).kind, "accepted");
  assert.deepEqual(await strict.pay(intent()), { kind: "refused", reason: "hub_not_reached" });
  assert.equal(provider.paid.length, 1);
  assert.deepEqual([...server.seen().keys()], ["T02"]);
});
