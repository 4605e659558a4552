/** Text, modes, position, feed, cut, drawer. Source: Epson ESC/POS reference and the manuals of its clones. */
import {
  choice,
  lengthAt,
  swallow,
  word,
  type Command,
  type CommandTable,
  type Machine,
} from "./command.ts";
import type { Modes } from "./modes.ts";

const mode = (changes: (byte: number, machine: Machine) => Partial<Modes>): Command => ({
  head: 3,
  run: (machine, head) => machine.layout.set(changes(head[2] ?? 0, machine)),
});

const plain = (run: (machine: Machine) => void): Command => ({ head: 2, run });

const underline = (byte: number): 0 | 1 | 2 => {
  const dots = choice(byte);
  return dots === 1 || dots === 2 ? dots : 0;
};

const align = (byte: number): 0 | 1 | 2 => underline(byte);

/** ESC !: font, emphasis, double height and width, underline in one byte. */
const printMode = (byte: number): Partial<Modes> => ({
  font: byte & 0x01 ? "B" : "A",
  bold: (byte & 0x08) !== 0,
  tall: byte & 0x10 ? 2 : 1,
  wide: byte & 0x20 ? 2 : 1,
  underline: byte & 0x80 ? 1 : 0,
});

const feedLines: Command = {
  head: 3,
  run: ({ layout }, head) => {
    let lines = head[2] ?? 0;
    if (!layout.atLineStart && lines > 0) {
      layout.lineFeed();
      lines -= 1;
    }
    if (lines > 0) layout.feedDots(lines * layout.modes.lineSpacing);
    else layout.endLine();
  },
};

/** GS V: cut here, or feed to the blade and so many dots more, then cut. */
const cut = (next: number): Command | null => {
  const kind = choice(next);
  if (kind === 0 || kind === 1)
    return { head: 3, run: (machine) => machine.cut(kind === 0 ? "full" : "partial", null) };
  const full = next === 0x41 || next === 0x61 || next === 0x67;
  const partial = next === 0x42 || next === 0x62 || next === 0x68;
  if (!full && !partial) return null;
  return {
    head: 4,
    run: (machine, head) => machine.cut(full ? "full" : "partial", head[3] ?? 0),
  };
};

const oldCut: Command = plain((machine) => machine.cut("partial", null));

const drawer: Command = {
  head: 5,
  run: (machine, head) => machine.pulse(choice(head[2]) === 1 ? "pin5" : "pin2"),
};

const tabs: Command = {
  head: 2,
  untilNul: true,
  run: ({ layout }, _head, payload) =>
    layout.set({ tabs: [...payload].map((column) => column * 12) }),
};

const signed = (value: number): number => (value >= 0x8000 ? value - 0x10000 : value);

const escape: CommandTable = {
  "1b40": plain((machine) => machine.initialise()),
  "1b21": mode(printMode),
  "1b4d": mode((byte) => ({ font: choice(byte) === 1 ? "B" : "A" })),
  "1b45": mode((byte) => ({ bold: (byte & 1) === 1 })),
  "1b47": mode((byte) => ({ bold: (byte & 1) === 1 })),
  "1b2d": mode((byte) => ({ underline: underline(byte) })),
  "1b61": mode((byte, { layout }) => (layout.atLineStart ? { align: align(byte) } : {})),
  "1b20": mode((byte) => ({ spacing: byte })),
  "1b32": plain((machine) => machine.layout.set({ lineSpacing: 30 })),
  "1b33": mode((byte) => ({ lineSpacing: byte })),
  "1b52": mode((byte) => ({ country: byte })),
  "1b74": mode((byte) => ({ codePage: byte })),
  "1b64": feedLines,
  "1b65": swallow(3),
  "1b4a": { head: 3, run: ({ layout }, head) => layout.feedDots(head[2] ?? 0) },
  "1b4b": swallow(3),
  "1b24": { head: 4, run: ({ layout }, head) => layout.moveTo(word(head, 2)) },
  "1b5c": { head: 4, run: ({ layout }, head) => layout.moveBy(signed(word(head, 2))) },
  "1b44": tabs,
  "1b69": oldCut,
  "1b6d": oldCut,
  "1b70": drawer,
  "1b28": { head: 5, payload: lengthAt(3), run: () => undefined },
  "1b25": swallow(3),
  "1b3d": swallow(3),
  "1b3f": swallow(3),
  "1b56": swallow(3),
  "1b63": swallow(4),
  "1b72": swallow(3),
  "1b7b": swallow(3),
};

const page: CommandTable = {
  "1b4c": { head: 2, trait: "pageMode", run: (machine) => machine.page("enter") },
  "1b0c": { head: 2, trait: "pageMode", run: (machine) => machine.page("print") },
  "1b53": { head: 2, trait: "pageMode", run: (machine) => machine.page("leave") },
  "1b54": { ...swallow(3), trait: "pageMode" },
  "1b57": { ...swallow(10), trait: "pageMode" },
  "1d24": { ...swallow(4), trait: "pageMode" },
  "1d5c": { ...swallow(4), trait: "pageMode" },
};

const chinese: CommandTable = {
  "1c26": plain((machine) => machine.layout.set({ chinese: true })),
  "1c2e": plain((machine) => machine.layout.set({ chinese: false })),
  "1c21": mode((byte) => ({
    chineseWide: (byte & 0x04) !== 0,
    chineseTall: (byte & 0x08) !== 0,
    chineseUnderline: byte & 0x80 ? 1 : 0,
  })),
  "1c2d": mode((byte) => ({ chineseUnderline: underline(byte) })),
  "1c57": mode((byte) => ({ chineseWide: (byte & 1) === 1, chineseTall: (byte & 1) === 1 })),
  "1c53": {
    head: 4,
    run: ({ layout }, head) =>
      layout.set({ chineseLeft: head[2] ?? 0, chineseRight: head[3] ?? 0 }),
  },
  "1c43": { ...swallow(3), trait: "kanjiSystem" },
  "1c32": swallow(4 + 72),
  "1c3f": swallow(4),
  "1c28": { head: 5, payload: lengthAt(3), run: () => undefined },
  "1c70": swallow(4),
};

const group: CommandTable = {
  "1d21": mode((byte) => ({ wide: ((byte >> 4) & 7) + 1, tall: (byte & 7) + 1 })),
  "1d42": mode((byte) => ({ invert: (byte & 1) === 1 })),
  "1d4c": {
    head: 4,
    run: ({ layout }, head) => {
      if (layout.atLineStart) layout.set({ leftMargin: word(head, 2) });
    },
  },
  "1d57": {
    head: 4,
    run: ({ layout }, head) => {
      if (layout.atLineStart) layout.set({ areaWidth: word(head, 2) });
    },
  },
  "1d56": cut,
  "1d50": swallow(4),
  "1d62": swallow(3),
  "1d54": { head: 3, run: ({ layout }) => layout.discard() },
  "1d3a": swallow(2),
  "1d5e": swallow(5),
  "1d23": swallow(3),
};

export const TEXT_COMMANDS: CommandTable = { ...escape, ...page, ...chinese, ...group };
