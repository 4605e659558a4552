/** Runtime, packages, pages, folder and disk: what must hold before anything else can work. Needs no package. */
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  rmSync,
  statfsSync,
  writeSync,
} from "node:fs";
import { createServer } from "node:net";
import { dirname, join, resolve } from "node:path";
import {
  checkOwnVersion,
  checkPages,
  checkRuntime,
  type Checked,
} from "../../adapters/probe/check/checks.ts";
import { DOCTOR_DETAILS } from "../../core/text/doctor.ts";
import type { DoctorCheck } from "../../core/text/doctor.ts";
import { bytesText } from "../../core/text/evidence.ts";
import { pagesFolder } from "../pages.ts";
import { codeOf, type DoctorLine, well, wrong } from "./line.ts";

const programFolder = resolve(import.meta.dirname, "../../..");

interface Package {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
}

const ownPackage = (): Package =>
  JSON.parse(readFileSync(join(programFolder, "package.json"), "utf8")) as Package;

const lineOf = (check: DoctorCheck, { good, detail }: Checked): DoctorLine =>
  good ? well(check, detail) : wrong(check, detail);

/** `wanted`: of the settings, where they can be read. */
export function installation(wanted: string | null): readonly DoctorLine[] {
  const { version, dependencies } = ownPackage();
  const missing = Object.keys(dependencies).filter(
    (name) => !existsSync(join(programFolder, "node_modules", name, "package.json")),
  );
  return [
    lineOf("runtime", checkRuntime(process.versions)),
    lineOf("packages", { good: missing.length === 0, detail: missing.join(", ") }),
    lineOf("version", checkOwnVersion(version, wanted)),
    lineOf("pages", checkPages(pagesFolder)),
  ];
}

const roomBytesMin = 64 * 1_048_576;

/** A folder that isn't there yet is judged by the one that it will stand in. */
export function folderAndDisk(data: string): readonly DoctorLine[] {
  const isThere = existsSync(data);
  let folder = data;
  while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder);
  try {
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    return [wrong("folder", `${folder} ${codeOf(error)}`)];
  }
  const there = isThere ? well("folder", data) : well("folder", DOCTOR_DETAILS.folder_new);
  return [there, room(folder), takesData(folder)];
}

function room(folder: string): DoctorLine {
  const { bavail, bsize } = statfsSync(folder);
  const bytes = bavail * bsize;
  return bytes < roomBytesMin ? wrong("room", bytesText(bytes)) : well("room", bytesText(bytes));
}

const probeBytes = 65_536;

function takesData(folder: string): DoctorLine {
  const path = join(folder, `doctor-${process.pid}.probe`);
  try {
    const beganMs = performance.now();
    const file = openSync(path, "w", 0o600);
    try {
      writeSync(file, Buffer.alloc(probeBytes));
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    return well("disk", `${Math.round((performance.now() - beganMs) * 10) / 10} ms`);
  } catch (error) {
    return wrong("disk", codeOf(error));
  } finally {
    rmSync(path, { force: true });
  }
}

/** Whether the box could listen there; only asked where none runs. */
export function portIsFree(port: number): Promise<DoctorLine> {
  const server = createServer();
  return new Promise((done) => {
    server.once("error", (error) => done(wrong("port", `${port} ${codeOf(error)}`)));
    server.listen(port, "127.0.0.1", () => server.close(() => done(well("port", String(port)))));
  });
}
