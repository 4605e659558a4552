/** The paper as it comes out of the printer, from the same lines that are printed. */
import { useEffect, useState } from "react";
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
  return (
    <div className="slot">
      <section
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
