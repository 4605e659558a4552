/** Folders that commands are given: the data folder of a box, hub, terminal or sandbox. */
import { accessSync, constants, existsSync, mkdirSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { InputError } from "./output.ts";

/** A folder by its name. An empty one would be the folder that somebody happens to be in. */
export function folderOf(data: string): string {
  if (data.trim() !== "") return resolve(data);
  throw new InputError("data_folder", {
    zh: "数据目录是空的，没有启动。请写一个文件夹：--data 文件夹，或设 CHUPIAO_DATA。",
    en: "The data folder is empty, so nothing was done. Name one: --data FOLDER, or CHUPIAO_DATA.",
  });
}

/** The data folder, for its owner only; a sentence where it can't be had. */
export function makeFolder(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === false)
    throw new InputError("data_folder", {
      zh: `${path} 是一个文件，不是文件夹。没有启动，这个文件没有动过。请写一个文件夹：--data 文件夹`,
      en: `${path} is a file, not a folder. Nothing was started and the file wasn't touched. Name a folder: --data FOLDER`,
    });
  try {
    makeEach(path);
    accessSync(path, constants.W_OK | constants.R_OK);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    throw new InputError("data_folder", {
      zh: `数据目录 ${path} 不能用（${code}）。请换一个可写的文件夹：--data 文件夹`,
      en: `The data folder ${path} can't be used (${code}). Choose one that can be written: --data FOLDER`,
    });
  }
}

/** One folder after the other: Node's own recursive way never comes back from a place like /proc that takes none. */
function makeEach(path: string): void {
  if (existsSync(path)) return;
  if (dirname(path) !== path) makeEach(dirname(path));
  mkdirSync(path, { mode: 0o700 });
}
