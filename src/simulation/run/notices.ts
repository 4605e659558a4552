/** What comes to a shop from outside: the provider's notifications, and customers who open their receipts. */
import { tryForm, type Notification } from "../../sandbox/model/gateway/notifications.ts";
import type { Hub } from "../../hub/hub.ts";
import { startMs } from "../world/machine.ts";
import type { Shop, Town } from "./town.ts";

const answerMsMax = 10_000;

export class Notices {
  readonly #town: Town;

  constructor(town: Town) {
    this.#town = town;
  }

  readonly deliver = (notification: Notification): void => {
    const shop = this.#town.shops.find((one) => one.id === notification.url);
    if (shop === undefined) throw new Error(`no shop ${notification.url}`);
    const { time, gateway } = this.#town;
    const { fields } = tryForm(notification, startMs + time.nowMs);
    const form = { ...fields, sign: "right" };
    let isAnswered = false;
    const answered = (words: string): void => {
      if (isAnswered) return;
      isAnswered = true;
      callOff();
      gateway.model.notified(notification.id, words, gateway.nowMs);
      gateway.settle();
    };
    const callOff = time.after(answerMsMax, () => answered("no answer"));
    this.#reach(shop, notification.outTradeNo, (hub) => {
      hub.notified(form).then(
        (isGood) => this.#back(shop, () => answered(isGood ? "success" : "fail")),
        () => this.#back(shop, () => answered("fail")),
      );
    });
  };

  openReceipt(shop: Shop, token: string): void {
    this.#reach(shop, null, (hub) => {
      hub.receiptOpened(token).catch(() => {
        // The page said that it can't now.
      });
    });
  }

  /** Once for each arrival, at whichever hub of the shop takes it. */
  #reach(shop: Shop, orderNo: string | null, act: (hub: Hub) => void): void {
    const { time } = this.#town;
    const { afterMs, againAfterMs } = shop.fromOutside.send("there", orderNo);
    for (const waitMs of [afterMs, againAfterMs]) {
      if (waitMs === null) continue;
      time.after(waitMs, () => {
        const up = shop.hubs.flatMap((one) => one.hub ?? []);
        if (up.length > 0) act(shop.fromOutside.chance.pick(up));
      });
    }
  }

  #back(shop: Shop, act: () => void): void {
    const { afterMs } = shop.fromOutside.send("back", null);
    if (afterMs !== null) this.#town.time.after(afterMs, act);
  }
}
