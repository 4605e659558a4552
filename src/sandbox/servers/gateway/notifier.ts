/** Sends notifications as the provider does: a form by POST, no redirects, exactly `success` as the answer. */
import { Agent as HttpAgent, request as httpRequest } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import type { KeyObject } from "node:crypto";
import { tryForm, type Notification } from "../../model/gateway/notifications.ts";
import { signText } from "./signing.ts";

const answerMsMax = 10_000;
const answerBytesMax = 64;
const socketsMax = 64;

export class Notifier {
  readonly #key: KeyObject;
  readonly #http = new HttpAgent({ keepAlive: true, maxSockets: socketsMax });
  readonly #https = new HttpsAgent({ keepAlive: true, maxSockets: socketsMax });
  readonly #underWay = new Set<Promise<void>>();

  constructor(key: KeyObject) {
    this.#key = key;
  }

  /** Sends one try and tells its answer: the body of a 200, or a word for what went wrong. Never rejects. */
  send(one: Notification, nowMs: number, answered: (answer: string) => void): void {
    const sending = this.#try(one, nowMs)
      .catch((error: unknown) => (error instanceof Error ? error.message : "error"))
      .then(answered)
      .finally(() => this.#underWay.delete(sending));
    this.#underWay.add(sending);
  }

  /** Until everything that is under way now was answered. */
  async settled(): Promise<void> {
    await Promise.all(this.#underWay);
  }

  close(): void {
    this.#http.destroy();
    this.#https.destroy();
  }

  async #try(one: Notification, nowMs: number): Promise<string> {
    const { fields, signText: text } = tryForm(one, nowMs);
    const sign = await signText(text, "utf-8", "RSA2", this.#key);
    const form = new URLSearchParams({ ...fields, sign_type: "RSA2", sign });
    return this.#post(new URL(one.url), form.toString());
  }

  #post(url: URL, form: string): Promise<string> {
    const secure = url.protocol === "https:";
    const headers = {
      "content-type": "application/x-www-form-urlencoded; charset=utf-8",
      "content-length": Buffer.byteLength(form),
    };
    return new Promise((resolve, reject) => {
      const options = {
        method: "POST",
        headers,
        agent: secure ? this.#https : this.#http,
        timeout: answerMsMax,
      };
      const request = (secure ? httpsRequest : httpRequest)(url, options, (response) => {
        let body = "";
        response.setEncoding("utf8");
        response.on("data", (part: string) => {
          if (body.length < answerBytesMax) body += part;
        });
        response.on("end", () =>
          resolve(response.statusCode === 200 ? body : `HTTP ${response.statusCode}`),
        );
        response.on("error", reject);
      });
      request.on("timeout", () => request.destroy(new Error("no answer")));
      request.on("error", reject);
      request.end(form);
    });
  }
}
