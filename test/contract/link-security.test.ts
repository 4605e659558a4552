/** Who may speak, when, and of what: each rule of the gate broken once. */
import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync, statSync, chmodSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { HubRefused, NotTheHub } from "../../src/adapters/link/http/calls.ts";
import { enrol } from "../../src/adapters/link/http/enrol.ts";
import { MESSAGES } from "../../src/adapters/link/http/messages.ts";
import { openTransport } from "../../src/adapters/link/http/transport.ts";
import { openHttpLink } from "../../src/adapters/link/http/client.ts";
import { digestOf, keysAt, newKeys, readKeys, signText } from "../../src/adapters/link/keys.ts";
import { openRegistry } from "../../src/adapters/link/registry.ts";
import { memoryLedger } from "../../src/adapters/store/memory/ledger.ts";
import { manualWorld } from "../../src/adapters/world/manual.ts";
import { type HubNews, isOnlyThis } from "../../src/ports/link.ts";
import { realWorld } from "../../src/adapters/world/real.ts";
import { codeLifeMs, wrongProofsMax } from "../../src/core/link/enrolment.ts";
import { requestSignable, signatureValue } from "../../src/core/link/signature.ts";
import type { PayIntent } from "../../src/ports/link.ts";
import {
  captured,
  type Chain,
  chain,
  CODES,
  intent,
  type Joined,
  store,
  until,
} from "./link-support.ts";
import { receipt as sampleReceipt } from "./store-samples.ts";

interface Parts {
  path: string;
  body: string;
  timeMs: number;
  nonce: string;
  keys: Joined["keys"];
}

/** A request made by hand; `spoil` changes what is sent after it was signed. */
async function send(
  place: Chain,
  given: Partial<Parts> & Pick<Parts, "keys">,
  spoil: (sent: { headers: Record<string, string>; body: string; path: string }) => void = () => {},
): Promise<{ status: number; refused: string | null; signed: boolean }> {
  const parts: Parts = {
    path: MESSAGES.hello.path,
    body: "{}",
    timeMs: Date.now(),
    nonce: realWorld.newToken(),
    ...given,
  };
  const { path, body, timeMs, nonce, keys } = parts;
  const facts = { method: "POST", path, contentDigest: digestOf(body), timeMs, nonce };
  const signable = requestSignable({ ...facts, keyId: keys.keyId });
  const signature = await signText(keys.privateKey, signable.base);
  const sent = {
    path,
    body,
    headers: {
      "content-type": "application/json",
      "content-digest": digestOf(body),
      "chupiao-time": String(timeMs),
      "signature-input": signable.input,
      signature: signatureValue(signature),
    } as Record<string, string>,
  };
  spoil(sent);
  const init = { method: "POST", headers: sent.headers, body: sent.body };
  const reply = await fetch(`${place.url}${sent.path}`, init);
  const value = (await reply.json()) as { refused?: string };
  const signed = reply.headers.get("signature") !== null;
  return { status: reply.status, refused: value.refused ?? null, signed };
}

const payBody = (asked: PayIntent): string => JSON.stringify({ intent: asked, livemode: false });
const refusal = (words: string) => (error: unknown) =>
  error instanceof HubRefused && error.refusal === words;

test("a request is answered only as it was signed", async (context) => {
  const place = await chain(context);
  const { keys } = await place.join("T02");
  assert.equal((await send(place, { keys })).status, 200);
  const asked = intent();
  const paying = { keys, path: MESSAGES.pay.path, body: payBody(asked) };
  const cheaper = payBody({ ...asked, amountFen: 1 as typeof asked.amountFen });
  const spoilt = {
    "another body": (sent) => void (sent.body = cheaper),
    "another body with its own digest": (sent) => {
      sent.body = cheaper;
      sent.headers["content-digest"] = digestOf(cheaper);
    },
    "another path": (sent) => void (sent.path = MESSAGES.withdraw.path),
    "another time": (sent) => void (sent.headers["chupiao-time"] = String(Date.now() + 5_000)),
    "no signature": (sent) => void delete sent.headers["signature"],
    "another nonce": (sent) =>
      void (sent.headers["signature-input"] = (sent.headers["signature-input"] ?? "").replace(
        /nonce="[^"]*"/,
        `nonce="${realWorld.newToken()}"`,
      )),
  } satisfies Record<string, Parameters<typeof send>[2]>;
  for (const [what, spoil] of Object.entries(spoilt)) {
    const answer = await send(place, paying, spoil);
    assert.deepEqual([answer.status, answer.refused], [401, "bad_signature"], what);
    assert.equal(answer.signed, false, what);
  }
  assert.deepEqual(place.provider.paid, []);
  assert.equal((await send(place, paying)).status, 200);
});

