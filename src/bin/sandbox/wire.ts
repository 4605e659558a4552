/** `chupiao sandbox wire …`: the faults of the lines in front of the gateway and the printer. */
import { Command, InvalidArgumentError, Option } from "commander";
import type { WireChange } from "../../sandbox/servers/wire/rules.ts";
import type { WireState } from "../../sandbox/servers/wire/wire.ts";
import { print } from "../output.ts";
import { numberOf } from "./number.ts";
import { addTarget, reach, targetOf, type SandboxTarget } from "./target.ts";

interface SetOptions extends SandboxTarget {
  readonly refuse?: boolean;
  readonly upDelay?: number;
  readonly upJitter?: number;
  readonly downDelay?: number;
  readonly downJitter?: number;
  readonly lose?: "up" | "down" | "both" | "none";
  readonly truncate?: WireChange["truncate"];
  readonly reset?: "before" | "after" | "none";
  readonly duplicate?: number;
  readonly bandwidth?: number;
  readonly next?: number;
}

/** `up:100`: after 100 bytes towards the target. */
function truncateOf(text: string): WireChange["truncate"] {
  if (text === "none") return null;
  const [, direction, bytes] = /^(up|down):(\d+)$/.exec(text) ?? [];
  if (direction !== "up" && direction !== "down")
    throw new InvalidArgumentError(
      "写成 up:字节数、down:字节数或 none。(Write up:BYTES, down:BYTES or none.)",
    );
  return { direction, after_bytes: Number(bytes) };
}

const RESETS = { before: "before_delivery", after: "after_delivery", none: null } as const;

const lag = (
  delay: number | undefined,
  jitter: number | undefined,
): { delay_ms: number; jitter_ms: number } | undefined =>
  delay === undefined && jitter === undefined
    ? undefined
    : { delay_ms: delay ?? 0, jitter_ms: jitter ?? 0 };

/** Only what was given on the command line. */
function changeOf(options: SetOptions): WireChange & { next_connections?: number } {
  const up = lag(options.upDelay, options.upJitter);
  const down = lag(options.downDelay, options.downJitter);
  return {
    ...(options.refuse !== undefined && { refuse: options.refuse }),
    ...(up && { up }),
    ...(down && { down }),
    ...(options.lose !== undefined && { lose: options.lose === "none" ? null : options.lose }),
    ...(options.truncate !== undefined && { truncate: options.truncate }),
    ...(options.reset !== undefined && { reset: RESETS[options.reset] }),
    ...(options.duplicate !== undefined && { duplicate_after_ms: options.duplicate }),
    ...(options.bandwidth !== undefined && {
      bytes_per_s: options.bandwidth === 0 ? null : options.bandwidth,
    }),
    ...(options.next !== undefined && { next_connections: options.next }),
  };
}

/** A wire in one line: what it does to whom. */
function wireLine(name: string, state: WireState): string {
  const rules = Object.entries(state.rules)
    .filter(([, value]) =>
      typeof value === "object" && value !== null
        ? Object.values(value).some((part) => part !== 0)
        : value !== null && value !== false,
    )
    .map(([key, value]) => `${key}=${typeof value === "object" ? JSON.stringify(value) : value}`);
  const next = state.next ? ` · 随后 ${state.next.connections} 个连接另有规则` : "";
  return `${name}：${state.address} → ${state.target} · ${rules.join(" ") || "正常"} · ${state.open_connections} 个连接${next}`;
}

async function post(
  target: SandboxTarget,
  name: string,
  path: string,
  body: object,
): Promise<void> {
  const reply = await reach(target, "POST", `/wire/${encodeURIComponent(name)}${path}`, body);
  const state = (await reply.json()) as WireState;
  print(target, state, () => wireLine(name, state));
}

async function list(target: SandboxTarget): Promise<void> {
  const reply = await reach(target, "GET", "/wire");
  const value = (await reply.json()) as {
    readonly wires: readonly (WireState & { name: string })[];
  };
  print(target, value, () => value.wires.map((one) => wireLine(one.name, one)).join("\n"));
}

/** `wire`, to be added to `chupiao sandbox`. */
export function wireCommand(): Command {
  const wire = new Command("wire").description("沙盒线路：延迟、丢失、截断、重置、重复");
  const add = (name: string, help: string): Command => {
    const command = addTarget(new Command(name).description(help));
    wire.addCommand(command);
    return command;
  };
  add("list", "所有线路").action((_own, command: Command) => list(targetOf(command)));
  setOptions(add("set", "改规则；up 是发往对方，down 是回来")).action(
    (name: string, _own, command: Command) => {
      const options = targetOf<SetOptions>(command);
      return post(options, name, "", changeOf(options));
    },
  );
  add("calm", "取消所有规则")
    .argument("<wire>")
    .action((name: string, _own, command: Command) => post(targetOf(command), name, "/calm", {}));
  add("cut", "断开现有连接")
    .argument("<wire>")
    .option("--reset", "用 RST 断开")
    .action((name: string, own: { readonly reset?: boolean }, command: Command) =>
      post(targetOf(command), name, "/cut", { how: own.reset ? "reset" : "end" }),
    );
  return wire;
}

const setOptions = (command: Command): Command =>
  command
    .argument("<wire>")
    .option("--refuse", "拒绝连接")
    .option("--no-refuse", "接受连接")
    .option("--up-delay <ms>", "发出延迟", numberOf)
    .option("--up-jitter <ms>", "发出抖动", numberOf)
    .option("--down-delay <ms>", "返回延迟", numberOf)
    .option("--down-jitter <ms>", "返回抖动", numberOf)
    .addOption(
      new Option("--lose <direction>", "丢掉一个或两个方向").choices([
        "up",
        "down",
        "both",
        "none",
      ]),
    )
    .option("--truncate <direction:bytes>", "传这么多字节后断开", truncateOf)
    .addOption(
      new Option("--reset <when>", "对方收到前或收到后重置").choices(["before", "after", "none"]),
    )
    .option("--duplicate <ms>", "过这么久把请求再发一遍", numberOf)
    .option("--bandwidth <bytes-per-s>", "带宽，0 为不限", numberOf)
    .option("--next <count>", "只管随后这么多个连接", numberOf);
