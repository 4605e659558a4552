import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { z } from "zod";

const file = readFileSync(resolve(import.meta.dirname, "../../package.json"), "utf8");

/** As package.json says it. */
export const version: string = z.object({ version: z.string() }).parse(JSON.parse(file)).version;
