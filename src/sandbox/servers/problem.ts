/** Refusals of the sandbox's control interfaces: RFC 9457 problems with a stable code and words in both languages. */
import type { FastifyReply } from "fastify";
import type { z } from "zod";
import type { Text } from "../../core/text/text.ts";

export function refuse(
  reply: FastifyReply,
  status: number,
  code: string,
  text: Text,
): FastifyReply {
  return reply
    .code(status)
    .type("application/problem+json; charset=utf-8")
    .send({
      type: "about:blank",
      title: code,
      status,
      code,
      detail: `${text.zh} (${text.en})`,
      text,
    });
}

/** Which fields are wrong and what they may be, each in a phrase. */
export function whatIsWrong(error: z.ZodError): Text {
  const each = error.issues.map((issue) => {
    const path = issue.path.join(".");
    const { zh, en } = wanted(issue);
    return { zh: `${path || "内容"}：${zh}`, en: `${path || "the body"}: ${en}` };
  });
  return {
    zh: `没有改动。${each.map((one) => one.zh).join("；")}`,
    en: `Nothing was changed. ${each.map((one) => one.en).join("; ")}`,
  };
}

/** What a name may be, for those that stand in an address. */
export const oneOf = (names: readonly string[]): Text => ({
  zh: `没有这个名字。可以写：${names.join("、")}`,
  en: `There is nothing of this name. It can be: ${names.join(", ")}`,
});

const TYPES: Readonly<Record<string, Text>> = {
  string: { zh: "文字", en: "a text" },
  number: { zh: "数字", en: "a number" },
  int: { zh: "整数", en: "a whole number" },
  boolean: { zh: "true 或 false", en: "true or false" },
  object: { zh: "一个 JSON 对象", en: "a JSON object" },
  array: { zh: "一个列表", en: "a list" },
};

function wanted(issue: z.core.$ZodIssue): Text {
  switch (issue.code) {
    case "invalid_type": {
      const { zh, en } = TYPES[issue.expected] ?? { zh: issue.expected, en: issue.expected };
      return { zh: `要是${zh}`, en: `must be ${en}` };
    }
    case "invalid_value": {
      const values = issue.values.map(String);
      return { zh: `可以写：${values.join("、")}`, en: `can be: ${values.join(", ")}` };
    }
    case "unrecognized_keys": {
      const keys = issue.keys.join(", ");
      return { zh: `没有 ${keys} 这一项`, en: `there is no ${keys}` };
    }
    case "too_small":
      return { zh: `至少 ${issue.minimum}`, en: `at least ${issue.minimum}` };
    case "too_big":
      return { zh: `最多 ${issue.maximum}`, en: `at most ${issue.maximum}` };
    case "custom":
      return textIn(issue.params) ?? otherwise;
    default:
      return otherwise;
  }
}

const otherwise: Text = { zh: "写法不对", en: "isn't written rightly" };

/** What a schema's own rule says: `params: { zh, en }`. */
function textIn(params: Readonly<Record<string, unknown>> | undefined): Text | null {
  const { zh, en } = params ?? {};
  return typeof zh === "string" && typeof en === "string" ? { zh, en } : null;
}
