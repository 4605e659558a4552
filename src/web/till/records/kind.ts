/** What the sheet has to know of a kind of record, so that one list and one form serve them all. */
import type { ReactNode } from "react";
import type { Text } from "../../../core/text/text.ts";
import type { Option } from "../../parts/Choices.tsx";

/** What stands in each field of the form. */
export type Values<Name extends string> = Readonly<Record<Name, string>>;

export type Field<Name extends string> = { readonly name: Name; readonly label: Text } & (
  | { readonly kind: "choice"; readonly options: readonly Option<string>[] }
  | { readonly kind: "line"; readonly hint: Text | null; readonly maxLength: number }
);

export const choice = <Name extends string, Value extends string>(
  name: Name,
  label: Text,
  values: readonly Value[],
  texts: Readonly<Record<Value, Text>>,
): Field<Name> => ({
  kind: "choice",
  name,
  label,
  options: values.map((value) => ({ value, text: texts[value] })),
});

export const line = <Name extends string>(
  name: Name,
  label: Text,
  maxLength: number,
  hint: Text | null = null,
): Field<Name> => ({ kind: "line", name, label, maxLength, hint });

/** What every record shows, whatever its kind. */
export interface AnyRecord {
  readonly id: string;
  readonly source: string;
  readonly by_hand: boolean;
}

export interface RecordKind<View extends AnyRecord, Name extends string> {
  /** Where the box keeps them. */
  readonly path: string;
  readonly title: Text;
  readonly none: Text;
  /** Two fields of one row stand side by side. */
  readonly rows: readonly (readonly Field<Name>[])[];
  /** What a form begins with; null: a new one. */
  readonly filled: (before: View | null) => Values<Name>;
  /** As the API wants it; or what isn't right yet. */
  readonly asked: (
    values: Values<Name>,
    before: View | null,
  ) => { readonly body: object } | { readonly wrong: Text };
  readonly About: (props: { readonly one: View }) => ReactNode;
}
