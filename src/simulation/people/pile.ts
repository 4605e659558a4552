/** The paper in front of the printer, as a cashier looks through it. */
import type { PrintJob } from "../../core/printing/job.ts";
import type { Printer } from "../printer/printer.ts";

/** Whether a whole paper of this job has come out: its number, its mark, and its last line. */
export function isOnPile(printer: Printer, job: PrintJob): boolean {
  const wanted = signsOf(job);
  const isOriginal = job.mark.kind === "original";
  return printer.papers.some(({ lines }) => {
    if (isOriginal && lines.some((line) => line.includes("补打") || line.includes("重印"))) return false;
    return wanted.every((sign) => lines.some((line) => line.includes(sign)));
  });
}

function signsOf({ slip, mark, holder }: PrintJob): readonly string[] {
  const marks =
    mark.kind === "original"
      ? []
      : [mark.kind === "replacement" ? `补打 第${mark.count}次` : `重印 第${mark.count}次`];
  const whose = holder === "customer" ? "顾客存根" : "商户存根";
  switch (slip.kind) {
    case "receipt":
      return [slip.content.number, whose, "请妥善保管小票", ...marks];
    case "refund":
      return [slip.refundNo, whose, "退款原路退回", ...marks];
    case "reversal":
      return [slip.orderNo, whose, "已撤销", ...marks];
    case "pending":
      return [slip.orderNo, whose, "结果正在确认", ...marks];
    case "day":
      return [slip.title, "转入下一日"];
    case "test":
      return ["即为正常"];
  }
}
