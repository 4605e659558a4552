/** What may be said of the printer and of a test page: no more than is proven. `fine` is exit code 0. */
import type { JobView } from "../core/till/view.ts";
import { isTrustedMute } from "../core/printing/job.ts";
import { HOLD_CAUSES } from "../core/text/printer-causes.ts";
import { fill, type Text } from "../core/text/text.ts";
import type { PrinterView } from "../ports/till.ts";
import { below } from "./words.ts";

export interface Said {
  readonly fine: boolean;
  readonly words: string;
}

const said = (fine: boolean, zh: string, en: string): Said => ({ fine, words: `${zh} (${en})` });

const neverAnswered =
  "它还从没有应答过：也许另一台电脑正占用它。有应答就会自动配对。" +
  "确实不会应答的打印机，请店主设置 printer.trust_mute。" +
  " (It has never answered; another computer may hold it. It is paired as soon as it answers." +
  " For one that can't answer at all the owner sets printer.trust_mute.)";

export function printerState(printer: PrinterView): Said {
  const { condition, heard, checked_at: checkedAt } = printer;
  if (condition !== null) {
    const { title, cashier } = HOLD_CAUSES[condition];
    const isSilent = condition === "no_answer" || condition === "busy";
    const hint = isSilent && heard === "never" ? `\n${neverAnswered}` : "";
    return { fine: false, words: `${below(fill(named, { title, cashier }))}${hint}` };
  }
  if (checkedAt === null) return said(false, "还没有查看", "not looked at yet");
  if (heard === "now") return said(true, "正常", "fine");
  return said(
    false,
    "不清楚。连得上，但打印机没有报告状态；有没有纸、打没打出来，只能由人看。",
    "not known: it can be reached and tells no state, so only a person can see",
  );
}

export function testPage(job: JobView): Said {
  switch (job.state) {
    case "confirmed":
      return confirmedPage(job);
    case "replaced":
    case "waived":
      return said(false, "测试页没有打印确认，已另行处理", "not confirmed, and settled otherwise");
    default:
      return {
        fine: false,
        words: notConfirmed(job),
      };
  }
}

const named: Text = { zh: "{title}：{cashier}", en: "{title}: {cashier}" };

function notConfirmed({ cause, state }: JobView): string {
  const why = cause?.title ?? { zh: state, en: state };
  const so = below(
    fill(
      { zh: "测试页还没有确认：{why}", en: "The test page isn't confirmed yet: {why}" },
      { why },
    ),
  );
  return cause === null ? so : `${so}\n${below(cause.cashier)}`;
}

function confirmedPage({ proof, evidence }: JobView): Said {
  if (isTrustedMute(evidence))
    return said(
      false,
      "测试页已发送，按店主设置算已出，打印机没有确认。请看出纸口。",
      "sent, and counted as out by the owner's setting; the printer confirmed nothing: look at it",
    );
  return proof === "person"
    ? said(true, "测试页已打印，有人看过。", "printed; a person saw it")
    : said(true, "测试页已打印，打印机已确认。", "printed, and confirmed by the printer");
}
