import iconv from "iconv-lite";
import type { Charset } from "../../model/gateway/request.ts";

/** Text to bytes and back; GB18030 stands for GBK and GB2312, of which it is the superset. */
export const encode = (text: string, charset: Charset): Buffer =>
  charset === "utf-8" ? Buffer.from(text, "utf8") : iconv.encode(text, "gb18030");

export const decode = (bytes: readonly number[], charset: Charset): string =>
  charset === "utf-8"
    ? Buffer.from(bytes).toString("utf8")
    : iconv.decode(Buffer.from(bytes), "gb18030");
