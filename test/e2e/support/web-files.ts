/** The pages as they are built, straight from the sources and kept in memory: a test never sees an old build. */
import { readFileSync } from "node:fs";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

export interface WebFile {
  readonly type: string;
  readonly body: string | Uint8Array;
}

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
};

/** Every file of the build by its path, with index.html also at `/` and display.html at `/display`. */
export async function buildWebFiles(): Promise<ReadonlyMap<string, WebFile>> {
  const configFile = fileURLToPath(new URL("../../../src/web/vite.config.ts", import.meta.url));
  assertReadable(configFile);
  const built = await build({ configFile, build: { write: false } });
  const files = new Map<string, WebFile>();
  for (const result of Array.isArray(built) ? built : [built]) {
    if (!("output" in result)) continue;
    for (const file of result.output) {
      const body = file.type === "chunk" ? file.code : file.source;
      files.set(`/${file.fileName}`, { type: TYPES[extname(file.fileName)] ?? "text/plain", body });
    }
  }
  for (const [path, name] of [
    ["/", "/index.html"],
    ["/display", "/display.html"],
  ] as const) {
    const file = files.get(name);
    if (file !== undefined) files.set(path, file);
  }
  return files;
}

const assertReadable = (path: string): void => void readFileSync(path);
