/**
 * `chupiao doctor`: what is wrong with this installation, and what to do. Readable before anything else works: without a
 * running box, with wrong settings, on a full disk, with a damaged journal, and even without its packages.
 */
import { resolve } from "node:path";
import { sandboxIdentity } from "../../core/payment/provider-identity.ts";
import { DOCTOR_DETAILS, DOCTOR_TEXT } from "../../core/text/doctor.ts";
import { diagnosisOf, findBox, type Found, printerOfBox } from "./box.ts";
import { folderAndDisk, installation, portIsFree } from "./computer.ts";
import { codeOf, type DoctorLine, well, wrong } from "./line.ts";
import { storesOf } from "./stores.ts";

export interface DoctorOptions {
  readonly data: string;
  readonly alipayConfig?: string;
  readonly port?: string;
  readonly json?: boolean;
}

/** Prints what it found. Exit 0: all is well; 1: something is wrong. */
export async function doctor(options: DoctorOptions): Promise<void> {
  const lines = await examine(options);
  const ok = lines.every((one) => one.good);
  process.exitCode = ok ? 0 : 1;
  if (options.json === true) return console.log(JSON.stringify({ ok, checks: lines }));
  console.log(lines.map(words).join("\n"));
  return console.log(
    ok
      ? "全部正常。(All is well.)"
      : "有问题，请按上面的提示处理。(Something is wrong; do what stands above.)",
  );
}

function words({ check, good, text, todo }: DoctorLine): string {
  const { name } = DOCTOR_TEXT[check];
  const line = `${good ? "✓" : "✗"} ${name.zh} ${name.en}：${text.zh}${text.en === text.zh ? "" : ` (${text.en})`}`;
  return todo === null ? line : `${line}\n  → ${todo.zh} (${todo.en})`;
}

const defaultPort = 7080;

async function examine(options: DoctorOptions): Promise<readonly DoctorLine[]> {
  const data = resolve(options.data);
  const box = await findBox(data);
  const stores = storesOf(data, box.url !== null);
  const outside = await outsideOf(data, box, options.alipayConfig);
  return [
    ...installation(outside.wanted),
    ...folderAndDisk(data),
    ...outside.settings,
    box.line,
    ...(box.url === null ? [await portIsFree(Number(options.port ?? defaultPort))] : []),
    ...stores,
    ...outside.lines,
    ...(box.url === null ? [] : await diagnosisOf(box.url)),
  ];
}

interface Outside {
  readonly wanted: string | null;
  readonly settings: readonly DoctorLine[];
  readonly lines: readonly DoctorLine[];
}

/** What needs packages is left out where they are missing: that is said by a line of its own. */
async function outsideOf(
  data: string,
  { url, account }: Pick<Found, "url" | "account">,
  alipayConfig: string | undefined,
): Promise<Outside> {
  let part: typeof import("./outside.ts");
  try {
    part = await import("./outside.ts");
  } catch (error) {
    const missing = codeOf(error) === "ERR_MODULE_NOT_FOUND";
    return { wanted: null, settings: missing ? [] : [wrong("packages", codeOf(error))], lines: [] };
  }
  const settings = part.settingsOf(data);
  const keys = part.keysOf(alipayConfig);
  const isDemo = keys.alipay === null;
  const { config } = settings;
  const training = config?.training === true;
  const identity = training ? sandboxIdentity : keys.identity;
  const whose = part.whoseLines(
    { data, identity, training },
    keys,
    url === null ? "rest" : account,
  );
  const lines: DoctorLine[] = [];
  const ofBox = url === null ? null : await printerOfBox(url);
  if (ofBox !== null) lines.push(ofBox);
  else if (config !== null) lines.push(await part.printerLine(config, isDemo));
  if (url !== null) lines.push(well("network", DOCTOR_DETAILS.network_box));
  else if (config !== null) lines.push(...(await part.networkLines(config, keys.alipay)));
  if (keys.alipay !== null) lines.push(await part.providerLine(keys.alipay));
  return {
    wanted: config?.wanted_version ?? null,
    settings: [settings.line, ...whose],
    lines,
  };
}
