/** Makes the view of a paper by itself, whether or not a sale belongs to it. */
import type { PrintJob } from "../printing/job.ts";
import { rfc3339China } from "../rules/time.ts";
import { slipText } from "../text/sheets.ts";
import { fill, type Text } from "../text/text.ts";
import { jobView } from "./build-parts.ts";
import type { PaperView } from "./view.ts";

export const paperView = (job: PrintJob): PaperView => ({
  job: jobView(job),
  sale_id: job.saleId,
  name: nameOf(job),
  ordered_at: rfc3339China(job.createdAtMs),
  replaced_by: job.replacedBy,
});

/** With what is printed at its head, where that tells it from others of its kind. */
function nameOf({ slip, receiptNumber }: PrintJob): Text {
  const name = slipText[slip.kind];
  const which = slip.kind === "case" ? slip.caseNo : receiptNumber;
  if (slip.kind === "day") return { zh: slip.title, en: englishOf(slip.title) };
  return which === null ? name : fill(named, { name, which });
}

/** The title as the terminal writes it on the paper, in Chinese. */
const dayTitle = /^日结单 (?<day>\S+) 第 (?<closeNo>\d+) 号$/;

function englishOf(title: string): string {
  const { day, closeNo } = dayTitle.exec(title)?.groups ?? {};
  return day === undefined ? title : `${slipText.day.en} ${day}, no. ${closeNo}`;
}

const named: Text = { zh: "{name} {which}", en: "{name} {which}" };
