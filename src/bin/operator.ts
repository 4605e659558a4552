/** `chupiao operator`: who may sell, who may refund, and who is at the till. */
import { Command } from "commander";
import type { OperatorRow } from "../ports/till.ts";
import { get, post, type Target } from "./client.ts";
import { addTarget, InputError, print } from "./output.ts";

export function operatorCommand(): Command {
  const command = new Command("operator")
    .description("操作员 (operators)")
    .argument("<list|set|sign-on|sign-off>")
    .argument("[no]")
    .option("--name <name>", "姓名")
    .option("--role <cashier|owner>", "角色 (role; a new one is a cashier)")
    .option("--no-pin", "去掉 PIN (take the PIN away)");
  command.addHelpText(
    "after",
    "\nPIN 从环境变量 CHUPIAO_PIN 读取 (the PIN is read from CHUPIAO_PIN, never from the command line)。没有给出的保持不变 (what isn't given stays as it is)",
  );
  return addTarget(command).action(
    async (what: string, no: string | undefined, options: OperatorOptions) => {
      const answer = await operatorAnswer(what, no, options);
      print(options, answer, () => JSON.stringify(answer, null, 2));
    },
  );
}

interface OperatorOptions extends Target {
  readonly name?: string;
  readonly role?: string;
  readonly pin: boolean;
}

async function operatorAnswer(
  what: string,
  no: string | undefined,
  options: OperatorOptions,
): Promise<unknown> {
  const pin = process.env["CHUPIAO_PIN"];
  switch (what) {
    case "list":
      return get(options, "/api/operators");
    case "set":
      return setOperator(no, options, pin);
    case "sign-on":
      return post(options, "/api/sign-on", { operator_no: no, pin: pin ?? "" });
    case "sign-off":
      return post(options, "/api/sign-off");
    default:
      throw new InputError("bad_request", {
        zh: "请写 list、set、sign-on 或 sign-off。",
        en: "Write list, set, sign-on or sign-off.",
      });
  }
}

/** What isn't said about an operator that exists stays: name, role and PIN. */
async function setOperator(
  no: string | undefined,
  options: OperatorOptions,
  pin: string | undefined,
): Promise<unknown> {
  const { data } = await get<{ data: readonly OperatorRow[] }>(options, "/api/operators");
  const known = data.find((one) => one.no === no);
  const change = !options.pin ? { pin: null } : pin === undefined ? {} : { pin };
  return post(options, "/api/operators", {
    no,
    name: options.name ?? known?.name ?? no,
    role: options.role ?? known?.role ?? "cashier",
    ...change,
  });
}
