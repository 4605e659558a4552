/** The documented codes, read from core's table; nothing here repeats a row of it. */
import rows from "../../../core/payment/codes/alipay.json" with { type: "json" };

interface CodeRow {
  readonly api: string;
  readonly code: string | null;
  readonly sub_code: string | null;
  readonly meaning_zh: string;
}

const table: readonly CodeRow[] = rows;

/** Rows that a gateway can answer with: a sub-code, and not a description of a broken line. */
export const answerable = table.filter(
  (row): row is CodeRow & { code: string; sub_code: string } =>
    row.code !== null && row.sub_code !== null && !row.sub_code.startsWith("("),
);

const byApi = new Map(answerable.map((row) => [`${row.api} ${row.sub_code}`, row]));

const find = (api: string, subCode: string) =>
  byApi.get(`${api} ${subCode}`) ?? byApi.get(`* ${subCode}`);

/** The top-level code that goes with a sub-code; 40004 (business failed) where the table doesn't know it. */
export const codeOf = (api: string, subCode: string): string => find(api, subCode)?.code ?? "40004";

/** Wordings seen in real replies; elsewhere the table's own short meaning, without its remarks in brackets. */
const SEEN: Readonly<Record<string, string>> = {
  "ACQ.TRADE_NOT_EXIST": "交易不存在",
  "isv.invalid-signature":
    "验签出错，建议检查签名字符串或签名私钥与应用公钥是否匹配，网关生成的验签字符串为：",
};

export function messageOf(api: string, subCode: string): string {
  const meaning = SEEN[subCode] ?? find(api, subCode)?.meaning_zh ?? subCode;
  return meaning.replaceAll(/（[^）]*）/g, "");
}