test("a key that nobody enrolled, and one under another's id, are refused without a signature", async (context) => {
  const place = await chain(context);
  const { keys } = await place.join("T02");
  const stranger = newKeys();
  assert.deepEqual(await send(place, { keys: stranger }), {
    status: 401,
    refused: "unknown_key",
    signed: false,
  });
  const posing = { ...stranger, keyId: keys.keyId };
  assert.equal((await send(place, { keys: posing })).refused, "bad_signature");
});

test("a request works once", async (context) => {
  const place = await chain(context);
  const { keys } = await place.join("T02");
  const same = { keys, timeMs: Date.now(), nonce: realWorld.newToken() };
  assert.equal((await send(place, same)).status, 200);
  assert.deepEqual(await send(place, same), { status: 401, refused: "replayed", signed: true });
});

test("a request from before the hub's start, or from far off, is refused with the hub's time", async (context) => {
  const place = await chain(context);
  const joined = await place.join("T02");
  const { keys } = joined;
  const replayed = { keys, timeMs: Date.now(), nonce: realWorld.newToken() };
  assert.equal((await send(place, replayed)).status, 200);
  await place.down();
  await place.up();
  // The new process remembers no nonces, so time alone has to refuse it.
  assert.deepEqual(await send(place, replayed), {
    status: 401,
    refused: "clock_off",
    signed: true,
  });
  for (const offMs of [-130_000, 130_000, 86_400_000])
    assert.equal((await send(place, { keys, timeMs: Date.now() + offMs })).refused, "clock_off");
});

test("a till whose clock is years off talks to its hub all the same", async (context) => {
  const place = await chain(context);
  const { keys, hubKey } = await place.join("T02");
  for (const wrongMs of [0, 4_102_444_800_000]) {
    const world = { ...realWorld, nowMs: () => wrongMs };
    const options = { url: place.url, keys, hubKey, world, log: place.log, settings: null };
    const link = openHttpLink(options);
    const news = new Promise<HubNews>((resolve) => {
      link.onNews("T02", (one) => (one.kind === "attempt" ? resolve(one) : undefined));
    });
    const reply = await link.pay(intent());
    assert.ok(reply.kind === "accepted");
    const { merchantId, orderNo } = reply.attempt;
    const told = [reply, await news, { attempt: await link.attempt(merchantId, orderNo) }];
    // What it is told of a charge is in its own time, so that its age is right.
    for (const one of told) {
      const sentAtMs = ("attempt" in one ? one.attempt?.sentAtMs : null) ?? assert.fail("not told");
      assert.ok(Math.abs(sentAtMs - wrongMs) < 20_000, `${sentAtMs - wrongMs}`);
    }
    assert.ok(Math.abs(link.hubTimeMs() - Date.now()) < 1_000);
    link.close();
  }
});

