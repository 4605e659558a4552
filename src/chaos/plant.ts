/** A copy of the program with one known mistake in it: chaos that finds nothing there would prove nothing anywhere. */
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { PLANTED } from "../simulation/planted/list.ts";
import { patchesOf, patchSource } from "../simulation/planted/planted.ts";
import { WrongOption } from "./options.ts";
import { whenLeft } from "./shop/leave.ts";

const root = resolve(import.meta.dirname, "../..");
const programIn = (folder: string): string => join(folder, "src/bin/chupiao.ts");

export interface Planted {
  readonly program: string;
  remove(): void;
}

/** The program as it is, where no bug is asked for. */
export function programWith(bug: string | null): Planted {
  if (bug === null) return { program: programIn(root), remove: () => {} };
  const planted = PLANTED.find((one) => one.name === bug);
  if (planted === undefined)
    throw new WrongOption(
      `--plant ${bug} isn't a planted bug; there are: ${PLANTED.map((one) => one.name).join(", ")}`,
    );
  const folder = mkdtempSync(join(tmpdir(), "chupiao-planted-"));
  cpSync(join(root, "src"), join(folder, "src"), { recursive: true });
  cpSync(join(root, "package.json"), join(folder, "package.json"));
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  symlinkSync(join(root, ".build"), join(folder, ".build"));
  for (const patch of patchesOf(planted)) {
    const path = join(folder, patch.file);
    writeFileSync(path, patchSource(patch, readFileSync(path, "utf8")));
  }
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  const stay = whenLeft(remove);
  return {
    program: programIn(folder),
    remove: () => {
      stay();
      remove();
    },
  };
}
