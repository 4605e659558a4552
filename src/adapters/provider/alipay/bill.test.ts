import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { RequestListener, Server } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, describe, test } from "node:test";
import { downloadBill } from "./bill.ts";

const emptyZip = Buffer.concat([Buffer.from("PK\u0005\u0006"), Buffer.alloc(18)]);

let server: Server;
let play: RequestListener;
let url = "";
before(async () => {
  server = createServer((request, response) => play(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/bill.zip`;
});
after(() => {
  server.closeAllConnections();
  server.close();
});

const download = (listener: RequestListener, limits = {}) => {
  play = listener;
  return downloadBill(url, { timeoutMs: 2_000, ...limits });
};

describe("downloadBill", () => {
  test("gives the bytes of a whole zip", async () => {
    const got = await download((_, response) => response.end(emptyZip));
    assert.deepEqual(got, { kind: "zip", bytes: emptyZip });
  });
  const failures: readonly (readonly [string, string, RequestListener, object?])[] = [
    ["an address that died", "refused", (_, response) => response.writeHead(403).end("expired")],
    ["a login page", "not_zip", (_, response) => response.end("<html>")],
    ["a zip without its end", "not_zip", (_, response) => response.end("PK\u0003\u0004half")],
    ["nothing", "not_zip", (_, response) => response.end()],
    ["silence", "silence", () => {}, { timeoutMs: 100 }],
    [
      "a file that stops short",
      "broken",
      (_, response) => {
        response.writeHead(200, { "content-length": "1000" });
        response.write(emptyZip, () => response.destroy());
      },
    ],
    [
      "a file without end",
      "too_large",
      (_, response) => response.end(Buffer.alloc(100)),
      { bytesMax: 50 },
    ],
  ];
  for (const [name, reason, listener, limits] of failures) {
    test(`${name}: ${reason}`, async () => {
      assert.deepEqual(await download(listener, limits), { kind: "failed", reason });
    });
  }
  test("an address that is none", async () => {
    assert.deepEqual(await downloadBill("nonsense"), { kind: "failed", reason: "broken" });
  });
});