test("a terminal speaks of nothing but its own", async (context) => {
  const place = await chain(context);
  const one = place.connect(await place.join("T02"));
  const other = place.connect(await place.join("T03"));
  const asked = intent();
  assert.equal((await one.pay(asked)).kind, "accepted");
  const { orderNo, saleId } = asked;
  const refused = { kind: "refused", reason: "hub_refused" };
  assert.deepEqual(await other.pay(intent()), refused, "a foreign terminal's id");
  const third = { terminalId: "T03" };
  assert.deepEqual(await other.pay(intent({ ...third, merchantId: "M2" })), refused);
  assert.deepEqual(await other.pay(intent({ ...third, storeId: "S02" })), refused);
  assert.deepEqual(await other.pay(intent({ ...third, saleId })), refused);
  assert.deepEqual(
    await other.pay(intent({ ...third, orderNo: "T02_261102_999999_zzzz" })),
    refused,
  );
  const sample = sampleReceipt(1);
  const content = { ...sample.content, number: "T02-000001", orderNo, saleId };
  const receipt = {
    ...sample,
    number: "T02-000001",
    saleId,
    content,
    token: "a-token-of-this-one",
  };
  const own = { ...content, issuer: { ...content.issuer, terminalNo: "T03" } };
  const refund = { merchantId: "M1", orderNo, requestNo: "R1", amountFen: asked.amountFen };
  const calls = {
    withdraw: () => other.withdraw("M1", orderNo),
    "withdraw of an order to come": () => other.withdraw("M1", "T02_261102_888888_zzzz"),
    attempt: () => other.attempt("M1", orderNo),
    ask: () => other.ask("M1", orderNo, "reverse"),
    refund: () => other.refund({ ...refund, reason: "", operatorNo: "1" }),
    refunds: () => other.refunds("M1", orderNo),
    "another merchant's order": () => one.attempt("M2", orderNo),
    history: () => other.history(saleId),
    receipt: () => other.putReceipt("M1", receipt),
    "receipt under its own name": () => other.putReceipt("M1", { ...receipt, content: own }),
  };
  for (const [what, call] of Object.entries(calls))
    await assert.rejects(call, refusal("not_yours"), what);
  await one.refund({ ...refund, reason: "", operatorNo: "1" });
  await assert.rejects(() => other.refundState("M1", "R1"), refusal("not_yours"));
  const start = { endedAtMs: 0, requestNo: "" };
  await until(
    async () => (await one.refundsEndedAfter("M1", "T02", start))?.length === 1,
    "its own refund has ended",
  );
  assert.deepEqual(await other.refundsEndedAfter("M1", "T02", start), []);
  // Its own order under another till's number: answered, so that the till can end what it asked for.
  assert.deepEqual(
    await other.refund({
      ...refund,
      orderNo: "T03_261102_000001_zzzz",
      reason: "",
      operatorNo: "1",
    }),
    { kind: "refused", reason: "idempotency_key_reused" },
  );
  assert.deepEqual(place.provider.paid, [orderNo]);
  assert.equal((await one.history(saleId)).length > 0, true);
});

test("a revoked terminal is told so under the hub's signature, and its intents are never sent", async (context) => {
  const place = await chain(context);
  const link = place.connect(await place.join("T02"));
  await link.hello();
  assert.equal(await place.registry.revoke("T02"), true);
  await assert.rejects(() => link.hello(), refusal("revoked"));
  assert.equal(link.health().state, "hub_away");
  assert.deepEqual(await link.pay(intent()), { kind: "refused", reason: "hub_refused" });
  assert.deepEqual(place.provider.paid, []);
  assert.equal(await place.registry.revoke("T02"), false);
});

test("what is refused or can't be read of one order is told from a hub that answers nothing", async (context) => {
  const place = await chain(context);
  const link = place.connect(await place.join("T02"));
  const why = async (call: Promise<unknown>): Promise<boolean> =>
    call.then(
      () => assert.fail("it was answered"),
      (error: unknown) => isOnlyThis(error),
    );
  assert.equal(await why(link.attempt("M1", "T03_261102_000001_aaaa")), true);
  assert.equal(await why(link.attempt("M1", "")), true);
  const { attempt } = place.hub;
  Object.assign(place.hub, { attempt: async () => ({ state: "odd" }) });
  assert.equal(await why(link.attempt("M1", "T02_261102_000001_aaaa")), true);
  Object.assign(place.hub, { attempt });
  await place.registry.revoke("T02");
  assert.equal(await why(link.attempt("M1", "T02_261102_000001_aaaa")), false);
  await place.down();
  assert.equal(await why(link.attempt("M1", "T02_261102_000001_aaaa")), false);
});

