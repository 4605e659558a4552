/** `chupiao sandbox fault …`: what the next calls meet. */
import { Command } from "commander";
import { print } from "../output.ts";
import { addTarget, ask, targetOf, type SandboxTarget } from "./target.ts";

interface Fault {
  readonly id: string;
  readonly behaviour: string;
  readonly method: string;
  readonly times: number;
  readonly sub_code: string | null;
}

interface SetOptions extends SandboxTarget {
  readonly method?: string;
  readonly times?: string;
  readonly subCode?: string;
  readonly code?: string;
  readonly ms?: string;
}

const line = (fault: Fault): string =>
  `${fault.id}  ${fault.sub_code ?? fault.behaviour}  ${fault.method}  ×${fault.times}`;

export function faultCommand(): Command {
  const fault = new Command("fault").description("故障开关 (faults: list, set, clear)");
  const sub = (name: string, text: string): Command => {
    const command = addTarget(new Command(name).description(text));
    fault.addCommand(command);
    return command;
  };
  sub("list", "开着的故障 (faults that are set)").action((_own, command: Command) =>
    list(targetOf<SandboxTarget>(command)),
  );
  sub("names", "全部故障的名字 (every behaviour by name)").action((_own, command: Command) =>
    names(targetOf<SandboxTarget>(command)),
  );
  sub("set", "让接下来的调用出错 (what the next calls meet)")
    .argument("<behaviour>", "名字，见 fault names (a name of fault names)")
    .option("--method <name>", "接口，默认任何接口 (e.g. alipay.trade.pay; default any)")
    .option("--times <n>", "次数，默认 1 (how many calls; default 1)")
    .option("--sub-code <code>", "配合 sub_code：错误码 (with sub_code: which)")
    .option("--code <code>", "配合 sub_code：表中没有时的网关码 (top-level code)")
    .option("--ms <n>", "等待的毫秒数 (the wait that belongs to it)")
    .action((behaviour: string, _own, command: Command) =>
      set(behaviour, targetOf<SetOptions>(command)),
    );
  sub("clear", "取消一个或全部故障 (clears one or all)")
    .argument("[id]", "见 fault list (of fault list)")
    .action((id: string | undefined, _own, command: Command) =>
      clear(id, targetOf<SandboxTarget>(command)),
    );
  return fault;
}

async function list(target: SandboxTarget): Promise<void> {
  const value = await ask<{ readonly faults: readonly Fault[] }>(target, "GET", "/faults");
  print(target, value, () => value.faults.map(line).join("\n") || "没有 (none)");
}

async function names(target: SandboxTarget): Promise<void> {
  const value = await ask<{
    readonly behaviours: readonly {
      readonly behaviour: string;
      readonly text: { readonly zh: string; readonly en: string };
    }[];
  }>(target, "GET", "/behaviours");
  print(target, value, () =>
    value.behaviours
      .map(({ behaviour, text }) => `${behaviour.padEnd(22)} ${text.zh} (${text.en})`)
      .join("\n"),
  );
}

async function set(behaviour: string, options: SetOptions): Promise<void> {
  const value = await ask<Fault>(options, "POST", "/faults", {
    behaviour,
    ...(options.method === undefined ? {} : { method: options.method }),
    ...(options.times === undefined ? {} : { times: Number(options.times) }),
    ...(options.subCode === undefined ? {} : { sub_code: options.subCode }),
    ...(options.code === undefined ? {} : { code: options.code }),
    ...(options.ms === undefined ? {} : { ms: Number(options.ms) }),
  });
  print(options, value, () => line(value));
}

async function clear(id: string | undefined, target: SandboxTarget): Promise<void> {
  const path = id === undefined ? "/faults" : `/faults/${encodeURIComponent(id)}`;
  const value = await ask<{ readonly cleared: number }>(target, "DELETE", path);
  print(target, value, () => `已取消 ${value.cleared} 个 (cleared ${value.cleared})`);
}
