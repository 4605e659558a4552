import { homedir } from "node:os";
import { join } from "node:path";

/** Where a box keeps its things unless it is told otherwise. */
export const defaultData = process.env["CHUPIAO_DATA"] ?? join(homedir(), ".chupiao");