test("enrolling again under the same number revokes the key before, over a restart too", async (context) => {
  const place = await chain(context);
  const old = place.connect(await place.join("T02"));
  const fresh = await place.join("T02");
  await place.down();
  await place.up();
  await assert.rejects(() => old.hello(), refusal("revoked"));
  assert.equal((await place.connect(fresh).hello()).terminalId, "T02");
  const listed = place.registry.list();
  assert.deepEqual(
    listed.map((one) => [one.terminalId, one.revokedAtMs === null]),
    [
      ["T02", false],
      ["T02", true],
    ],
  );
});

test("a code works once, and its terminal knows the hub by the code's own proof", async (context) => {
  const place = await chain(context);
  const { code } = await place.registry.offer("T02", store);
  const ask = { url: place.url, code, world: realWorld };
  const first = await enrol({ ...ask, keys: newKeys() });
  assert.deepEqual([first?.terminalId, first?.merchantId, first?.storeId], ["T02", "M1", "S01"]);
  assert.equal(await enrol({ ...ask, keys: newKeys() }), null);
  assert.equal(await enrol({ ...ask, code: "0000-0000-0000-0000", keys: newKeys() }), null);
  assert.equal(await enrol({ ...ask, code: "not a code", keys: newKeys() }), null);
});

test("a code dies after ten minutes, when a newer one is made, and when its terminal is revoked", async () => {
  const world = manualWorld();
  const ledger = memoryLedger(realWorld.sha256);
  const registry = await openRegistry({ ledger, world, merchantId: "M1" });
  const tryCode = async (code: string): Promise<string> => {
    const { proveCode } = await import("../../src/adapters/link/registry.ts");
    const terminalKey = newKeys().publicKey;
    const proof = proveCode(code, terminalKey);
    assert.ok(proof !== null);
    const answer = await registry.enrol({ tag: proof.tag, terminalKey, proof: proof.proof }, "hub");
    return typeof answer === "string" ? answer : answer.terminalId;
  };
  const first = await registry.offer("T02", store);
  const second = await registry.offer("T02", store);
  assert.equal(await tryCode(first.code), "enrol_refused");
  assert.equal(await tryCode(second.code), "T02");
  const late = await registry.offer("T03", store);
  await world.advance(codeLifeMs);
  assert.equal(await tryCode(late.code), "enrol_refused");
  const called = await registry.offer("T04", store);
  assert.equal(await registry.revoke("T04"), false);
  assert.equal(await tryCode(called.code), "enrol_refused");
  const kept = await ledger.setting("link_terminals");
  for (const { code } of [first, second, late, called])
    assert.ok(kept !== null && !kept.includes(code) && !kept.includes(code.replaceAll("-", "")));
});

test("after ten wrong proofs in a minute nobody is heard for the rest of it", async () => {
  const world = manualWorld();
  const ledger = memoryLedger(realWorld.sha256);
  const registry = await openRegistry({ ledger, world, merchantId: "M1" });
  const wrong = () =>
    registry.enrol({ tag: "t".repeat(43), terminalKey: "k".repeat(43), proof: "p" }, "hub");
  for (let count = 0; count < wrongProofsMax; count += 1)
    assert.equal(await wrong(), "enrol_refused");
  assert.equal(await wrong(), "too_many_requests");
  await world.advance(60_001);
  assert.equal(await wrong(), "enrol_refused");
  const events = await ledger.events("hub");
  assert.equal(events.length, 0, "what is refused isn't written");
});

test("an answer that the pinned hub didn't sign is no answer", async (context) => {
  const place = await chain(context);
  const joined = await place.join("T02");
  const { log } = captured();
  const settings = { url: place.url, keys: joined.keys, world: realWorld, log, settings: null };
  const link = openHttpLink({ ...settings, hubKey: newKeys().publicKey });
  context.after(() => link.close());
  await assert.rejects(() => link.attempt("M1", "T02_1"), NotTheHub);
  await assert.rejects(() => link.pay(intent()), NotTheHub);
});

