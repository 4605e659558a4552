/** A feed behind a real file and a real server, good and bad. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { pathToFileURL } from "node:url";
import { openFeed } from "./feed.ts";

const good = {
  version: 1,
  qualifications: [{ id: "licence", what: "licence", until: "2026-12-31T23:59:59+08:00" }],
  notices: [
    {
      id: "up-1",
      scope: "provider",
      from: "2026-11-29T02:00:00+08:00",
      until: "2026-11-29T04:00:00+08:00",
      title: "支付宝系统升级",
    },
  ],
};

function fileIn(context: TestContext, text: string): string {
  const folder = mkdtempSync(join(tmpdir(), "chupiao-feed-"));
  context.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "feed.json");
  writeFileSync(path, text);
  return path;
}

async function served(context: TestContext, answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  context.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/feed.json`;
}

const whyOf = async (address: string): Promise<string> => {
  const read = await openFeed(address, { timeoutMs: 200 }).read();
  assert.equal(read.kind, "failed");
  return read.kind === "failed" ? read.why : "";
};

test("a file is read by path or address, and again only once it has changed", async (context) => {
  const path = fileIn(context, JSON.stringify(good));
  const feed = openFeed(path);
  const read = await feed.read();
  assert.equal(read.kind, "read");
  if (read.kind !== "read") return;
  assert.deepEqual(read.records.qualifications, [
    {
      id: "licence",
      what: "licence",
      state: "valid",
      untilMs: Date.UTC(2026, 11, 31, 15, 59, 59),
      note: "",
      source: path,
    },
  ]);
  assert.equal(read.records.notices[0]?.fromMs, Date.UTC(2026, 10, 28, 18));
  assert.equal((await feed.read()).kind, "unchanged");
  writeFileSync(path, JSON.stringify({ version: 1 }));
  assert.deepEqual(await feed.read(), {
    kind: "read",
    records: { qualifications: [], notices: [] },
  });
  assert.equal((await openFeed(pathToFileURL(path).href).read()).kind, "read");
});

test("an address is asked with its last mark, and may say that nothing changed", async (context) => {
  const address = await served(context, (request, response) => {
    const known = request.headers["if-none-match"] === '"1"';
    response.writeHead(known ? 304 : 200, { etag: '"1"' });
    response.end(known ? undefined : JSON.stringify(good));
  });
  const feed = openFeed(address);
  assert.equal((await feed.read()).kind, "read");
  assert.equal((await feed.read()).kind, "unchanged");
});

test("what is wrong is named by its field", async (context) => {
  const wrong = async (change: object): Promise<string> =>
    whyOf(fileIn(context, JSON.stringify({ ...good, ...change })));
  assert.equal(await whyOf(fileIn(context, "{")), "not JSON");
  assert.match(await wrong({ version: 2 }), /^version: /);
  assert.match(await wrong({ more: 1 }), /^top: /);
  assert.match(
    await wrong({ notices: [{ ...good.notices[0], until: "2026-11-28T00:00:00+08:00" }] }),
    /^notices\.0\.until: must be later/,
  );
  assert.match(
    await wrong({ notices: [{ ...good.notices[0], from: "2026-11-29 02:00" }] }),
    /^notices\.0\.from: /,
  );
  assert.match(
    await wrong({ qualifications: [good.qualifications[0], good.qualifications[0]] }),
    /same id/,
  );
});

test("silence, refusal, a missing file and too much each end the look with their name", async (context) => {
  assert.equal(await whyOf(join(tmpdir(), "no-such-feed.json")), "ENOENT");
  assert.match(await whyOf(fileIn(context, " ".repeat(262_145))), /^larger than/);
  assert.equal(await whyOf(await served(context, () => {})), "no answer in time");
  assert.equal(
    await whyOf(await served(context, (_request, response) => response.writeHead(302).end())),
    "HTTP 302",
  );
  const endless: RequestListener = (_request, response) => {
    response.writeHead(200);
    response.write("x".repeat(300_000));
  };
  assert.match(await whyOf(await served(context, endless)), /^larger than/);
  const cut: RequestListener = (_request, response) => {
    response.writeHead(200, { "content-length": "100" });
    response.write("{", () => response.destroy());
  };
  assert.match(await whyOf(await served(context, cut)), /cut off|ECONNRESET|aborted/);
});

test("a password or a token in its address is shown to nobody", () => {
  const { address } = openFeed("https://shop:secret@feeds.example.com/a/feed.json?token=t0k");
  assert.equal(address, "https://feeds.example.com/a/feed.json");
});
