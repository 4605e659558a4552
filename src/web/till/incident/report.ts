/** The report is a page of the box, in a tab of its own: the till stays where it is. */
import { languageNow } from "../../language/language.ts";

export function openReport(url: string): void {
  const joint = url.includes("?") ? "&" : "?";
  window.open(`${url}${joint}lang=${languageNow()}`, "_blank", "noopener");
}
