/** `chupiao sandbox net …`: the shop's network and computer, and what is wrong with them. */
import { Command, Option } from "commander";
import { cardStates, nameServerModes, spotModes } from "../../sandbox/servers/net/modes.ts";
import type { NetChange, NetState } from "../../sandbox/servers/net/net.ts";
import { InputError, print } from "../output.ts";
import { numberOf } from "./number.ts";
import { addTarget, reach, targetOf, type SandboxTarget } from "./target.ts";

interface SetOptions extends SandboxTarget {
  readonly cable?: NetChange["cable"];
  readonly wifi?: NetChange["wifi"];
  readonly wifiSignal?: number;
  readonly router?: NetChange["router"];
  readonly internet?: NetChange["internet"];
  readonly dns?: NetChange["dns"];
  readonly dnsDelay?: number;
  readonly dnsLoss?: number;
  readonly memoryFree?: number;
  readonly diskFree?: number;
  readonly diskReal?: boolean;
  readonly undervoltage?: boolean;
}

/** `net`, to be added to `chupiao sandbox`. */
export function netCommand(): Command {
  const net = new Command("net").description(
    "沙盒里的店内网络和电脑：网线、路由器、域名、外网、内存、磁盘、供电 (the shop's network and computer)",
  );
  const add = (name: string, help: string): Command => {
    const command = addTarget(new Command(name).description(help));
    net.addCommand(command);
    return command;
  };
  add("show", "现在的状态 (how it is now)").action((_own, command: Command) =>
    show(targetOf(command), "GET", ""),
  );
  setOptions(add("set", "改动，没写的不变 (changes; the rest stays)")).action(
    (_own, command: Command) => {
      const options = targetOf<SetOptions>(command);
      return show(options, "POST", "", changeOf(options));
    },
  );
  add(
    "restart",
    "收银电脑算作刚刚开机，用在杀死收银程序之后 (the till computer counts as just started; for after a kill)",
  ).action((_own, command: Command) => show(targetOf(command), "POST", "/restart", {}));
  add("calm", "全部恢复正常 (all well again)").action((_own, command: Command) =>
    show(targetOf(command), "POST", "/calm", {}),
  );
  return net;
}

const setOptions = (command: Command): Command =>
  command
    .addOption(new Option("--cable <state>", "网线 (cable)").choices(cardStates))
    .addOption(new Option("--wifi <state>", "无线网卡 (Wi-Fi card)").choices(cardStates))
    .option("--wifi-signal <dbm>", "无线信号，例如 -85 (signal in dBm)", Number)
    .addOption(new Option("--router <mode>", "路由器 (router)").choices(spotModes))
    .addOption(new Option("--internet <mode>", "外网 (what lies beyond it)").choices(spotModes))
    .addOption(new Option("--dns <mode>", "域名服务器 (name server)").choices(nameServerModes))
    .option("--dns-delay <ms>", "域名应答延迟 (its delay)", numberOf)
    .option("--dns-loss <percent>", "域名应答丢失 (its loss)", numberOf)
    .option("--memory-free <mb>", "可用内存 (free memory)", numberOf)
    .option("--disk-free <mb>", "磁盘剩余 (room on the disk)", numberOf)
    .option("--disk-real", "磁盘按真实情况 (what the real disk has)")
    .option("--undervoltage", "供电不足 (the supply sags)")
    .option("--no-undervoltage", "供电正常 (the supply is well)");

function changeOf(options: SetOptions): NetChange {
  const change = {
    cable: options.cable,
    wifi: options.wifi,
    wifi_signal_dbm: options.wifiSignal,
    router: options.router,
    internet: options.internet,
    dns: options.dns,
    dns_delay_ms: options.dnsDelay,
    dns_loss_percent: options.dnsLoss,
    memory_free_mb: options.memoryFree,
    disk_free_mb: options.diskReal === true ? null : options.diskFree,
    undervoltage: options.undervoltage,
  };
  const given = Object.entries(change).filter(([, value]) => value !== undefined);
  if (given.length > 0) return Object.fromEntries(given) as NetChange;
  throw new InputError("nothing_to_change", {
    zh: "没有写要改什么。例如 chupiao sandbox net set --router silent。",
    en: "Say what to change, e.g. chupiao sandbox net set --router silent.",
  });
}

async function show(
  target: SandboxTarget,
  method: "GET" | "POST",
  path: string,
  body?: object,
): Promise<void> {
  const reply = await reach(target, method, `/net${path}`, body);
  const state = (await reply.json()) as NetState;
  print(target, state, () => words(state));
}

const words = (state: NetState): string =>
  [
    `网线 cable ${state.cable}  无线 Wi-Fi ${state.wifi} (${state.wifi_signal_dbm} dBm)`,
    `路由器 router ${state.router}  外网 internet ${state.internet}  域名 DNS ${state.dns} (+${state.dns_delay_ms} ms, ${state.dns_loss_percent} %)`,
    `内存 memory ${state.memory_free_mb} MB  磁盘 disk ${state.disk_free_mb === null ? "真实 real" : `${state.disk_free_mb} MB`}  供电 supply ${state.undervoltage ? "不足 low" : "正常 well"}`,
    state.line_open ? "支付能通 (payments get through)" : "支付不通 (payments don't get through)",
  ].join("\n");
