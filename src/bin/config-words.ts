/** What is wrong with a setting, in words for who wrote it: no patterns, no names of types. */
import type { z } from "zod";
import type { Text } from "../core/text/text.ts";

const TYPES: Readonly<Record<string, Text>> = {
  string: { zh: "文字，写在引号里", en: "a text in quotes" },
  number: { zh: "数字，不加引号", en: "a number without quotes" },
  int: { zh: "整数", en: "a whole number" },
  boolean: { zh: "true 或 false", en: "true or false" },
  object: { zh: "一组设置，写在 { } 里", en: "a group of settings in { }" },
};

/** Forms that a pattern checks, by the field that has them. */
const FORMS: Readonly<Record<string, Text>> = {
  "merchant.id": {
    zh: "1 到 32 个字母、数字或下划线",
    en: "1 to 32 letters, digits or underscores",
  },
  "store.id": { zh: "1 到 32 个字母、数字或下划线", en: "1 to 32 letters, digits or underscores" },
  "terminal.id": { zh: "1 到 8 个字母或数字", en: "1 to 8 letters or digits" },
  receipt_base: {
    zh: "网址，例如 https://r.example.com",
    en: "an address such as https://r.example.com",
  },
};

export function issueText(issue: z.core.$ZodIssue): Text {
  const path = issue.path.join(".");
  const { zh, en } = wanted(issue, path);
  return { zh: `${path || "最外层"}：${zh}`, en: `${path || "the whole file"}: ${en}` };
}

function wanted(issue: z.core.$ZodIssue, path: string): Text {
  const must = ({ zh, en }: Text): Text => ({ zh: `要是${zh}`, en: `must be ${en}` });
  switch (issue.code) {
    case "invalid_type":
      return must(TYPES[issue.expected] ?? { zh: issue.expected, en: issue.expected });
    case "invalid_format":
      return must(FORMS[path] ?? { zh: "另一种写法", en: "written another way" });
    case "unrecognized_keys": {
      const keys = issue.keys.join(", ");
      return { zh: `没有 ${keys} 这个设置`, en: `there is no setting ${keys}` };
    }
    case "too_small":
      return atMost(issue.origin, "至少", "at least", Number(issue.minimum));
    case "too_big":
      return atMost(issue.origin, "最多", "at most", Number(issue.maximum));
    case "invalid_value":
      return must(oneOf(issue.values));
    case "invalid_union":
      return must(path === "printer.paper_mm" ? oneOf([58, 80]) : oneOf([]));
    default:
      return { zh: "写得不对", en: "is wrong" };
  }
}

const oneOf = (values: readonly unknown[]): Text => ({
  zh: values.map(String).join(" 或 ") || "另一种写法",
  en: values.map(String).join(" or ") || "written another way",
});

function atMost(origin: string, zh: string, en: string, limit: number): Text {
  const isText = origin === "string";
  return {
    zh: isText ? `${zh} ${limit} 个字` : `${zh}是 ${limit}`,
    en: isText ? `${en} ${limit} characters` : `${en} ${limit}`,
  };
}
