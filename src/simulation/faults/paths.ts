/** What the weather means for each kind of way. */
import { clearPath, type PathWeather } from "../network/path.ts";
import type { Weather } from "./kinds.ts";

export type WayKind = "link" | "gateway" | "notice" | "cable";

export function pathWeather(kind: WayKind, weather: Weather): PathWeather {
  switch (kind) {
    case "link":
      return {
        ...clearPath,
        lost: { there: weather.link_message_lost, back: weather.link_answer_lost },
        doubled: weather.link_message_doubled,
        delayed: weather.link_message_delayed,
        delayedMsMax: 12_000,
        garbled: weather.link_answer_garbled,
      };
    case "gateway":
      return {
        ...clearPath,
        delayMs: [20, 900],
        lost: { there: weather.gateway_message_lost, back: weather.gateway_answer_lost },
        doubled: weather.gateway_message_doubled,
        delayed: weather.gateway_message_delayed,
        delayedMsMax: 55_000,
        truncated: weather.gateway_answer_truncated,
        garbled: weather.gateway_answer_garbled,
        unsigned: weather.gateway_answer_unsigned,
      };
    case "notice":
      return {
        ...clearPath,
        delayMs: [50, 3_000],
        lost: { there: weather.notice_lost, back: weather.notice_lost },
        doubled: weather.notice_doubled,
        delayed: weather.notice_delayed,
        delayedMsMax: 200_000,
      };
    case "cable":
      return {
        ...clearPath,
        delayMs: [0, 3],
        lost: { there: weather.cable_broken, back: weather.cable_broken },
      };
  }
}
