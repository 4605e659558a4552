/** `kill -9` of each party, and the printer's power: nobody is asked, nothing is flushed. */
import { pause } from "../shop/calls.ts";
import type { Disaster, Scene } from "./disaster.ts";

const startsWithinMs = 900;

async function killBox({ shop, chance }: Scene): Promise<void> {
  await shop.box.end("SIGKILL");
  await pause(chance.between(0, 200));
  await shop.startBox();
}

/** Once more while it takes up what the first kill left. */
async function killWhileStarting({ shop, chance }: Scene): Promise<void> {
  await shop.box.end("SIGKILL");
  const started = shop.startBox().catch(() => undefined);
  await pause(chance.between(0, startsWithinMs));
  await shop.box.end("SIGKILL");
  await started;
  await shop.startBox();
}

async function killSandbox({ shop, chance }: Scene): Promise<void> {
  await shop.sandbox.end("SIGKILL");
  await pause(chance.between(0, 400));
  await shop.startSandbox();
}

async function killBoth({ shop }: Scene): Promise<void> {
  await Promise.all([shop.box.end("SIGKILL"), shop.sandbox.end("SIGKILL")]);
  await shop.startBox();
}

async function printerOff({ shop, chance }: Scene): Promise<void> {
  await shop.control("POST", "/printer/state", { power: "off" });
  await pause(chance.between(50, 800));
  await shop.control("POST", "/printer/state", { power: "on" });
}

/** Just before it prints, in the middle of a paper, or between the paper and the answer about it. */
async function printerDiesAtWork({ shop, chance }: Scene): Promise<void> {
  const powerLoss = chance.pick([
    "before_print",
    "before_answer",
    { after_lines: chance.between(1, 30) },
  ]);
  await shop.control("POST", "/printer/state", { power_loss: powerLoss });
  await pause(chance.between(300, 800));
  await shop.control("POST", "/printer/state", { power: "on", power_loss: null });
}

/** The shop's power fails: the box and the printer at the same moment. */
async function shopGoesDark(scene: Scene): Promise<void> {
  await Promise.all([killBox(scene), printerOff(scene)]);
}

export const KILLS: readonly Disaster[] = [
  {
    name: "box killed",
    says: "`kill -9` of the box; up again within 0.2 s",
    weight: 40,
    needs: null,
    strike: killBox,
  },
  {
    name: "box killed while starting",
    says: "and once more while it takes up what the first kill left",
    weight: 10,
    needs: null,
    strike: killWhileStarting,
  },
  {
    name: "sandbox killed",
    says: "`kill -9` of gateway, printer and wires; up again within 0.4 s",
    weight: 15,
    needs: null,
    strike: killSandbox,
  },
  {
    name: "box and sandbox killed",
    says: "both at once",
    weight: 5,
    needs: null,
    strike: killBoth,
  },
  {
    name: "printer's power off",
    says: "for up to 0.8 s",
    weight: 10,
    needs: null,
    strike: printerOff,
  },
  {
    name: "printer's power fails at work",
    says: "before it prints, in the middle of a paper, or between the paper and the answer",
    weight: 12,
    needs: null,
    strike: printerDiesAtWork,
  },
  {
    name: "shop goes dark",
    says: "box and printer at the same moment",
    weight: 8,
    needs: null,
    strike: shopGoesDark,
  },
];
