/** The gate while only the three lights are known: it shows them and stops nothing. */
import type { GateView, LightView } from "../diagnosis/view.ts";
import type { TillView } from "./view.ts";

type Lights = TillView["lights"];

const withoutWhy = ({ light, text }: Lights["network"]): LightView => ({ light, text, why: null });

const tillNotChecked: LightView = {
  light: "green",
  text: { zh: "本机：还没有检查", en: "This till: not checked yet" },
  why: null,
};

export const gateOfLights = (lights: Lights): GateView => ({
  network: withoutWhy(lights.network),
  provider: withoutWhy(lights.provider),
  printer: withoutWhy(lights.printer),
  till: tillNotChecked,
  stops: null,
  needs_e_receipt: false,
  offers: [],
  override: true,
});
