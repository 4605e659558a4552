/** A feed of licences and maintenance windows at an address, which can also fail as such addresses do. */
import type { FastifyPluginCallback } from "fastify";
import { z } from "zod";
import {
  noticeScopes,
  qualificationKinds,
  qualificationSaid,
} from "../../../core/records/records.ts";
import { refuse, whatIsWrong } from "../problem.ts";
import { type FeedMode, feedModes } from "./modes.ts";

const id = z.string().regex(/^[\w.-]{1,40}$/);
const time = z.iso.datetime({ offset: true });

const qualification = z.strictObject({
  id: id.optional(),
  what: z.enum(qualificationKinds),
  state: z.enum(qualificationSaid).default("valid"),
  until: time.nullable().default(null),
  note: z.string().max(200).default(""),
});
const notice = z.strictObject({
  id: id.optional(),
  scope: z.enum(noticeScopes),
  from: time,
  until: time,
  title: z.string().min(1).max(200),
});

type Told<T> = Omit<T, "id"> & { readonly id: string };

interface FeedState {
  readonly mode: FeedMode;
  readonly qualifications: readonly Told<z.output<typeof qualification>>[];
  readonly notices: readonly Told<z.output<typeof notice>>[];
}

const EMPTY: FeedState = { mode: "up", qualifications: [], notices: [] };

/** Mount at /feed; the feed itself is /feed/records.json. */
export function feedControl(): FastifyPluginCallback {
  let state = EMPTY;
  let count = 0;
  return (app, _options, done) => {
    app.get("/", () => state);
    app.get("/records.json", (_request, reply) => {
      const { mode, ...told } = state;
      if (mode === "silent") return reply.hijack();
      if (mode === "error") return reply.code(503).send("down\n");
      return reply.send(mode === "garbage" ? "{" : { version: 1, ...told });
    });
    app.post("/mode", async (request, reply) => {
      const parsed = z.strictObject({ mode: z.enum(feedModes) }).safeParse(request.body);
      if (!parsed.success) return refuse(reply, 400, "bad_mode", whatIsWrong(parsed.error));
      state = { ...state, ...parsed.data };
      return state;
    });
    app.post("/qualifications", async (request, reply) => {
      const parsed = qualification.safeParse(request.body);
      if (!parsed.success) return refuse(reply, 400, "bad_record", whatIsWrong(parsed.error));
      const one = { ...parsed.data, id: parsed.data.id ?? parsed.data.what };
      state = { ...state, qualifications: [...without(state.qualifications, one.id), one] };
      return state;
    });
    app.post("/notices", async (request, reply) => {
      const parsed = notice.safeParse(request.body);
      if (!parsed.success) return refuse(reply, 400, "bad_record", whatIsWrong(parsed.error));
      count += 1;
      const one = { ...parsed.data, id: parsed.data.id ?? `feed-${count}` };
      state = { ...state, notices: [...without(state.notices, one.id), one] };
      return state;
    });
    app.delete("/", () => {
      state = { ...EMPTY, mode: state.mode };
      return state;
    });
    done();
  };
}

const without = <T extends { readonly id: string }>(list: readonly T[], id: string): readonly T[] =>
  list.filter((one) => one.id !== id);
