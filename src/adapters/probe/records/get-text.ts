/** One GET, bounded in time and bytes, without redirects. By node:http, which is loaded anyway: fetch costs 10 MB. */
import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";

interface Limits {
  readonly timeoutMs: number;
  readonly bytesMax: number;
  /** Of the last answer: the other side may then say that nothing changed. */
  readonly etag: string | null;
}

/** Rejects with a word or a code of the fault. */
export function getText(
  address: string,
  { timeoutMs, bytesMax, etag }: Limits,
): Promise<{ readonly text: string; readonly etag: string | null } | "not_modified"> {
  const request = address.startsWith("https:") ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const headers = { accept: "application/json", ...(etag && { "if-none-match": etag }) };
    const asked = request(address, { headers, agent: false }, (response) => {
      if (response.statusCode === 304) return end(() => resolve("not_modified"));
      if (response.statusCode !== 200) return fail(`HTTP ${response.statusCode}`);
      const parts: Buffer[] = [];
      let bytes = 0;
      response.on("data", (part: Buffer) => {
        bytes += part.length;
        if (bytes > bytesMax) return fail(`larger than ${bytesMax} bytes`);
        parts.push(part);
      });
      response.on("aborted", () => fail("the answer was cut off"));
      response.on("end", () => {
        const text = Buffer.concat(parts).toString("utf8");
        end(() => resolve({ text, etag: response.headers.etag ?? null }));
      });
    });
    const timer = setTimeout(() => fail("no answer in time"), timeoutMs);
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      settle();
      asked.destroy();
    };
    const fail = (why: string): void => end(() => reject(new Error(why)));
    asked.on("error", (error) => end(() => reject(error)));
    asked.end();
  });
}
