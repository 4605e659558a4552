import assert from "node:assert/strict";
import { test } from "node:test";
import { inflateRawSync } from "node:zlib";
import { zip } from "./zip.ts";

test("names are GBK without the UTF-8 flag, and the content comes back", () => {
  const bytes = Buffer.from("一二三".repeat(1000), "utf8");
  const file = zip([{ name: "业务明细.csv", bytes }], Date.UTC(2026, 10, 23, 2));
  assert.equal(file.readUInt16LE(6) & 0x800, 0);
  const nameLength = file.readUInt16LE(26);
  assert.equal(file.subarray(30, 30 + nameLength).toString("hex"), "d2b5cef1c3f7cfb82e637376");
  const packed = file.subarray(30 + nameLength, 30 + nameLength + file.readUInt32LE(18));
  assert.deepEqual(inflateRawSync(packed), bytes);
});

test("the directory at the end leads to every entry", () => {
  const entries = [
    { name: "a.csv", bytes: Buffer.from("1,2\r\n") },
    { name: "b.csv", bytes: Buffer.from("") },
  ];
  const file = zip(entries, Date.now());
  const end = file.subarray(-22);
  assert.equal(end.readUInt32LE(0), 0x06054b50);
  assert.equal(end.readUInt16LE(10), 2);
  let at = end.readUInt32LE(16);
  assert.equal(at + end.readUInt32LE(12), file.length - 22);
  for (const entry of entries) {
    assert.equal(file.readUInt32LE(at), 0x02014b50);
    const local = file.readUInt32LE(at + 42);
    assert.equal(file.readUInt32LE(local), 0x04034b50);
    assert.equal(file.subarray(local + 30, local + 35).toString(), entry.name);
    at += 46 + file.readUInt16LE(at + 28);
  }
});
