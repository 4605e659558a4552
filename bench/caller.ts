/** Whoever sells at a box, in a process of its own as a till page or a shop's program is. Speaks JSON lines over its channel. */
import { Agent, request } from "node:http";
import { type Call, callAll } from "./at-once.ts";

export interface Sales {
  /** Of the box. */
  readonly url: string;
  readonly codes: readonly string[];
  readonly atOnce: number;
}

process.on("message", ({ url, codes, atOnce }: Sales) => {
  callAll(codes, atOnce, sell(url)).then(
    (took) => process.send?.(took),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
process.on("disconnect", () => process.exit(0));

/** One HTTP request a sale, answered when the printer has confirmed the receipt. */
function sell(url: string): Call {
  const agent = new Agent({ keepAlive: true });
  const { port } = new URL(url);
  return (_index, code) =>
    new Promise((done, fail) => {
      const body = JSON.stringify({ amount: "12.80", code, wait_ms: 60_000 });
      const headers = {
        "content-type": "application/json",
        "content-length": Buffer.byteLength(body),
      };
      const asked = request(
        { host: "127.0.0.1", port, path: "/api/sell", method: "POST", agent, headers },
        (response) => {
          let text = "";
          response.on("data", (part: Buffer) => (text += part.toString()));
          response.on("end", () =>
            text.includes('"state":"confirmed"') ? done() : fail(new Error(text.slice(0, 500))),
          );
        },
      );
      asked.on("error", fail);
      asked.end(body);
    });
}
