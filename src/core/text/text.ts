/** A text that a person reads: zh-CN first, en complete. Every such text is a value of this type. */
export interface Text {
  readonly zh: string;
  readonly en: string;
}

export type Language = keyof Text;

/**
 * The language of a page: as chosen on this computer; else English where the browser asks for it before Chinese.
 * `wanted` are the browser's languages, best first.
 */
export function languageOf(chosen: string | null, wanted: readonly string[]): Language {
  if (chosen === "zh" || chosen === "en") return chosen;
  const first = wanted
    .map((tag) => tag.slice(0, 2).toLowerCase())
    .find((tag) => tag === "zh" || tag === "en");
  return first === "en" ? "en" : "zh";
}

/** The text in one language, with `{name}` places filled in. A place without a value stays visible. */
export function say(
  text: Text,
  language: Language,
  values: Readonly<Record<string, string | number>> = {},
): string {
  return text[language].replaceAll(/\{(\w+)\}/g, (place, name: string) =>
    String(values[name] ?? place),
  );
}

/** Fills the places of both languages at once; a value that is a `Text` goes in in its own language. */
export function fill(text: Text, values: Readonly<Record<string, string | number | Text>>): Text {
  return { zh: say(text, "zh", inOne(values, "zh")), en: say(text, "en", inOne(values, "en")) };
}

/** As a sentence begins. */
export const asBeginning = ({ zh, en }: Text): Text => ({
  zh,
  en: en.charAt(0).toUpperCase() + en.slice(1),
});

/** One text after the other. */
export const joined = (first: Text, second: Text): Text => ({
  zh: first.zh + second.zh,
  en: `${first.en} ${second.en}`,
});

const inOne = (
  values: Readonly<Record<string, string | number | Text>>,
  language: Language,
): Readonly<Record<string, string | number>> =>
  Object.fromEntries(
    Object.entries(values).map(([place, value]) => [
      place,
      typeof value === "object" ? value[language] : value,
    ]),
  );