test("plain http is only for this very computer, unless somebody says otherwise", () => {
  for (const url of ["http://127.0.0.1:1", "http://localhost:1", "http://[::1]:1"])
    openTransport({ url }).close();
  for (const url of [
    "http://192.168.1.5:7070",
    "http://hub.example.com",
    "http://127.0.0.1.evil.cn",
  ])
    assert.throws(() => openTransport({ url }), /明文.*--insecure-lan/);
  openTransport({ url: "http://192.168.1.5:7070", insecureLan: true }).close();
  openTransport({ url: "https://hub.example.com" }).close();
  assert.throws(() => openTransport({ url: "ftp://hub" }), /http or https/);
  assert.throws(() => openTransport({ url: "hub" }), /不是网址/);
});

test("a till and a hub that disagree about real money stop before the provider is asked", async (context) => {
  const place = await chain(context);
  const link = place.connect(await place.join("T02"));
  assert.equal((await link.hello()).livemode, false);
  place.provider.mode.livemode = true;
  assert.deepEqual(await link.pay(intent()), { kind: "refused", reason: "hub_refused" });
  assert.deepEqual(place.provider.paid, []);
  assert.equal(link.settings()?.livemode, true, "and the till knows at once");
  assert.equal((await link.pay(intent())).kind, "accepted");
});

test("the private key is made once, in a file that nobody else can read", (context) => {
  const folder = mkdtempSync(join(tmpdir(), "chupiao-link-"));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, "key.pem");
  assert.equal(readKeys(path), null);
  const made = keysAt(path);
  assert.equal(statSync(path).mode & 0o777, 0o600);
  assert.equal(keysAt(path).publicKey, made.publicKey);
  assert.deepEqual(readdirSync(folder), ["key.pem"]);
  chmodSync(path, 0o644);
  assert.throws(() => readKeys(path), /chmod 600/);
  const garbage = join(folder, "garbage.pem");
  writeFileSync(garbage, "no key", { mode: 0o600 });
  assert.throws(() => readKeys(garbage));
});

test("nothing that must stay secret is in either side's log", async (context) => {
  const place = await chain(context);
  const { code } = await place.registry.offer("T02", store);
  const keys = newKeys();
  const enrolled = await enrol({ url: place.url, code, keys, world: realWorld });
  assert.ok(enrolled !== null);
  const link = place.connect({ ...enrolled, keys });
  for (const paymentCode of Object.values(CODES).slice(0, 3))
    await link.pay(intent({ paymentCode }));
  await link.pay(intent({ terminalId: "T09" }));
  const body = payBody(intent()).replace('"amountFen":', '"amount":');
  const odd = await send(place, { keys, path: MESSAGES.pay.path, body });
  assert.deepEqual([odd.status, odd.refused], [400, "bad_message"]);
  const broken = await send(place, {
    keys,
    path: MESSAGES.pay.path,
    body: `{"code":"${CODES.pays}"`,
  });
  assert.equal(broken.refused, "bad_message");
  place.hub.history = () => Promise.reject(new Error("a bug"));
  const asked = intent();
  await link.pay(asked);
  await assert.rejects(() => link.history(asked.saleId), refusal("internal_error"));
  await place.registry.revoke("T02");
  await link.pay(intent());
  const log = place.lines.join("\n");
  for (const event of ["link_refused", "pay_refused_by_hub", "link_call_failed", "bad_message"])
    assert.ok(log.includes(event), `${event} is logged`);
  const key = keys.privateKey.export({ format: "jwk" }).d ?? "";
  const secrets = [...Object.values(CODES), code, code.replaceAll("-", ""), key, "PRIVATE KEY"];
  for (const secret of secrets) assert.ok(!log.includes(secret), `${secret} in the log`);
});
