import { resolve } from "node:path";

/** Where the built pages are. */
export const pagesFolder = resolve(import.meta.dirname, "../../.build/web");
