/** alipay.data.dataservice.bill.downloadurl.query: an address that lives half a minute. */
import { billRows } from "../bill.ts";
import { parseChinaTime, nextChinaDay } from "../../../../core/rules/time.ts";
import { refusal, success, type Reply } from "../reply.ts";
import { text } from "./context.ts";
import type { Biz, Context } from "./context.ts";

const api = "alipay.data.dataservice.bill.downloadurl.query";
const readyHourMs = 9 * 3_600_000;

/** Which day an address may still fetch, by its token. */
export interface BillTicket {
  readonly day: string;
  readonly untilMs: number;
}

export const billAddress =
  (tickets: Map<string, BillTicket>) =>
  (context: Context, biz: Biz): Reply => {
    const { book, nowMs } = context;
    if (text(biz, "bill_type") !== "trade") return refusal(api, "TYPE_NOT_SUPPORTED");
    const day = text(biz, "bill_date") ?? "";
    if (!/^\d{4}-\d\d-\d\d$/.test(day) || parseChinaTime(day) === null) {
      return refusal(api, "isv.invalid_arguments");
    }
    const readyMs = (parseChinaTime(nextChinaDay(day)) ?? 0) + readyHourMs;
    if (book.settings.billsReady === "next_day" && nowMs < readyMs) {
      return refusal(api, "isp.bill_not_exist");
    }
    for (const [token, ticket] of tickets) if (ticket.untilMs < nowMs) tickets.delete(token);
    const token = book.digits(32);
    tickets.set(token, { day, untilMs: nowMs + book.settings.billLinkLifeMs });
    return success({
      bill_download_url: address(
        book.settings.downloadBase,
        book.settings.sellerId,
        day,
        nowMs,
        token,
      ),
      bill_file_code: billRows(book, day).length === 0 ? "EMPTY_DATA_WITH_BILL_FILE" : undefined,
    });
  };

function address(
  base: string,
  sellerId: string,
  day: string,
  nowMs: number,
  token: string,
): string {
  const account = `${sellerId}0156`;
  const date = day.replaceAll("-", "");
  const query = [
    "bizType=trade",
    `userId=${account}`,
    "fileType=csv.zip",
    `bizDates=${date}`,
    `downloadFileName=${account}_${date}.csv.zip`,
    `fileId=%2Ftrade%2F${account}%2F${date}.csv.zip`,
    `timestamp=${Math.floor(nowMs / 1000)}`,
    `token=${token}`,
  ];
  return `${base}/downloadBillFile.resource?${query.join("&")}`;
}
