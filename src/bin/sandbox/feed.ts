/** `chupiao sandbox feed …`: licences and maintenance windows as somebody else would tell them. */
import { Command, InvalidArgumentError, Option } from "commander";
import { noticeScopes, qualificationKinds, qualificationSaid } from "../../core/records/records.ts";
import { rfc3339China } from "../../core/rules/time.ts";
import { feedModes } from "../../sandbox/servers/net/modes.ts";
import { print } from "../output.ts";
import { timeOf } from "../time.ts";
import { numberOf } from "./number.ts";
import { addTarget, reach, targetOf, type SandboxTarget } from "./target.ts";

interface FeedState {
  readonly mode: string;
  readonly qualifications: readonly {
    readonly id: string;
    readonly what: string;
    readonly state: string;
    readonly until: string | null;
  }[];
  readonly notices: readonly {
    readonly id: string;
    readonly scope: string;
    readonly from: string;
    readonly until: string;
    readonly title: string;
  }[];
}

/** `feed`, to be added to `chupiao sandbox`. */
export function feedCommand(): Command {
  const feed = new Command("feed").description(
    "沙盒的公告与资质数据源 (a feed of notices and qualifications)",
  );
  const add = (name: string, help: string): Command => {
    const command = addTarget(new Command(name).description(help));
    feed.addCommand(command);
    return command;
  };
  add("show", "现在说些什么 (what it tells now)").action((_own, command: Command) =>
    say(targetOf(command), "GET", ""),
  );
  addNotice(add("notice", "发布一个维护窗口 (announce a window)"));
  addQualification(add("qualification", "发布一项商户资质 (tell a qualification)"));
  add("mode", "数据源本身的状态 (how the feed itself behaves)")
    .argument("<mode>", feedModes.join("、"))
    .action((mode: string, _own, command: Command) =>
      say(targetOf(command), "POST", "/mode", { mode }),
    );
  add("clear", "全部撤下 (tells nothing any more)").action((_own, command: Command) =>
    say(targetOf(command), "DELETE", ""),
  );
  return feed;
}

interface NoticeOptions extends SandboxTarget {
  readonly scope: string;
  readonly in: number;
  readonly for: number;
  readonly title: string;
}

const addNotice = (command: Command): Command =>
  command
    .addOption(
      new Option("--scope <scope>", "涉及哪里 (of what)").choices(noticeScopes).default("provider"),
    )
    .option("--in <minutes>", "几分钟后开始 (begins in)", numberOf, 0)
    .option("--for <minutes>", "持续几分钟 (lasts)", numberOf, 60)
    .option("--title <text>", "标题 (title)", "系统升级维护")
    .action((_own, given: Command) => {
      const options = targetOf<NoticeOptions>(given);
      const fromMs = Date.now() + options.in * 60_000;
      return say(options, "POST", "/notices", {
        scope: options.scope,
        from: rfc3339China(fromMs),
        until: rfc3339China(fromMs + options.for * 60_000),
        title: options.title,
      });
    });

interface QualificationOptions extends SandboxTarget {
  readonly what: string;
  readonly state: string;
  readonly until?: number;
  readonly note: string;
}

const addQualification = (command: Command): Command =>
  command
    .addOption(
      new Option("--what <kind>", "哪一项 (which)").choices(qualificationKinds).default("licence"),
    )
    .addOption(
      new Option("--state <state>", "状态 (state)").choices(qualificationSaid).default("valid"),
    )
    .option("--until <time>", "有效期至，例如 2026-12-31 (until)", untilOf)
    .option("--note <text>", "说明 (note)", "")
    .action((_own, given: Command) => {
      const { what, state, until, note, ...target } = targetOf<QualificationOptions>(given);
      const till = until === undefined ? null : rfc3339China(until);
      return say(target, "POST", "/qualifications", { what, state, until: till, note });
    });

function untilOf(text: string): number {
  const atMs = timeOf(text, "end");
  if (atMs === null)
    throw new InvalidArgumentError(
      "写成 2026-12-31 或 2026-12-31 18:00。(Write a date, or date and time.)",
    );
  return atMs;
}

async function say(
  target: SandboxTarget,
  method: "GET" | "POST" | "DELETE",
  path: string,
  body?: object,
): Promise<void> {
  const reply = await reach(target, method, `/feed${path}`, body);
  const state = (await reply.json()) as FeedState;
  print(target, state, () => words(state));
}

function words({ mode, qualifications, notices }: FeedState): string {
  const lines = [
    ...qualifications.map(
      (one) => `${one.id}  ${one.what} ${one.state}  ${one.until ?? "长期 no end"}`,
    ),
    ...notices.map((one) => `${one.id}  ${one.scope}  ${one.from} – ${one.until}  ${one.title}`),
  ];
  return [`数据源 feed: ${mode}`, ...(lines.length === 0 ? ["没有内容 (nothing)"] : lines)].join(
    "\n",
  );
}
