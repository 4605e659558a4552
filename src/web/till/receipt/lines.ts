/** A line of paper as the box lays it out. Read with care: a field this page doesn't know changes nothing. */
export interface PaperLine {
  readonly left: string;
  readonly right: string;
  readonly centred: boolean;
  readonly big: boolean;
  readonly bold: boolean;
  readonly rule: boolean;
  readonly qr: string | null;
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

/** One line from whatever arrived; null when there is nothing to draw. */
export function readLine(raw: unknown): PaperLine | null {
  if (typeof raw === "string") return { ...blank, left: raw };
  if (typeof raw !== "object" || raw === null) return null;
  const line = raw as Readonly<Record<string, unknown>>;
  const is = (...words: readonly string[]): boolean =>
    words.some((word) => line[word] === true || line["kind"] === word || line["align"] === word);
  const qr =
    textOf(line["qr"]) || (line["kind"] === "qr" ? textOf(line["text"] ?? line["data"]) : "");
  const size = line["size"];
  const read: PaperLine = {
    left: textOf(line["left"]) || textOf(line["text"]) || textOf(line["center"]),
    right: textOf(line["right"]),
    centred: is("centre", "center", "centred", "centered"),
    big:
      is("big", "large", "double") ||
      size === "big" ||
      size === "large" ||
      size === "double" ||
      size === 2,
    bold: is("bold"),
    rule: is("rule", "cut"),
    qr: qr === "" ? null : qr,
  };
  return qr === "" && !read.rule && read.left === "" && read.right === "" ? null : read;
}

const blank: PaperLine = {
  left: "",
  right: "",
  centred: false,
  big: false,
  bold: false,
  rule: false,
  qr: null,
};
