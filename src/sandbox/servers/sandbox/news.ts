/** What the sandbox writes about itself, for whoever wants to use it: DATA/sandbox.json, readable by its owner only. */
import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export interface SandboxNews {
  readonly pid: number;
  /** A box started it for itself, so it ends with that box or the one after it; by hand it is its own. */
  readonly ends_with_box: boolean;
  /** http://127.0.0.1:port of pages and control interface. */
  readonly control: string;
  /** The address that an Alipay client is pointed at. */
  readonly gateway: string;
  readonly app_id: string;
  readonly seller_id: string;
  /** Paths; absent when the sandbox keeps nothing on disk. */
  readonly app_private_key_path?: string;
  readonly alipay_public_key_path?: string;
  readonly app_cert_path?: string;
  readonly alipay_cert_path?: string;
  readonly alipay_root_cert_path?: string;
  /** What the other parts say of themselves, by their names. */
  readonly [part: string]: unknown;
}

const pathIn = (folder: string): string => join(folder, "sandbox.json");

/** A reader sees the old file or the new one, never half of it. */
export function writeNews(folder: string, news: SandboxNews): void {
  const path = pathIn(folder);
  writeFileSync(`${path}.new`, `${JSON.stringify(news, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

export function readNews(folder: string): SandboxNews | null {
  try {
    return JSON.parse(readFileSync(pathIn(folder), "utf8")) as SandboxNews;
  } catch {
    return null;
  }
}

/** Only the sandbox that wrote it takes it away. */
export function removeNews(folder: string, pid: number): void {
  if (readNews(folder)?.pid === pid) rmSync(pathIn(folder), { force: true });
}
