/** `chupiao operator`: who may sell, who may refund, and who is at the till. */
import { Command } from "commander";
import type { TillView } from "../core/till/view.ts";
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
      print(options, answer, () => wordsOf(what, answer));
    },
  );
}

const ROLE: Readonly<Record<OperatorRow["role"], string>> = {
  cashier: "收银员 cashier",
  owner: "店主 owner",
};

/** `list` and `set` answer with everybody, signing on and off with the till as it then stands. */
function wordsOf(what: string, answer: OperatorAnswer): string {
  if ("data" in answer)
    return answer.data
      .map(
        (one) =>
          `${one.no}  ${one.name}  ${ROLE[one.role]}  ${one.has_pin ? "有 PIN (has a PIN)" : "没有 PIN (no PIN)"}`,
      )
      .join("\n");
  const { operator } = answer;
  if (operator === null) return "已签退，现在没有人当班 (signed off; nobody is on duty)";
  const done = what === "sign-on" ? "已签到 signed on" : onDutyWithoutPin;
  return `${done}：${operator.no} ${operator.name} ${ROLE[operator.role]}`;
}

const onDutyWithoutPin =
  "没有设 PIN，不用签到签退；现在当班 (no PIN is set, so nobody signs on or off; on duty)";

type OperatorAnswer = { readonly data: readonly OperatorRow[] } | Pick<TillView, "operator">;

interface OperatorOptions extends Target {
  readonly name?: string;
  readonly role?: string;
  readonly pin: boolean;
}

async function operatorAnswer(
  what: string,
  no: string | undefined,
  options: OperatorOptions,
): Promise<OperatorAnswer> {
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
): Promise<OperatorAnswer> {
  if (options.role !== undefined && options.role !== "cashier" && options.role !== "owner")
    throw wrong(
      "没有改动：--role 只能是 cashier 或 owner。",
      "Nothing was changed: --role is cashier or owner.",
    );
  if (no === undefined || !/^\w{1,10}$/.test(no))
    throw wrong(
      "没有改动：请写操作员编号，例如 02。",
      "Nothing was changed: write the operator's number, e.g. 02.",
    );
  if (pin !== undefined && options.pin && !/^\d{4,8}$/.test(pin))
    throw wrong(
      "没有改动：PIN 要是 4 到 8 位数字。",
      "Nothing was changed: a PIN has 4 to 8 digits.",
    );

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

const wrong = (zh: string, en: string): InputError => new InputError("bad_request", { zh, en });
