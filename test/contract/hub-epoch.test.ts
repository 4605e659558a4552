/** Epochs: of two starts of one terminal the later works, and the older neither charges nor is forgotten. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Link } from "../../src/ports/link.ts";
import { bench, declined, intent, notExist, ok } from "./hub-support.ts";

describe("epochs of a terminal", () => {
  const till = { merchantId: "M1", terminalId: "T01", journalId: "J1" };
  const start = async (hub: Link, epoch: number | null, journalId = "J1") => {
    const given = await hub.grantEpoch({ ...till, journalId, epoch });
    const isHeld = await hub.holdEpoch({ ...till, journalId, epoch: given.epoch });
    return { ...given, isHeld };
  };

  test("grow with each start; a journal that has the newest is unbroken", async () => {
    const { hub } = bench();
    assert.deepEqual(await start(hub, null), { epoch: 1, isUnbroken: true, isHeld: true });
    assert.deepEqual(await start(hub, 1), { epoch: 2, isUnbroken: true, isHeld: true });
    assert.deepEqual(await start(hub, 1), { epoch: 3, isUnbroken: false, isHeld: true });
    assert.deepEqual(await start(hub, null, "J2"), { epoch: 4, isUnbroken: false, isHeld: true });
    assert.equal(await hub.holdEpoch({ ...till, epoch: 3 }), false);
    assert.equal(await hub.holdEpoch({ ...till, journalId: "J2", epoch: 4 }), true);
  });

  test("one that was granted and never held replaces nobody", async () => {
    const { hub } = bench();
    await start(hub, null);
    await hub.grantEpoch({ ...till, epoch: 1 });
    assert.equal(await hub.holdEpoch({ ...till, epoch: 1 }), true);
    assert.equal(await hub.holdEpoch({ ...till, journalId: "J2", epoch: 1 }), false);
    assert.equal((await hub.pay(intent("O1", { epoch: 1 }))).kind, "accepted");
    assert.deepEqual(await start(hub, 1), { epoch: 3, isUnbroken: true, isHeld: true });
  });

  test("of several granted at once the first that is held ends the others", async () => {
    const { hub } = bench();
    await start(hub, null);
    const grants = [1, 2, 3].map(() => hub.grantEpoch({ ...till, epoch: 1 }));
    const epochs = (await Promise.all(grants)).map(({ epoch }) => epoch);
    assert.deepEqual(
      epochs.toSorted((a, b) => a - b),
      [2, 3, 4],
    );
    assert.equal(await hub.holdEpoch({ ...till, epoch: 3 }), true);
    for (const ended of [2, 4]) {
      assert.equal(await hub.holdEpoch({ ...till, epoch: ended }), false);
      const reply = await hub.pay(intent(`O${ended}`, { epoch: ended }));
      assert.deepEqual(reply, { kind: "refused", reason: "terminal_replaced" });
      assert.equal((await hub.grantEpoch({ ...till, epoch: ended })).isUnbroken, false);
    }
    assert.equal((await hub.grantEpoch({ ...till, epoch: 3 })).isUnbroken, true);
  });

  test("an older one's intent is never sent, now or later; another terminal's is its own", async () => {
    const { hub, calls } = bench();
    await start(hub, null);
    await start(hub, 1);
    const refused = { kind: "refused", reason: "terminal_replaced" };
    assert.deepEqual(await hub.pay(intent("O1", { epoch: 1 })), refused);
    const late = await hub.pay(intent("O1", { epoch: 2 }));
    assert.deepEqual(late, { kind: "refused", reason: "order_withdrawn" });
    const other = await hub.pay(intent("O2", { terminalId: "T02", saleId: "sale-2" }));
    assert.equal(other.kind, "accepted");
    assert.deepEqual(calls, ["pay"]);
  });

  test("a ledger that was set back gives no number twice, and keeps no till from selling", async () => {
    const { hub } = bench();
    assert.deepEqual(await start(hub, 7), { epoch: 8, isUnbroken: true, isHeld: true });
    const { hub: emptied } = bench();
    assert.equal((await emptied.pay(intent("O1", { epoch: 8 }))).kind, "accepted");
    assert.equal(await emptied.holdEpoch({ ...till, epoch: 8 }), true);
  });

  test("one that is replaced while the earlier attempt is being closed out sends nothing any more", async () => {
    const { hub, world, script, calls } = bench({ pay: async () => declined });
    await hub.start();
    const { epoch } = await start(hub, null);
    await hub.pay(intent("O1", { epoch }));
    await world.advance(10);
    script.query = async () => notExist;
    script.cancel = async () => {
      await new Promise<void>((resolve) => void world.after(4_000, resolve));
      return { kind: "reversed", action: "none", code: ok };
    };
    const second = hub.pay(intent("O2", { epoch, again: true }));
    await world.advance(1_000);
    await start(hub, null, "J2");
    await world.advance(5_000);
    assert.deepEqual(await second, { kind: "refused", reason: "terminal_replaced" });
    assert.equal(calls.filter((call) => call === "pay").length, 1);
    await hub.stop();
  });
});
