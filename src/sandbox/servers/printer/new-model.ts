/** A printer model with the character tables of this runtime. */
import { PrinterModel, type PrinterOptions } from "../../model/printer/printer.ts";
import {
  PROFILES,
  settingsFor,
  type ProfileName,
  type Settings,
  type Traits,
} from "../../model/printer/traits.ts";
import { codec } from "./codec.ts";

export interface NewModel extends Partial<
  Pick<PrinterOptions, "conditions" | "totals" | "nextPaper">
> {
  readonly profile?: ProfileName;
  /** Changes to what the profile knows, e.g. `{ counters: "yes" }` on a clone. */
  readonly traits?: Partial<Traits>;
  readonly paperMm?: Settings["paperMm"];
  readonly settings?: Partial<Settings>;
}

export function newModel(options: NewModel = {}): PrinterModel {
  const { profile = "epson", paperMm = 80, traits, settings, ...rest } = options;
  return new PrinterModel({
    ...rest,
    traits: { ...PROFILES[profile], ...traits },
    settings: settingsFor(paperMm, settings),
    codec,
  });
}
