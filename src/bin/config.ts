/** The box's settings: DATA/config.json, checked whole, with defaults that make a demo work at once. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { issueText } from "./config-words.ts";
import { InputError } from "./output.ts";
import { type Fen, parseYuan } from "../core/money/money.ts";

/** What a probe found can be set right by hand, field by field. */
const profile = z
  .strictObject({
    columns: z.number().int().min(16).max(64),
    dots: z.number().int().min(200).max(900),
    cutter: z.boolean(),
    processId: z.boolean(),
    realtimeStatus: z.boolean(),
    automaticStatus: z.boolean(),
    inOrderStatus: z.boolean(),
    cutCounter: z.boolean(),
    bufferClear: z.boolean(),
    gb18030: z.boolean(),
    nativeQr: z.boolean(),
  })
  .partial();

function yuan(text: string, context: z.RefinementCtx): Fen {
  const amount = parseYuan(text);
  if (typeof amount === "number") return amount;
  context.addIssue({
    code: "custom",
    message: 'yuan as a text, e.g. "50000.00" (写成 50000.00 这样的元)',
  });
  return z.NEVER;
}

const printer = z.strictObject({
  /** tcp://host:port, serial:///dev/ttyUSB0?baud=9600, device:///dev/usb/lp0; null: the sandbox's, or none. */
  address: z.string().nullable().default(null),
  paper_mm: z.union([z.literal(58), z.literal(80)]).default(80),
  trust_mute: z.boolean().default(false),
  shared: z.boolean().default(false),
  profile: profile.prefault({}),
});

/** "192.168.1.1:80" */
const spot = z.string().regex(/^[\w.-]{1,253}:\d{1,5}$/);

/** What diagnosis looks at besides what the system itself tells. */
const probes = z.strictObject({
  /** Where the router answers; null: the system's default routers, on their usual ports. */
  router: z.array(spot).max(4).nullable().default(null),
  /** Name servers, "192.168.1.1" or "192.168.1.1:53"; null: the system's. */
  dns: z
    .array(z.string().regex(/^[\w.:-]{1,80}$/))
    .max(3)
    .nullable()
    .default(null),
  /** The name that they are asked for; null: the provider's or the hub's host. */
  dns_name: z
    .string()
    .regex(/^[\w.-]{1,253}$/)
    .nullable()
    .default(null),
  /** Addresses that stand for the internet; none: nothing but the provider is ever contacted. */
  internet: z.array(spot).max(4).default([]),
  /** Ask for what is far away on every path, not only on the one in use. */
  all_paths: z.boolean().default(false),
  /** Seconds between two harmless signed queries while nothing is wrong. */
  provider_every_s: z.number().min(5).max(3600).default(60),
  /** A tree that stands for /proc and /sys. */
  system_root: z.string().nullable().default(null),
});

/** Qualifications and notices. */
const records = z.strictObject({
  /** A file or an http(s) address. */
  feed: z.string().min(1).max(500).nullable().default(null),
  feed_every_s: z.number().min(1).max(86_400).default(300),
  expiring_days: z.number().int().min(0).max(365).default(30),
});

const schema = z.strictObject({
  merchant: z
    .strictObject({
      id: z
        .string()
        .regex(/^\w{1,32}$/)
        .default("M1"),
      name: z.string().min(1).max(40).default("瑞福便利店"),
      no: z.string().max(15).default(""),
    })
    .prefault({}),
  store: z
    .strictObject({
      id: z
        .string()
        .regex(/^\w{1,32}$/)
        .default("S01"),
      name: z.string().max(40).default("人民广场店"),
      address: z.string().max(80).default(""),
      phone: z.string().max(30).default(""),
    })
    .prefault({}),
  terminal: z
    .strictObject({
      id: z
        .string()
        .regex(/^[A-Za-z0-9]{1,8}$/)
        .default("T01"),
    })
    .prefault({}),
  printer: printer.prefault({}),
  /** Where a customer's phone reaches this box, e.g. http://192.168.1.20:7080; null: no electronic receipt is offered. */
  receipt_base: z.url().nullable().optional(),
  /** Of whoever looks after this installation: shown when help is called. */
  service_phone: z.string().max(30).nullable().default(null),
  merchant_copy: z.boolean().default(false),
  /** The most that one sale may be for, in yuan: a slip of the finger is refused before it is charged. */
  amount_max: z.string().default("50000.00").transform(yuan),
  confirm_paid: z.enum(["before_receipt", "background", "off"]).default("background"),
  probes: probes.prefault({}),
  records: records.prefault({}),
  /** The oldest version that may run here, e.g. "0.2.0"; null: any. */
  wanted_version: z
    .string()
    .regex(/^\d+\.\d+\.\d+$/)
    .nullable()
    .default(null),
  /** People learn on this box: the sandbox whatever keys there are, and every screen and paper says so. */
  training: z.boolean().default(false),
  /** Divides every waiting time; for training and tests with the sandbox only. */
  time_factor: z.number().min(1).max(1000).default(1),
});

export type BoxConfig = z.output<typeof schema>;

/** Throws with every wrong field named and what it should be. */
export function readBoxConfig(data: string): BoxConfig {
  const path = join(data, "config.json");
  if (!existsSync(path)) return schema.parse({});
  const read = schema.safeParse(parsed(path));
  if (read.success) return read.data;
  const lines = read.error.issues.map(issueText);
  throw new InputError("config_wrong", {
    zh: `${path} 有不对的设置，没有启动：\n${lines.map((one) => `  ${one.zh}`).join("\n")}`,
    en: `${path} has wrong settings, so nothing was started:\n${lines.map((one) => `  ${one.en}`).join("\n")}`,
  });
}

/** Of a hub, or a till whose hub is elsewhere: what they would mix is real money and play money. */
export function refuseTraining({ training }: BoxConfig): void {
  if (!training) return;
  throw new InputError("config_wrong", {
    zh: "config.json 的 training 只用于一体机，没有启动。请删掉这一项；培训用 chupiao start --training，另用一个数据目录。",
    en: "training in config.json is for a box by itself, so nothing was started. Take it out; for training run chupiao start --training in a folder of its own.",
  });
}

function parsed(path: string): unknown {
  let text: string;
  try {
    // Editors of Windows put an invisible mark before the first character.
    text = readFileSync(path, "utf8").replace(/^\uFEFF/, "");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    const isFolder = code === "EISDIR";
    throw new InputError("config_wrong", {
      zh: `${path} ${isFolder ? "是一个文件夹，要是文件" : `读不了（${code}）`}，没有启动。请改正后再启动。`,
      en: `${path} ${isFolder ? "is a folder and must be a file" : `can't be read (${code})`}, so nothing was started. Correct it and start again.`,
    });
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    const at = /position (\d+)/.exec(String(error))?.[1];
    const line = at === undefined ? null : text.slice(0, Number(at)).split("\n").length;
    throw new InputError("config_wrong", {
      zh: `${path} 不是有效的 JSON${line === null ? "" : `，错在第 ${line} 行`}，没有启动。请看引号、逗号和括号。`,
      en: `${path} is no valid JSON${line === null ? "" : `; the fault is on line ${line}`}, so nothing was started. Look at quotes, commas and brackets.`,
    });
  }
}
