/** Mistakes about what must be durable before what, and about whose word is newer. */
import { moneyIsNeverLate, type PlantedBug } from "./planted.ts";

export const ORDER_BUGS: readonly PlantedBug[] = [
  {
    name: "pay_leaves_before_its_row_is_durable",
    mistake: "The request is sent while its commit is still under way.",
    file: "src/hub/intake.ts",
    right: `    const result = await ledger.commit([{ kind: "insert_attempt", attempt: sent.attempt }], [said]);
    switch (result) {
      case "committed":
        this.#driver.carryOut(sent, this.#secretOf(intent, sent.attempt, leavesByMs), startedMs);`,
    wrong: `    this.#driver.carryOut(sent, this.#secretOf(intent, sent.attempt, leavesByMs), startedMs);
    const result = await ledger.commit([{ kind: "insert_attempt", attempt: sent.attempt }], [said]);
    switch (result) {
      case "committed":`,
    weather: { hub_crash: 30, hub_disk_slow: 0, hub_disk_full: 4 },
  },
  {
    name: "withdraw_without_a_tombstone",
    mistake:
      '"Never sent" is answered without seeing to it that it stays so: the intent may come later.',
    file: "src/hub/intake.ts",
    right: `    const result = await ledger.commit([{ kind: "withdraw_order", merchantId, orderNo, atMs }], []);`,
    wrong: `    const there = await ledger.attempt(merchantId, orderNo);
    const result = there === null && atMs > 0 ? "committed" : "order_exists";`,
    also: [
      {
        // What a till sent before it started anew is refused as older than its start, tombstone or not.
        file: "src/hub/epochs.ts",
        right: `    return !isNewest(held, intent.epoch);`,
        wrong: `    return held === null && !isNewest(held, intent.epoch);`,
      },
    ],
    weather: { ...moneyIsNeverLate, link_message_delayed: 0.5, till_crash: 40 },
  },
  {
    name: "lost_answer_read_as_never_sent",
    mistake: "The hub didn't answer, so the till says that nothing was sent.",
    file: "src/terminal/sales.ts",
    right: `    } catch (error) {
      log("warn", "hub_not_reached", { orderNo: attempt.orderNo, error: String(error) });
    }
  }

  async #pay(`,
    wrong: `    } catch (error) {
      log("warn", "hub_not_reached", { orderNo: attempt.orderNo, error: String(error) });
      await this.#terminal.endNeverSent(record.sale.id, attempt.orderNo, "hub_not_reached");
    }
  }

  async #pay(`,
    weather: { ...moneyIsNeverLate, link_answer_lost: 0.15 },
  },
  {
    name: "new_number_while_the_old_one_is_open",
    mistake: "The outcome is open, and the sale is charged again under a new order number.",
    file: "src/core/till/can.ts",
    right: `    return attempts.some(isLive) ? "sale_has_live_attempt" : "yes";`,
    wrong: `    return "yes";`,
    also: [
      {
        file: "src/hub/close-out.ts",
        right: `  if (isLive(attempt) || attempt.state === "paid") return "sale_has_attempt";`,
        wrong: `  if (isLive(attempt) || attempt.state === "paid") return null;`,
      },
      {
        file: "src/adapters/store/memory/ledger.ts",
        right: `    return other !== undefined && other.orderNo !== attempt.orderNo && holdsSale[other.state];`,
        wrong: `    return other === undefined && holdsSale.created === false;`,
      },
    ],
    weather: { second_scan: 0.3, gateway_silence_after: 0.1 },
  },
  {
    name: "old_news_overwrites_new",
    mistake: "The last message to arrive wins, whatever version it tells of.",
    file: "src/terminal/learn.ts",
    right: `if (known === undefined || told.version <= known.version) return null;
  const news`,
    wrong: `if (known === undefined || told.version === known.version) return null;
  const news`,
    weather: { link_message_delayed: 0.5, gateway_rolled_back: 0.4 },
  },
  {
    name: "acts_on_a_stale_decision",
    mistake:
      "Another writer was faster, and the effects of the decision that lost are carried out all the same.",
    file: "src/hub/driver.ts",
    right: `      if (result === "committed") {
        this.carryOut(done, null, startedMs);`,
    wrong: `      if (result === "committed" || result === "stale") {
        this.carryOut(done, null, startedMs);`,
    weather: { hub_disk_slow: 300, ask_again: 0.5, stop: 0.3, refund: 0.2, double_press: 0.3 },
  },
  {
    name: "money_of_a_given_up_sale_is_kept",
    mistake: "The sale was given up, its payment went through after all, and nobody sends it back.",
    file: "src/terminal/learn.ts",
    right: `  if (!makesReceipt(record, attempt)) return givenBack();`,
    wrong: `  if (!makesReceipt(record, attempt)) return { record, events: [event], result: attempt };`,
    weather: { give_up: 0.3, gateway_buyer_pays_first: 0.1, gateway_refused_but_booked: 0.1 },
  },
  {
    name: "receipt_counter_starts_anew",
    mistake: "Receipt numbers are counted in memory only.",
    file: "src/terminal/numbers.ts",
    right: `    this.#receipt = Number(journal.setting(receiptCounter) ?? 0);`,
    wrong: `    this.#receipt = 0;`,
    weather: { till_crash: 40 },
  },
  {
    name: "receipt_number_passed_over",
    mistake: "A number is drawn and not used, and nobody writes down why.",
    file: "src/terminal/numbers.ts",
    right: `    this.#receipt += 1;
    const number`,
    wrong: `    this.#receipt += this.#receipt % 7 === 6 ? 2 : 1;
    const number`,
  },
  {
    name: "late_refund_taken_off_the_day",
    mistake: "Money that was never counted as taken is counted as given back.",
    file: "src/terminal/learn.ts",
    right: `    writes: counted ? [{ kind: "money", row: money }] : [],`,
    wrong: `    writes: [{ kind: "money", row: money }],`,
    weather: { gateway_refused_but_booked: 0.1 },
  },
  {
    name: "late_money_told_as_not_charged",
    mistake: 'The screen says "no money was taken" while late money is still on its way back.',
    file: "src/core/till/build.ts",
    right: `  if (strayAttempt(facts) !== null) return "unknown";`,
    wrong: `  if (last.state === "paid" && strayAttempt(facts) !== null) return "unknown";`,
    weather: {
      gateway_refused_but_booked: 0.1,
      gateway_balance: 4,
      link_partition: 12,
      link_answer_lost: 0.15,
    },
  },
];
