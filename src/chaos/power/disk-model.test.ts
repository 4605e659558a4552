/** A cut takes what wasn't synced, in each of the ways a disk may, and nothing that was. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { chanceOf } from "../chance.ts";
import { DiskModel, UNSYNCED, type Unsynced } from "./disk-model.ts";

const path = "/shop/journal.db-wal";
const write = (at: number, text: string) =>
  ({ kind: "write", path, at, bytes: Buffer.from(text) }) as const;
const sync = { kind: "sync", path } as const;

function found(how: Unsynced, disk: DiskModel, seed = 1): string {
  return disk.cut(how, chanceOf(seed)).get(path)?.toString() ?? "no file";
}

describe("what was synced", () => {
  for (const how of UNSYNCED)
    test(`is there after a cut, ${how}`, () => {
      const disk = new DiskModel();
      disk.apply(write(0, "aaaa"));
      disk.apply(write(4, "bbbb"));
      disk.apply({ kind: "truncate", path, length: 6 });
      disk.apply(sync);
      assert.equal(found(how, disk), "aaaabb");
    });
});

describe("what wasn't synced", () => {
  const disk = new DiskModel();
  disk.apply(write(0, "a".repeat(2_048)));
  disk.apply(sync);
  disk.apply(write(0, "b".repeat(1_024)));
  disk.apply(write(1_024, "c".repeat(1_024)));

  test("is lost", () => assert.equal(found("lost", disk), "a".repeat(2_048)));
  test("is kept", () => assert.equal(found("kept", disk), "b".repeat(1_024) + "c".repeat(1_024)));
  test("is kept in part, whole writes at a time", () => {
    const seen = new Set(Array.from({ length: 40 }, (_, seed) => found("some", disk, seed)));
    assert.equal(seen.size, 4);
  });
  test("is torn, whole sectors at a time", () => {
    const seen = new Set(Array.from({ length: 200 }, (_, seed) => found("torn", disk, seed)));
    assert.equal(seen.size, 16);
  });
  test("is synced by a later sync", () => {
    disk.apply(sync);
    assert.equal(found("lost", disk), found("kept", disk));
  });
});

test("a sync of one file says nothing about another", () => {
  const disk = new DiskModel();
  disk.apply({ ...write(0, "x"), path: "/shop/ledger.db-wal" });
  disk.apply(write(0, "y"));
  disk.apply(sync);
  assert.equal(disk.cut("lost", chanceOf(1)).get("/shop/ledger.db-wal")?.length, 0);
});

test("a file that is removed is gone, and a shortened one has no old bytes behind its end", () => {
  const disk = new DiskModel();
  disk.apply(write(0, "abcdef"));
  disk.apply({ kind: "truncate", path, length: 2 });
  disk.apply(write(4, "z"));
  disk.apply(sync);
  assert.equal(found("lost", disk), "ab\0\0z");
  disk.apply({ kind: "remove", path });
  assert.equal(found("lost", disk), "no file");
});
