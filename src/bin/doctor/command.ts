import { Command } from "commander";
import { defaultData } from "../data-folder.ts";
import { doctor } from "./doctor.ts";

export const doctorCommand = (): Command =>
  new Command("doctor")
    .description(
      "自检：这套安装哪里不对，该怎么办；收银程序没启动也能用 (what is wrong with this installation, and what to do)",
    )
    .option("--data <folder>", "数据目录 (data folder)", defaultData)
    .option(
      "--alipay-config <file>",
      "支付宝配置文件 (real Alipay settings; also CHUPIAO_ALIPAY_CONFIG)",
    )
    .option(
      "--port <number>",
      "没在运行时检查这个端口 (the port to look at while none runs)",
      "7080",
    )
    .option("--json", "输出一个 JSON 对象 (print one JSON object)")
    .action(doctor);
