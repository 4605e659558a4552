/** `chupiao provider …` alone, as a process of its own. */
import { providerCommand } from "../../../src/bin/provider.ts";

await providerCommand().parseAsync();
