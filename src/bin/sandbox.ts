/** `chupiao sandbox`: starts the outside world, and steers one that runs. */
import { Command, Option } from "commander";
import { faultCommand } from "./sandbox/fault.ts";
import { printerCommand } from "./sandbox/printer.ts";
import type { StartOptions } from "./sandbox/start.ts";
import { numberOf } from "./sandbox/number.ts";
import * as steer from "./sandbox/steer.ts";
import { addTarget, defaultPort, targetOf } from "./sandbox/target.ts";
import { feedCommand } from "./sandbox/feed.ts";
import { netCommand } from "./sandbox/net.ts";
import { wireCommand } from "./sandbox/wire.ts";

export function sandboxCommand(): Command {
  const command = addTarget(new Command("sandbox"))
    .description(
      "沙盒：不联网的支付宝替身。不带子命令时启动 (the outside world on loopback; starts without a subcommand)",
    )
    .option("--port <n>", `页面与控制的端口，默认 ${defaultPort}，0 任意 (page and control)`)
    .option("--gateway-port <n>", "支付宝网关的端口，默认 7082，0 任意 (gateway)")
    .option("--printer-port <n>", "打印机的端口，默认 9100，0 任意 (printer)")
    .option("--gateway-wire-port <n>", "网关前线路的端口，默认任意 (wire in front of the gateway)")
    .option(
      "--printer-wire-port <n>",
      "打印机前线路的端口，默认任意 (wire in front of the printer)",
    )
    .addOption(
      new Option(
        "--printer-profile <name>",
        "打印机能证明多少，默认 epson (what the printer can prove)",
      ).choices(["epson", "clone", "mute"]),
    )
    .addOption(new Option("--paper <mm>", "纸宽，默认 80 (paper width)").choices(["58", "80"]))
    .addOption(
      new Option(
        "--owner-pid <n>",
        "为它启动沙盒的收银程序：沙盒随它结束，被杀时 10 分钟后 (the box it is started for: ends with it, 10 minutes after a kill)",
      ),
    )
    // The servers are loaded only where they run: the box is a program of its own.
    .action(async (options: StartOptions) => (await import("./sandbox/start.ts")).start(options));
  for (const one of [...looking(), ...acting()]) command.addCommand(one);
  command.addCommand(faultCommand());
  command.addCommand(printerCommand());
  command.addCommand(wireCommand());
  command.addCommand(netCommand());
  command.addCommand(feedCommand());
  return command;
}

const named = (name: string, text: string): Command =>
  addTarget(new Command(name).description(text));

const looking = (): readonly Command[] => [
  named("env", "连接参数：网关、应用号、密钥、证书 (what an Alipay client needs)").action(
    (_own, command: Command) => steer.env(targetOf(command)),
  ),
  named("wallets", "钱包 (the customers' wallets)").action((_own, command: Command) =>
    steer.wallets(targetOf(command)),
  ),
  named("trades", "网关记录的交易 (the gateway's trades)")
    .option("--limit <n>", "最多几笔，默认 50 (how many; default 50)")
    .action((_own, command: Command) => steer.trades(targetOf(command))),
  named("counters", "请求计数 (request counters)").action((_own, command: Command) =>
    steer.counters(targetOf(command)),
  ),
];

const acting = (): readonly Command[] => [
  named("code", "一个新的付款码，一分钟内有效，只能用一次 (a fresh payment code)")
    .option("--wallet <name>", "谁的钱包，默认第一个 (whose; default the first)")
    .action((_own, command: Command) => steer.code(targetOf(command))),
  named("wallet", "改一个钱包 (changes a wallet)")
    .argument("<name>", "名字，见 wallets (a name of wallets)")
    .option("--balance <yuan>", "余额 (balance)")
    .option("--day-limit <yuan>", "每日限额，none 为不限 (limit of a day, or none)")
    .option("--state <state>", "normal、frozen、face_to_face_off … (state)")
    .action((name: string, _own, command: Command) => steer.wallet(name, targetOf(command))),
  named("confirm", "顾客输入密码 (the customer types the password)")
    .argument("<order-no>", "商户订单号 (out_trade_no)")
    .action((number: string, _own, command: Command) => steer.confirm(number, targetOf(command))),
  named("refuse", "顾客取消输密码 (the customer closes the password page)")
    .argument("<order-no>", "商户订单号 (out_trade_no)")
    .action((number: string, _own, command: Command) => steer.refuse(number, targetOf(command))),
  named("scan", "顾客扫二维码 (the customer scans a QR code)")
    .argument("<qr-code>", "二维码内容或商户订单号 (its text, or out_trade_no)")
    .option("--wallet <name>", "谁的手机，默认第一个 (whose phone; default the first)")
    .option("--look", "只扫不付 (scans without paying)")
    .action((code: string, _own, command: Command) => steer.scan(code, targetOf(command))),
  named("gateway", "整个网关的状态 (the whole gateway's mode)")
    .argument("<mode>", "up、down、blackhole、maintenance、portal")
    .option("--seconds <n>", "几秒后自动恢复 (comes back by itself)", numberOf)
    .action((mode: string, _own, command: Command) => steer.gateway(mode, targetOf(command))),
];
