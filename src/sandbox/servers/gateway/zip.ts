/** A zip file as the provider's bill server makes it: names in GBK, and the UTF-8 flag (bit 11) not set. */
import { crc32, deflateRawSync } from "node:zlib";
import { encode } from "./charset.ts";

export interface ZipEntry {
  readonly name: string;
  readonly bytes: Buffer;
}

/** MS-DOS date and time of the entry, in China's time. */
function dosTime(ms: number): { readonly time: number; readonly date: number } {
  const at = new Date(ms + 8 * 3_600_000);
  return {
    time: (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1),
    date: ((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate(),
  };
}

/** The fields that local header and central directory share (APPNOTE 4.3.7, 4.3.12). */
function common(name: Buffer, raw: Buffer, packed: Buffer, nowMs: number): Buffer {
  const { time, date } = dosTime(nowMs);
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt16LE(0, 2);
  fields.writeUInt16LE(8, 4);
  fields.writeUInt16LE(time, 6);
  fields.writeUInt16LE(date, 8);
  fields.writeUInt32LE(crc32(raw), 10);
  fields.writeUInt32LE(packed.length, 14);
  fields.writeUInt32LE(raw.length, 18);
  fields.writeUInt16LE(name.length, 22);
  return fields;
}

export function zip(entries: readonly ZipEntry[], nowMs: number): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const name = encode(entry.name, "gbk");
    const packed = deflateRawSync(entry.bytes);
    const fields = common(name, entry.bytes, packed, nowMs);
    const local = Buffer.concat([Buffer.from("PK\x03\x04", "latin1"), fields, name, packed]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    const madeBy = Buffer.from("PK\x01\x02\x14\x00", "latin1");
    directory.push(Buffer.concat([madeBy, fields, place, name]));
    files.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...files, central, Buffer.from("PK\x05\x06", "latin1"), end]);
}
