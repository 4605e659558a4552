/** The form of a feed of qualifications and notices: JSON, checked whole; one wrong entry refuses all of it. */
import { z } from "zod";
import {
  noticeScopes,
  qualificationKinds,
  qualificationSaid,
  type Records,
} from "../../../core/records/records.ts";

const id = z.string().regex(/^[\w.-]{1,40}$/);
/** RFC 3339 with its offset; a time without one would be read in the machine's own zone. */
const time = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));

const qualification = z.strictObject({
  id,
  what: z.enum(qualificationKinds),
  state: z.enum(qualificationSaid).default("valid"),
  until: time.nullable().default(null),
  note: z.string().max(200).default(""),
});

const notice = z
  .strictObject({
    id,
    scope: z.enum(noticeScopes),
    from: time,
    until: time,
    title: z.string().trim().min(1).max(200),
  })
  .refine((one) => one.until > one.from, { path: ["until"], message: "must be later than from" });

const listMax = 500;
const unique = (list: readonly { readonly id: string }[]): boolean =>
  new Set(list.map((one) => one.id)).size === list.length;
const twice = { message: "two entries have the same id" };

const form = z.strictObject({
  /** Of this form. */
  version: z.literal(1),
  qualifications: z.array(qualification).max(listMax).refine(unique, twice).default([]),
  notices: z.array(notice).max(listMax).refine(unique, twice).default([]),
});

/** The records of a feed's text, or what is wrong with it: the field and why, without quoting the text. */
export function readFeedText(text: string, source: string): Records | string {
  let input: unknown;
  try {
    input = JSON.parse(text);
  } catch {
    return "not JSON";
  }
  const read = form.safeParse(input);
  if (!read.success)
    return read.error.issues
      .slice(0, 3)
      .map((one) => `${one.path.join(".") || "top"}: ${one.message}`)
      .join("; ");
  const { qualifications, notices } = read.data;
  return {
    qualifications: qualifications.map(({ until, ...one }) => ({ ...one, untilMs: until, source })),
    notices: notices.map(({ from, until, ...one }) => ({
      ...one,
      fromMs: from,
      untilMs: until,
      source,
    })),
  };
}
