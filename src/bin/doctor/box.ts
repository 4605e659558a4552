/** The running box of this folder, if there is one: found by what it wrote about itself, and asked by its API. */
import { readAlive } from "../../adapters/probe/computer/sign-of-life.ts";
import type { DiagnosisView } from "../../core/diagnosis/view.ts";
import type { ProviderIdentity } from "../../core/payment/provider-identity.ts";
import { DOCTOR_DETAILS } from "../../core/text/doctor.ts";
import { fill } from "../../core/text/text.ts";
import { type DoctorLine, well, wrong } from "./line.ts";

export interface Found {
  readonly line: DoctorLine;
  /** Null: none runs, or it doesn't answer. */
  readonly url: string | null;
  /** Whose money it takes; null where it doesn't say: a terminal, an older version, or none runs. */
  readonly account: ProviderIdentity | null;
}

const timeoutMs = 5_000;

export async function findBox(data: string): Promise<Found> {
  const alive = readAlive(data);
  const stopped = { line: well("box", DOCTOR_DETAILS.box_stopped), url: null, account: null };
  if (alive === null || alive.clean || alive.url === null) return stopped;
  const { url } = alive;
  const said = await asked<Version>(url, "/api/version");
  if (said !== null) {
    const words = fill(DOCTOR_DETAILS.box_running, { url, version: said.version });
    return { line: well("box", words), url, account: said.account ?? null };
  }
  if (!isAlive(alive.pid)) return stopped;
  return { line: wrong("box", `${alive.pid} ${url}`), url: null, account: null };
}

interface Version {
  readonly version: string;
  readonly account?: ProviderIdentity | null;
}

/** What the box itself has found out by now. What is over was a sale's, and no fault of the installation. */
export async function diagnosisOf(url: string): Promise<readonly DoctorLine[]> {
  const view = await asked<DiagnosisView>(url, "/api/diagnosis");
  if (view === null) return [];
  const findings = view.families.flatMap(({ findings: all }) => all.filter(({ over }) => !over));
  if (findings.length === 0) return [well("diagnosis")];
  return findings.map((one) => ({
    ...(one.verdict === "confirmed" ? wrong("diagnosis", one.title) : well("diagnosis", one.title)),
    text: one.title,
    todo: one.next_step,
  }));
}

export async function printerOfBox(url: string): Promise<DoctorLine | null> {
  const view = await asked<{ readonly condition: string | null; readonly heard?: string }>(
    url,
    "/api/printer",
  );
  if (view === null) return null;
  const { condition, heard } = view;
  // An older box doesn't say what stands behind it.
  if (condition === null && heard !== undefined && heard !== "now")
    return well("printer", DOCTOR_DETAILS.printer_untold);
  const words = fill(DOCTOR_DETAILS.printer_box, { condition: condition ?? "ok" });
  return condition === null || condition === "no_printer"
    ? well("printer", words)
    : wrong("printer", words);
}

async function asked<T>(url: string, path: string): Promise<T | null> {
  try {
    const reply = await fetch(`${url}${path}`, { signal: AbortSignal.timeout(timeoutMs) });
    return reply.ok ? ((await reply.json()) as T) : null;
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
