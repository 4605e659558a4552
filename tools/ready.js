#!/usr/bin/env node
// Makes a fresh checkout ready: packages as the lock file says, the built pages, and for tests a browser.
// Plain JavaScript: it runs on the system's own Node (18 or later) before Node 24 is there.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { delimiter, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { withCompiled } from "./compiled.js";
import {
  isNewEnough,
  lockOfOne,
  matchesLock,
  npmOn,
  packagedNode,
  packageOf,
  programIn,
  thisComputer,
} from "./node24.js";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const forTests = process.argv.includes("--tests");
const forChaos = process.argv.includes("--chaos");
const quiet = process.argv.includes("--quiet");
const windows = process.platform === "win32";
process.chdir(root);

const say = (text) => quiet || console.error(text);
const fail = (text) => {
  console.error(text);
  process.exit(1);
};
const readJson = (path) => {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return null;
  }
};

/** npm writes what it installed to node_modules/.package-lock.json. */
function packagesMatchLock() {
  const wanted = readJson("package-lock.json");
  const have = readJson("node_modules/.package-lock.json");
  return wanted !== null && have !== null && matchesLock(wanted, have, thisComputer());
}

/** `npm ci` in a folder, by an npm that runs on the given Node. No package's script runs, whatever npm's own default is. */
function npmCi(node, folder) {
  const npm = npmOn(node, process.env.npm_execpath, windows);
  const words = ["ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"];
  const done = spawnSync(npm.program, [...npm.args, ...words, "--prefix", folder], {
    stdio: ["ignore", quiet ? "ignore" : 2, 2],
    shell: npm.shell,
    cwd: folder,
    env: { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ""}` },
  });
  if (done.status !== 0)
    fail(
      "npm ci failed; its message above says why (most often: no way to the npm registry). Then run the same command again.",
    );
}

/**
 * npm leaves out what doesn't fit the Node that it runs on, so it has to run on Node 24. Where the system's is older, the
 * one of the lock file comes first, to a place that `npm ci` doesn't clear away.
 */
function installPackages() {
  say("installing packages (npm ci), once, about 30 seconds …");
  if (isNewEnough(process.versions.node)) return npmCi(process.execPath, root);
  const one = lockOfOne(readJson("package-lock.json"), packageOf(process.platform, process.arch));
  if (one === null) return noNode(process.version);
  const folder = join(root, ".build", "node");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify(one.manifest));
  writeFileSync(join(folder, "package-lock.json"), JSON.stringify(one.lock));
  npmCi(process.execPath, folder);
  const node = programIn(folder, process.platform, process.arch);
  if (versionOf(node) === null) return noNode(process.version);
  npmCi(node, root);
  return rmSync(folder, { recursive: true, force: true });
}

const noNode = (found) =>
  fail(
    `Chupiao runs on Node 24; found ${found}, and no packaged Node that runs on ${process.platform}-${process.arch}. Install Node 24 from nodejs.org.`,
  );

/** Null: it isn't there, or it doesn't run here. */
function versionOf(node) {
  const asked = spawnSync(node, ["--version"], { encoding: "utf8" });
  return asked.status === 0 ? asked.stdout.trim() : null;
}

/** Node 24 comes with the lock file; where it has none for this system, the system's own must be new enough. */
function nodeOfProject() {
  const packaged = packagedNode(root);
  if (packaged !== null && isNewEnough(versionOf(packaged) ?? "v0")) {
    linkNode(packaged);
    return packaged;
  }
  if (isNewEnough(process.versions.node)) return process.execPath;
  return noNode(process.version);
}

/**
 * npm's scripts say `node`, and find what node_modules/.bin links first. npm 11 has made this link; npm 10 hasn't. To
 * `exec` a program is the shell's word; on Windows a script of that name takes its place.
 */
function linkNode(node) {
  const folder = join(root, "node_modules", ".bin");
  mkdirSync(folder, { recursive: true });
  if (windows) {
    writeFileSync(join(folder, "node.cmd"), `@"%~dp0\\${relative(folder, node)}" %*\r\n`);
    writeFileSync(join(folder, "exec.cmd"), "@%*\r\n");
    return;
  }
  const link = join(folder, "node");
  if (existsSync(link) && realpathSync(link) === realpathSync(node)) return;
  // Whole at once: another command may be looking for it.
  const made = `${link}.${process.pid}`;
  symlinkSync(relative(folder, node), made);
  renameSync(made, link);
}

const filesUnder = (folder) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((one) => {
    const path = join(folder, one.name);
    return one.isDirectory() ? filesUnder(path) : [path];
  });

/** The pages are built when a file they are made of has changed. */
function buildPages(node) {
  if (!existsSync("src/web/vite.config.ts")) return;
  const hash = createHash("sha256");
  for (const path of [
    ...filesUnder("src/web"),
    ...filesUnder("src/core"),
    "package-lock.json",
  ].sort((a, b) => (a < b ? -1 : 1))) {
    if (!path.endsWith(".test.ts") && statSync(path).isFile())
      hash.update(path).update(readFileSync(path));
  }
  const wanted = hash.digest("hex");
  const stamp = ".build/web.stamp";
  if (
    existsSync(stamp) &&
    readFileSync(stamp, "utf8") === wanted &&
    existsSync(".build/web/index.html")
  )
    return;
  say("building the pages …");
  const vite = spawnSync(
    node,
    [
      "node_modules/vite/bin/vite.js",
      "build",
      "--config",
      "src/web/vite.config.ts",
      "--logLevel",
      "warn",
    ],
    { stdio: ["ignore", 2, 2] },
  );
  if (vite.status !== 0) fail("building the pages failed; the message above says where.");
  mkdirSync(".build", { recursive: true });
  writeFileSync(stamp, wanted);
  compileProgram(node);
}

/** So that the first start is as light as the second. Only a process that ends by itself leaves what it compiled. */
function compileProgram(node) {
  const env = withCompiled(process.env);
  spawnSync(node, ["src/bin/chupiao.ts", "version"], { stdio: "ignore", env });
}

/** Tests drive a real browser: Debian's chromium where it can be installed, else one that is found. */
function findBrowser() {
  const places = [process.env.CHUPIAO_BROWSER, ...readJson("tools/browsers.json")];
  return places.find((path) => path && existsSync(path));
}

function prepareBrowser() {
  const isRoot = process.getuid?.() === 0;
  const hasApt = existsSync("/usr/bin/apt-get");
  const hasFonts = () => spawnSync("fc-list", [":lang=zh-cn"], { encoding: "utf8" }).stdout?.trim();
  if (
    isRoot &&
    hasApt &&
    (!findBrowser() ||
      !hasFonts() ||
      !existsSync("/usr/bin/socat") ||
      !existsSync("/usr/bin/strace"))
  ) {
    say("installing chromium, Chinese fonts, socat and strace for the tests (apt-get) …");
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    spawnSync("apt-get", ["update", "-qq"], { stdio: "ignore", env });
    spawnSync(
      "apt-get",
      ["install", "-y", "-qq", "chromium", "fonts-noto-cjk", "socat", "strace"],
      {
        stdio: ["ignore", "ignore", 2],
        env,
      },
    );
  }
  const browser = findBrowser();
  if (!browser)
    fail(
      "The tests need a browser. Install chromium (Debian: apt install chromium fonts-noto-cjk socat strace), or name one in CHUPIAO_BROWSER.",
    );
}

/** What chaos breaks things with. Where it can't be installed, chaos itself says what it couldn't try. */
function prepareChaos() {
  const tools = { "/usr/bin/strace": "strace", "/usr/bin/faketime": "faketime" };
  const missing = Object.keys(tools).filter((path) => !existsSync(path));
  if (missing.length === 0 || process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return;
  const names = missing.map((path) => tools[path]);
  say(`installing ${names.join(" and ")} (apt-get) …`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  spawnSync("apt-get", ["update", "-qq"], { stdio: "ignore", env });
  spawnSync("apt-get", ["install", "-y", "-qq", ...names], { stdio: ["ignore", "ignore", 2], env });
}

if (!packagesMatchLock()) installPackages();
const node = nodeOfProject();
buildPages(node);
if (forTests) prepareBrowser();
if (forChaos) prepareChaos();
