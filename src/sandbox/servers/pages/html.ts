/** HTML by template: values are escaped unless they are HTML already. */
import { escapeMarkup } from "../../../core/text/markup.ts";

export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Value = string | number | Html | readonly Html[];

function textOf(value: Value): string {
  if (value instanceof Html) return value.text;
  return typeof value === "object"
    ? value.map((one) => one.text).join("")
    : escapeMarkup(String(value));
}

export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
  return new Html(
    parts
      .map((part, index) => part + (index < values.length ? textOf(values[index] ?? "") : ""))
      .join(""),
  );
}

/** A table whose caption is there for those who don't see it. */
export const table = (caption: string, columns: readonly string[], rows: readonly Html[]): Html =>
  html`<table>
    <caption class="hidden">
      ${caption}
    </caption>
    <thead>
      <tr>
        ${columns.map((name) => html`<th scope="col">${name}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`;
