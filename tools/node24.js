// Where the Node 24 is that the lock file brings, and what npm has to be told so that it brings all of it.
// Plain JavaScript: it runs on the system's own Node (18 or later) before Node 24 is there.
import { existsSync } from "node:fs";
import { join } from "node:path";

const majorMin = 24;

/** @param {string} version as Node itself writes it: v24.21.0 or 24.21.0 */
export const isNewEnough = (version) => Number(version.replace(/^v/, "").split(".")[0]) >= majorMin;

/**
 * The package that holds Node for a system.
 * @param {string} platform
 * @param {string} arch
 */
export const packageOf = (platform, arch) =>
  `node-${platform === "win32" ? "win" : platform}-${arch}`;

/**
 * Node's program in that package. Never by node_modules/.bin: four packages share the name `node`, and npm 10 links none.
 * @param {string} folder where node_modules is
 * @param {string} platform
 * @param {string} arch
 */
export const programIn = (folder, platform, arch) =>
  join(
    folder,
    "node_modules",
    packageOf(platform, arch),
    "bin",
    platform === "win32" ? "node.exe" : "node",
  );

/**
 * The packaged Node of this checkout, if it is there.
 * @param {string} root
 */
export function packagedNode(root) {
  const path = programIn(root, process.platform, process.arch);
  return existsSync(path) ? path : null;
}

/**
 * @typedef {{ version?: string, optional?: boolean, os?: string | string[], cpu?: string | string[],
 *   libc?: string | string[] }} LockedPackage
 * @typedef {{ packages: Record<string, LockedPackage> }} Lock
 * @typedef {{ platform: string, arch: string, libc: string }} Computer
 */

/** What this computer is, in npm's words. */
export function thisComputer() {
  // Only glibc says its version here: whatever else a Linux runs on is musl.
  const report = /** @type {{ header?: { glibcVersionRuntime?: string } }} */ (
    process.platform === "linux" ? process.report.getReport() : {}
  );
  const libc = report.header?.glibcVersionRuntime === undefined ? "musl" : "glibc";
  return { platform: process.platform, arch: process.arch, libc };
}

/**
 * @param {string | string[] | undefined} list npm's way: names that fit, or `!name` for one that doesn't
 * @param {string} name
 */
function lists(list, name) {
  if (list === undefined) return true;
  const names = [list].flat();
  if (names.includes(`!${name}`)) return false;
  return names.includes(name) || names.every((one) => one.startsWith("!"));
}

/**
 * Whether npm installed what the lock file says: all that is needed everywhere, and what is made for this computer. npm
 * leaves such a package out without a word when its `engines` don't fit the Node that npm happens to run on.
 * @param {Lock} wanted package-lock.json
 * @param {Lock} have node_modules/.package-lock.json
 * @param {Computer} computer
 */
export const matchesLock = (wanted, have, { platform, arch, libc }) =>
  Object.entries(wanted.packages).every(([path, one]) => {
    if (path === "" || have.packages[path]?.version === one.version) return true;
    if (!one.optional) return false;
    const isMadeForSome = one.os !== undefined || one.cpu !== undefined;
    const isForThis = lists(one.os, platform) && lists(one.cpu, arch);
    return !isMadeForSome || !isForThis || (platform === "linux" && !lists(one.libc, libc));
  });

/**
 * A lock file of one package only, so that npm brings Node 24 first and exactly as locked. Null: no such package.
 * @param {Lock} lock
 * @param {string} name
 */
export function lockOfOne(lock, name) {
  const entry = lock.packages[`node_modules/${name}`];
  if (entry?.version === undefined) return null;
  const { optional: _, ...locked } = entry;
  const manifest = { private: true, dependencies: { [name]: entry.version } };
  const packages = { "": manifest, [`node_modules/${name}`]: locked };
  return { manifest, lock: { lockfileVersion: 3, requires: true, packages } };
}

/**
 * How to run npm on a given Node: its own script where npm started us, since its first line may name another Node.
 * @param {string} node
 * @param {string | undefined} execPath npm_execpath
 * @param {boolean} windows
 */
export function npmOn(node, execPath, windows) {
  if (execPath !== undefined && /[\\/]np[mx]-cli\.js$/.test(execPath))
    return { program: node, args: [execPath.replace(/npx-cli\.js$/, "npm-cli.js")], shell: false };
  return { program: windows ? "npm.cmd" : "npm", args: [], shell: windows };
}
