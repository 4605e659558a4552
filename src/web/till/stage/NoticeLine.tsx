import type { Icon as IconName, Tone } from "../../../core/till/parts.ts";
import { Icon } from "../../parts/Icon.tsx";
import { useSay } from "../../language/language.ts";
import { useDeskState } from "../desk/context.ts";
import { Live } from "../../parts/Live.tsx";

const ICONS: Partial<Record<Tone, IconName>> = { good: "tick", wait: "dots" };

/** A line about the last key or scan: what it was and that no money moved. */
export function NoticeLine() {
  const { notice, sheets } = useDeskState();
  const say = useSay();
  const shown = sheets.length === 0 ? notice : null;
  return (
    <Live urgent className="notice-place">
      {shown === null ? null : (
        <p className={`notice ${shown.tone}`}>
          <Icon name={ICONS[shown.tone] ?? "alert"} />
          {say(shown.text)}
        </p>
      )}
    </Live>
  );
}
