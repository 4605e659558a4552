/** The paper as it comes out of the printer, from the same lines that are printed. */
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import type { RefObject } from "react";
import type { SlipLine } from "../../../core/printing/layout-lines.ts";
import { frameText } from "../../../core/text/frame.ts";
import { tillText } from "../../../core/text/till.ts";
import type { Side } from "../../../core/till/parts.ts";
import { get } from "../../box/box.ts";
import { useSay } from "../../language/language.ts";
import { Qr } from "../../parts/Qr.tsx";
import { paperLine } from "./lines.ts";
import type { PaperLine } from "./lines.ts";

/** Asks for the paper of a sale; again when `version` says that it is another one. */
export function PaperOf({
  saleId,
  version,
  look,
}: {
  readonly saleId: string;
  readonly version: string;
  readonly look: Side["paper"];
}) {
  const [lines, setLines] = useState<readonly PaperLine[]>([]);
  useEffect(() => {
    let left = false;
    void get<{ lines: readonly SlipLine[] }>(`/api/sales/${encodeURIComponent(saleId)}/paper`).then(
      (answer) => {
        if (left || !answer.ok) return;
        setLines(answer.value.lines.map(paperLine).filter((line) => line !== null));
      },
    );
    return () => {
      left = true;
    };
  }, [saleId, version]);
  return <Paper lines={lines} look={look} />;
}

function Paper({
  lines,
  look,
}: {
  readonly lines: readonly PaperLine[];
  readonly look: Side["paper"];
}) {
  const say = useSay();
  const place = useRef<HTMLElement>(null);
  useFit(place, lines);
  return (
    <div className="slot">
      <section
        ref={place}
        className={`paper ${look}`}
        aria-label={say(tillText.receipt)}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a long paper scrolls, so keys must reach it
        tabIndex={0}
      >
        <div className="roll">
          {lines.map((line, index) => (
            // The lines of one paper never move, so their place is their name.
            <Line key={`${index} ${line.left}`} line={line} />
          ))}
        </div>
        {look === "void" ? <b className="stamp">{say(tillText.sideVoidTag)}</b> : null}
      </section>
    </div>
  );
}

/** Smaller than this nobody reads it; longer paper scrolls. */
const scaleMin = 0.72;

/** Draws a long paper smaller, so that its end is in sight too and long numbers stay in one piece. */
function useFit(place: RefObject<HTMLElement | null>, lines: readonly PaperLine[]): void {
  useLayoutEffect(() => {
    const paper = place.current;
    const roll = paper?.querySelector<HTMLElement>(".roll") ?? null;
    if (paper === null || roll === null) return;
    roll.style.zoom = "1";
    const round = paper.scrollHeight - roll.offsetHeight;
    const share = (paper.clientHeight - round) / roll.offsetHeight;
    if (share < 1) roll.style.zoom = String(Math.max(scaleMin, share));
  }, [place, lines]);
}

function Line({ line }: { readonly line: PaperLine }) {
  const say = useSay();
  if (line.qr !== null) return <Qr text={line.qr} label={say(frameText.displayReceipt)} />;
  if (line.rule) return <hr />;
  return (
    <p className={line.look}>
      <span>{line.left}</span>
      {line.right === "" ? null : <span>{line.right}</span>}
    </p>
  );
}
