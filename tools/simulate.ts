/**
 * The deterministic simulator: production code under every fault, reproducible from a seed.
 * Usage: npm run simulate -- --help
 */
import { readOptions } from "./simulate/options.ts";
import { runPlanted } from "./simulate/planted.ts";
import { runSeeds } from "./simulate/seeds-run.ts";

const options = readOptions(process.argv.slice(2));
const good = options.planted === null ? await runSeeds(options) : await runPlanted(options);
process.exitCode = good ? 0 : 1;
