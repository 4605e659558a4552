import assert from "node:assert/strict";
import { test } from "node:test";
import { until } from "../../../test/support/until.ts";
import { type DeviceFile, devicePrinter } from "./device.ts";

const failure = (code: string): Error => Object.assign(new Error(code), { code });

/** A device whose reads end as the list says, one after the other; the last goes on for ever. */
async function opened(reads: readonly (string | Uint8Array)[]) {
  const heard: string[] = [];
  const written: number[] = [];
  let asked = 0;
  let writeFails: string | null = null;
  const file: DeviceFile = {
    async read(part) {
      const next = reads[Math.min(asked, reads.length - 1)];
      asked += 1;
      if (next instanceof Uint8Array) {
        part.set(next);
        return { bytesRead: next.length };
      }
      throw failure(next ?? "EAGAIN");
    },
    async write(bytes, offset, length) {
      if (writeFails !== null) throw failure(writeFails);
      written.push(...bytes.subarray(offset, offset + length));
      return { bytesWritten: length };
    },
    close: async () => {},
  };
  const connection = await devicePrinter("/dev/usb/lp0", async () => file).open({
    bytes: (part) => heard.push(`bytes ${[...part].join(" ")}`),
    closed: (reason) => heard.push(reason),
  });
  const reached = (count: number): Promise<unknown> =>
    until(`${count} reads`, () => asked >= count);
  const failWrites = (code: string): void => void (writeFails = code);
  return { connection, heard, written, reached, failWrites };
}

for (const code of ["EINVAL", "EIO"])
  test(`a device that answers a read with ${code} from the start prints, and is never heard`, async () => {
    const { connection, heard, written, reached, failWrites } = await opened([code]);
    await reached(1);
    await connection.write(Uint8Array.of(1, 2, 3));
    assert.deepEqual(written, [1, 2, 3]);
    assert.deepEqual(heard, []);
    failWrites("ENODEV");
    await assert.rejects(connection.write(Uint8Array.of(4)), /ENODEV/);
    assert.deepEqual(heard, ["reset"]);
    await connection.close();
  });

test("a device that has answered, or had nothing to say, and then fails is gone", async () => {
  for (const before of ["EAGAIN", Uint8Array.of(0x12)]) {
    const { connection, heard, reached } = await opened([before, "EIO"]);
    await reached(2);
    await until("the end", () => heard.includes("reset"));
    await assert.rejects(connection.write(Uint8Array.of(1)), /closed/);
    await connection.close();
  }
});

test("unplugged at the first look is gone, not mute", async () => {
  const { connection, heard } = await opened(["ENODEV"]);
  await until("the end", () => heard.includes("reset"));
  await connection.close();
});
