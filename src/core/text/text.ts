/** A text that a person reads: zh-CN first, en complete. Every such text is a value of this type. */
export interface Text {
  readonly zh: string;
  readonly en: string;
}

export type Language = keyof Text;

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

/** Fills the places of both languages at once. */
export function fill(text: Text, values: Readonly<Record<string, string | number>>): Text {
  return { zh: say(text, "zh", values), en: say(text, "en", values) };
}
