/** How commands say a text: Chinese first, and the whole of it in English too. */
import type { Text } from "../core/text/text.ts";

/** A few words on one line: a name, a state. */
export const beside = ({ zh, en }: Text): string => (zh === en ? zh : `${zh} ${en}`);

/** A sentence, its English on the next line under the same margin. */
export const below = ({ zh, en }: Text, margin = ""): string =>
  (zh === en ? [zh] : [zh, en])
    .map((said) => `${margin}${said.replaceAll("\n", `\n${margin}`)}`)
    .join("\n");
