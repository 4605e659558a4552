/**
 * How a command reaches the process that owns a data folder: a loopback door whose address and key stand in a file
 * that only the owner of the folder can read (mode 0600).
 */
import { readFileSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import { z } from "zod";
import { writeWhole } from "../adapters/link/files.ts";
import { sameText } from "../adapters/link/keys.ts";
import { realWorld } from "../adapters/world/real.ts";

type Commands = Readonly<Record<string, (ask: unknown) => Promise<unknown>>>;

export interface Control {
  close(): Promise<void>;
}

const doorShape = z.object({ pid: z.number(), url: z.url(), key: z.string().min(32) });
const askBytesMax = 65_536;

export async function startControl(path: string, commands: Commands): Promise<Control> {
  const key = realWorld.newToken();
  const server = createServer((request, response) => {
    const name = (request.url ?? "").slice(1);
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
    const answer = (status: number, body: unknown): void => {
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify(body));
    };
    if (!sameText(request.headers.authorization ?? "", `Bearer ${key}`))
      return answer(401, { error: "wrong key" });
    if (command === undefined) return answer(404, { error: "no such command" });
    read(request)
      .then(command)
      .then((value) => answer(200, { value: value ?? null }))
      .catch((error: unknown) => answer(500, { error: String(error) }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  writeWhole(
    path,
    `${JSON.stringify({ pid: process.pid, url: `http://127.0.0.1:${port}`, key })}\n`,
  );
  return {
    close: async () => {
      rmSync(path, { force: true });
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

async function read(request: IncomingMessage): Promise<unknown> {
  let text = "";
  for await (const part of request.setEncoding("utf8")) {
    text += String(part);
    if (text.length > askBytesMax) throw new Error("too long");
  }
  return JSON.parse(text);
}

const answerShape = z.union([z.object({ value: z.unknown() }), z.object({ error: z.string() })]);

/** Asks the process that runs on this folder. Null: none runs. Rejects with its words when it fails. */
export async function callControl(
  path: string,
  name: string,
  ask: unknown = {},
): Promise<{ readonly value: unknown } | null> {
  let door: z.output<typeof doorShape>;
  try {
    door = doorShape.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    return null;
  }
  const init = {
    method: "POST",
    headers: { authorization: `Bearer ${door.key}` },
    body: JSON.stringify(ask),
  };
  let answer: z.output<typeof answerShape>;
  try {
    const response = await fetch(`${door.url}/${name}`, init);
    if (response.status === 401) return null;
    answer = answerShape.parse(await response.json());
  } catch {
    // The file outlived its process, which a kill -9 does.
    return null;
  }
  if ("error" in answer) throw new Error(answer.error);
  return { value: answer.value };
}
