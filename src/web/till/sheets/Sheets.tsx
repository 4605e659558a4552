/** The windows over the till: only the top one is shown; a total table says which part draws which. */
import type { ReactNode } from "react";
import type { TillView } from "../../../core/till/view.ts";
import { useDeskState } from "../desk/context.ts";
import type { Sheet as SheetState } from "../desk/state.ts";
import { LightsSheet } from "../gate/LightsSheet.tsx";
import { OverrideSheet } from "../gate/OverrideSheet.tsx";
import { EvidenceSheet } from "../health/EvidenceSheet.tsx";
import { IncidentSheet } from "../health/IncidentSheet.tsx";
import { IncidentsSheet } from "../health/IncidentsSheet.tsx";
import { CallHelpSheet } from "../incident/CallHelpSheet.tsx";
import { OtherPathSheet } from "../incident/OtherPathSheet.tsx";
import { WhySheet } from "../incident/WhySheet.tsx";
import { RecordsSheet } from "../records/RecordsSheet.tsx";
import { ClosedDaySheet } from "./ClosedDaySheet.tsx";
import { ConfirmSheet } from "./ConfirmSheet.tsx";
import { DaySheet } from "./DaySheet.tsx";
import { EReceiptSheet } from "./EReceiptSheet.tsx";
import { FindSheet } from "./FindSheet.tsx";
import { HelpSheet } from "./HelpSheet.tsx";
import { OpenSheet } from "./OpenSheet.tsx";
import { RefundSheet } from "./RefundSheet.tsx";
import { SaleSheet } from "./SaleSheet.tsx";
import { TypeCodeSheet } from "./TypeCodeSheet.tsx";

export function Sheets({ view }: { readonly view: TillView }) {
  const { sheets } = useDeskState();
  const top = sheets.at(-1);
  return top === undefined ? null : (
    <Top key={`${sheets.length} ${top.kind}`} sheet={top} view={view} />
  );
}

function Top({ sheet, view }: { readonly sheet: SheetState; readonly view: TillView }): ReactNode {
  switch (sheet.kind) {
    case "find":
      return <FindSheet purpose={sheet.for} view={view} />;
    case "sale":
      return <SaleSheet saleId={sheet.saleId} />;
    case "refund":
      return <RefundSheet saleId={sheet.saleId} view={view} />;
    case "confirm":
      return <ConfirmSheet act={sheet.act} saleId={sheet.saleId} />;
    case "e_receipt":
      return <EReceiptSheet saleId={sheet.saleId} />;
    case "day":
      return <DaySheet />;
    case "closed_day":
      return <ClosedDaySheet closeNo={sheet.closeNo} />;
    case "open":
      return <OpenSheet view={view} />;
    case "why":
      return <WhySheet view={view} />;
    case "type_code":
      return <TypeCodeSheet />;
    case "help":
      return <HelpSheet />;
    case "lights":
      return <LightsSheet view={view} />;
    case "override":
      return <OverrideSheet view={view} />;
    case "other_path":
      return <OtherPathSheet />;
    case "call_help":
      return <CallHelpSheet incidentId={sheet.incidentId} saleId={sheet.saleId} />;
    case "incidents":
      return <IncidentsSheet />;
    case "incident":
      return <IncidentSheet incidentId={sheet.incidentId} />;
    case "evidence":
      return <EvidenceSheet />;
    case "records":
      return <RecordsSheet view={view} />;
  }
}
