import assert from "node:assert/strict";
import { test } from "node:test";
import { report } from "../../../test/web-support/incidents.ts";
import { reportPage } from "./report-page.ts";

const links = {
  other: "/api/incidents/I-7/report?lang=en",
  json: "/api/incidents/I-7/report.json",
};

/** What a person reads, without the markup. */
const readable = (html: string): string =>
  html.replace(/<style>.*?<\/style>/s, "").replaceAll(/<[^>]+>/g, "\n");

test("money first, then the cause, all nine families, and whom to call", () => {
  const text = readable(reportPage(report(), "zh", links));
  const places = [
    "CP-1123-0007",
    "已收款，不要再收。",
    "打印机缺纸",
    "95188",
    "网络问题",
    "系统升级维护",
    "经过",
    "0.1.0",
  ].map((words) => text.indexOf(words));
  assert.ok(
    places.every((place) => place >= 0),
    places.join(),
  );
  assert.deepEqual(
    places,
    places.toSorted((a, b) => a - b),
  );
});

test("a refusal's sentence about money, cause and advice stands once", () => {
  const given = report();
  const { first } = given.incident;
  assert.ok(first !== null);
  const said = { zh: "没有扣款。请换一张卡。", en: "No money was taken. Use another card." };
  const incident = {
    ...given.incident,
    money: said,
    first: { ...first, explain: said, next_step: said },
  };
  const text = readable(reportPage({ ...given, incident }, "zh", links));
  assert.equal(text.split(said.zh).length - 1, 1);
});

test("each language is whole: no Chinese in the English one but names of the shop", () => {
  const names = /瑞福便利店|人民广场店|中文/g;
  const english = readable(reportPage(report(), "en", links)).replaceAll(names, "");
  assert.doesNotMatch(english, /\p{Script=Han}/u);
  assert.doesNotMatch(english, /undefined|\{/);
});

test("what others wrote stays text, and there is no script", () => {
  const store = { merchant_name: `<img src=x onerror="1">`, store_name: "", terminal_no: "01" };
  const html = reportPage({ ...report(), store }, "zh", links);
  assert.match(html, /&lt;img src=x onerror=&quot;1&quot;&gt;/);
  assert.doesNotMatch(html, /<img|<script/);
});

test("an incident without a sale, without a cause and without steps", () => {
  const given = report();
  const incident = { ...given.incident, first: null, guide: [] };
  const html = reportPage({ ...given, incident, sale: null, timeline: [] }, "en", links);
  assert.match(html, /not known yet/);
  assert.doesNotMatch(readable(html), /masked\)|Timeline|Steps/);
});
