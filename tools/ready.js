#!/usr/bin/env node
// Makes a fresh checkout ready: packages as the lock file says, the built pages, and for tests a browser.
// Plain JavaScript: it runs on the system's own Node (18 or later) before Node 24 is there.
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

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

/** npm writes what it installed to node_modules/.package-lock.json; packages for other systems are not in it. */
function packagesMatchLock() {
  const wanted = readJson("package-lock.json");
  const have = readJson("node_modules/.package-lock.json");
  if (!wanted || !have) return false;
  return Object.entries(wanted.packages).every(
    ([path, one]) => path === "" || one.optional || have.packages[path]?.version === one.version,
  );
}

function installPackages() {
  say("installing packages (npm ci), once, about 30 seconds …");
  const npm = spawnSync(
    windows ? "npm.cmd" : "npm",
    ["ci", "--no-audit", "--no-fund", "--loglevel=error"],
    {
      stdio: ["ignore", quiet ? "ignore" : 2, 2],
      shell: windows,
    },
  );
  if (npm.status !== 0)
    fail(
      "npm ci failed; its message above says why (most often: no way to the npm registry). Then run the same command again.",
    );
}

/** Node 24 comes with the lock file; where it has none for this system, the system's own must be new enough. */
function nodeOfProject() {
  const own = join("node_modules", ".bin", windows ? "node.cmd" : "node");
  const node = existsSync(own) ? own : process.execPath;
  const version = execFileSync(node, ["--version"], { encoding: "utf8", shell: windows }).trim();
  if (Number(version.slice(1).split(".")[0]) >= 24) return node;
  return fail(
    `Chupiao runs on Node 24; found ${version}, and no packaged Node for ${process.platform}-${process.arch}. Install Node 24 from nodejs.org.`,
  );
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
    {
      stdio: ["ignore", 2, 2],
      shell: windows,
    },
  );
  if (vite.status !== 0) fail("building the pages failed; the message above says where.");
  mkdirSync(".build", { recursive: true });
  writeFileSync(stamp, wanted);
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
