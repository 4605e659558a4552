/** `chupiao merchant` and `chupiao notice`: qualifications and announced windows, entered and read at a running box. */
import { Argument, Command, InvalidArgumentError, Option } from "commander";
import { noticeScopes, qualificationKinds, qualificationSaid } from "../core/records/records.ts";
import type { FeedView, NoticeView, QualificationView } from "../core/records/view.ts";
import { rfc3339China } from "../core/rules/time.ts";
import { QUALIFICATION_STATES, QUALIFICATION_TEXTS } from "../core/text/evidence.ts";
import { NOTICE_PHASES, NOTICE_SCOPES } from "../core/text/records.ts";
import { get, post, remove, type Target } from "./client.ts";
import { addTarget, print } from "./output.ts";
import { timeOf } from "./time.ts";
import { beside } from "./words.ts";

interface List<T> {
  readonly data: readonly T[];
  readonly feed: FeedView;
}

export const recordCommands = (): readonly Command[] => [merchantCommand(), noticeCommand()];

function merchantCommand(): Command {
  const merchant = new Command("merchant").description(
    "商户资质：执照、签约、账户、额度、收款产品 (the merchant's qualifications)",
  );
  const add = (name: string, text: string): Command => added(merchant, name, text);
  add("list", "全部资质和它们的状态 (all, each with its state)").action((target: Target) =>
    listQualifications(target),
  );
  add("set", "登记或修改一项 (enter or change one)")
    .addArgument(new Argument("<what>", "哪一项 (which)").choices(qualificationKinds))
    .option("--id <id>", "编号，默认与类别同名 (default: the kind itself)")
    .addOption(
      new Option("--state <state>", "状态 (state)").choices(qualificationSaid).default("valid"),
    )
    .option("--until <time>", "有效期至，例如 2026-12-31；不写为长期 (until; none: no end)", endOf)
    .option("--note <text>", "说明 (note)", "")
    .action(setQualification);
  add("remove", "删除一项 (remove one)")
    .argument("<id>", "编号，见 list (of list)")
    .action((id: string, target: Target) => removeAt(target, "/api/qualifications", id));
  return merchant;
}

function noticeCommand(): Command {
  const notice = new Command("notice").description(
    "公告：支付渠道、中心、收银机或网络的维护窗口 (announced windows of maintenance)",
  );
  const add = (name: string, text: string): Command => added(notice, name, text);
  add("list", "全部公告 (all)").action((target: Target) => listNotices(target));
  add("add", "登记一个维护窗口 (enter a window)")
    .requiredOption("--from <time>", '开始，例如 "2026-11-29 02:00" (begins)', beginOf)
    .requiredOption("--until <time>", "结束 (ends)", endOf)
    .requiredOption("--title <text>", "标题 (title)")
    .addOption(
      new Option("--scope <scope>", "涉及哪里 (of what)").choices(noticeScopes).default("provider"),
    )
    .option("--id <id>", "编号；已有的会被替换 (its id; an earlier one is replaced)")
    .action(addNotice);
  add("remove", "删除一条 (remove one)")
    .argument("<id>", "编号，见 list (of list)")
    .action((id: string, target: Target) => removeAt(target, "/api/notices", id));
  return notice;
}

function added(parent: Command, name: string, text: string): Command {
  const command = addTarget(new Command(name).description(text)).exitOverride();
  parent.addCommand(command);
  return command;
}

async function listQualifications(target: Target): Promise<void> {
  const list = await get<List<QualificationView>>(target, "/api/qualifications");
  print(target, list, () => listed(list, "还没有登记资质 (none yet)", qualificationLine));
}

async function listNotices(target: Target): Promise<void> {
  const list = await get<List<NoticeView>>(target, "/api/notices");
  print(target, list, () => listed(list, "没有公告 (none)", noticeLine));
}

const listed = <T>({ data, feed }: List<T>, none: string, line: (one: T) => string): string =>
  [...(data.length === 0 ? [none] : data.map(line)), ...feedLines(feed)].join("\n");

const qualificationLine = (one: QualificationView): string =>
  [
    one.id,
    beside(QUALIFICATION_TEXTS[one.what]),
    beside(QUALIFICATION_STATES[one.state]),
    one.until === null ? "长期 no end" : `至 until ${one.until}`,
    one.note,
    `来源 by ${one.source}`,
  ]
    .filter((part) => part !== "")
    .join("  ");

const noticeLine = (one: NoticeView): string =>
  [
    one.id,
    beside(NOTICE_PHASES[one.phase]),
    beside(NOTICE_SCOPES[one.scope]),
    `${one.from} – ${one.until}`,
    one.title,
    `来源 by ${one.source}`,
  ].join("  ");

function feedLines(feed: FeedView): readonly string[] {
  if (feed.address === null) return [];
  const how = feed.error === null ? "" : `，读取失败 failed: ${feed.error}`;
  return [`数据源 feed: ${feed.address}，最近读取 read ${feed.read_at ?? "—"}${how}`];
}

async function setQualification(
  what: string,
  options: Target & {
    readonly id?: string;
    readonly state: string;
    readonly until?: number;
    readonly note: string;
  },
): Promise<void> {
  const { id, state, until, note } = options;
  const till = until === undefined ? null : rfc3339China(until);
  const body = { what, state, until: till, note, ...(id !== undefined && { id }) };
  const one = await post<QualificationView>(options, "/api/qualifications", body);
  print(options, one, () => qualificationLine(one));
}

async function addNotice(
  options: Target & {
    readonly from: number;
    readonly until: number;
    readonly title: string;
    readonly scope: string;
    readonly id?: string;
  },
): Promise<void> {
  const { from, until, title, scope, id = null } = options;
  const body = { id, scope, from: rfc3339China(from), until: rfc3339China(until), title };
  const one = await post<NoticeView>(options, "/api/notices", body);
  print(options, one, () => noticeLine(one));
}

async function removeAt(target: Target, path: string, id: string): Promise<void> {
  const done = await remove<{ readonly removed: string }>(
    target,
    `${path}/${encodeURIComponent(id)}`,
  );
  print(target, done, () => `已删除 ${done.removed} (removed)`);
}

const beginOf = (text: string): number => given(timeOf(text, "begin"));
const endOf = (text: string): number => given(timeOf(text, "end"));

function given(atMs: number | null): number {
  if (atMs !== null) return atMs;
  throw new InvalidArgumentError(
    "写成 2026-12-31 或 2026-12-31 18:00。(Write a date, or date and time.)",
  );
}
