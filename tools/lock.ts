/**
 * Completes package-lock.json after `npm install`. npm leaves out platform packages that the registry it asked doesn't
 * have, and then refuses its own lock file in `npm ci`. They are written in with their version, system and processor:
 * where they fit, npm fetches them; everywhere else they are passed over.
 *   node tools/lock.ts          writes
 *   node tools/lock.ts --check  only says whether something is missing
 */
import { readFileSync, writeFileSync } from "node:fs";

interface Locked {
  readonly version?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly cpu?: readonly string[];
  readonly os?: readonly string[];
}

interface LockFile {
  packages: Record<string, Locked>;
}

/** What is missing: each platform package that some package may use and that has no entry. */
export function missingFrom(lock: LockFile): Record<string, Locked> {
  const missing: Record<string, Locked> = {};
  for (const [, one] of Object.entries(lock.packages)) {
    for (const [name, version] of Object.entries(one.optionalDependencies ?? {})) {
      const path = `node_modules/${name}`;
      if (lock.packages[path] !== undefined || !/^\d/.test(version)) continue;
      missing[path] = {
        version,
        ...platformOf(name),
        ...(one.dev === true ? { dev: true } : {}),
        optional: true,
      };
    }
  }
  return missing;
}

const systems = [
  "android",
  "darwin",
  "freebsd",
  "linux",
  "openharmony",
  "win32",
  "sunos",
  "openbsd",
  "netbsd",
  "aix",
];
const processors: readonly (readonly [pattern: RegExp, cpu: string])[] = [
  [/arm64|aarch64/, "arm64"],
  [/\barm\b|armv7|arm-/, "arm"],
  [/x64|x86_64/, "x64"],
  [/ia32/, "ia32"],
  [/ppc64/, "ppc64"],
  [/riscv64/, "riscv64"],
  [/s390x/, "s390x"],
  [/loong64/, "loong64"],
  [/wasm32/, "wasm32"],
];

/** Platform packages are named after their platform, e.g. binding-linux-arm64-gnu. */
function platformOf(name: string): {
  readonly cpu?: readonly string[];
  readonly os?: readonly string[];
} {
  const os = systems.find((one) => name.includes(one));
  const cpu = processors.find(([pattern]) => pattern.test(name))?.[1];
  return {
    ...(cpu === undefined ? {} : { cpu: [cpu] }),
    ...(os === undefined ? {} : { os: [os] }),
  };
}

if (import.meta.main) {
  const path = "package-lock.json";
  const lock = JSON.parse(readFileSync(path, "utf8")) as LockFile;
  const missing = missingFrom(lock);
  const names = Object.keys(missing);
  if (process.argv.includes("--check")) {
    console.log(names.length === 0 ? "the lock file is whole" : `missing: ${names.join(", ")}`);
    process.exit(names.length === 0 ? 0 : 1);
  }
  const packages = { ...lock.packages, ...missing };
  lock.packages = Object.fromEntries(
    Object.entries(packages).toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
  writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
  console.log(`${names.length} platform packages written in`);
}
