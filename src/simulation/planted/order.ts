/** Mistakes about what must be durable before what, and about whose word is newer. */
import type { PlantedBug } from "./planted.ts";

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
  },
  {
    name: "withdraw_without_a_tombstone",
    mistake:
      '"Never sent" is answered without seeing to it that it stays so: the intent may come later.',
    file: "src/hub/intake.ts",
    right: `    const result = await ledger.commit([{ kind: "withdraw_order", merchantId, orderNo, atMs }], []);`,
    wrong: `    const there = await ledger.attempt(merchantId, orderNo);
    const result = there === null && atMs > 0 ? "committed" : "order_exists";`,
  },
  {
    name: "lost_answer_read_as_never_sent",
    mistake: "The hub didn't answer, so the till says that nothing was sent.",
    file: "src/terminal/sales.ts",
    right: `    } catch (error) {
      log("warn", "hub_not_reached", { orderNo: attempt.orderNo, error: String(error) });
    }
  }

  #intent(`,
    wrong: `    } catch (error) {
      log("warn", "hub_not_reached", { orderNo: attempt.orderNo, error: String(error) });
      await this.#terminal.endNeverSent(record.sale.id, attempt.orderNo, "hub_not_reached");
    }
  }

  #intent(`,
  },
  {
    name: "new_number_while_the_old_one_is_open",
    mistake: "The terminal closes what it doesn't know and charges again under a new order number.",
    file: "src/adapters/store/memory/ledger.ts",
    right: `  if (holdsSale[attempt.state] && isHeld(disk, attempt)) return "sale_has_attempt";
  const saleKey`,
    wrong: `  const saleKey`,
  },
  {
    name: "old_news_overwrites_new",
    mistake: "The last message to arrive wins, whatever version it tells of.",
    file: "src/terminal/learn.ts",
    right: `if (known === undefined || news.version <= known.version) return null;
  const attempts`,
    wrong: `if (known === undefined || news.version === known.version) return null;
  const attempts`,
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
  },
  {
    name: "money_of_a_given_up_sale_is_kept",
    mistake: "The sale was given up, its payment went through after all, and nobody sends it back.",
    file: "src/terminal/learn.ts",
    right: `  if (record.sale.state !== "open" || issued) return givenBack();`,
    wrong: `  if (record.sale.state !== "open" || issued) return { record, events: [event], result: attempt };`,
  },
  {
    name: "receipt_counter_starts_anew",
    mistake: "Receipt numbers are counted in memory only.",
    file: "src/terminal/numbers.ts",
    right: `    this.#receipt = Number(journal.setting(receiptCounter) ?? 0);`,
    wrong: `    this.#receipt = 0;`,
  },
  {
    name: "lost_number_not_recorded",
    mistake: "A number whose commit failed is passed over without a word.",
    file: "src/terminal/numbers.ts",
    right: `      lost: [...this.#lost],`,
    wrong: `      lost: [],`,
  },
  {
    name: "late_refund_taken_off_the_day",
    mistake: "Money that was never counted as taken is counted as given back.",
    file: "src/terminal/learn.ts",
    right: `    writes: counted ? [{ kind: "money", row: money }] : [],`,
    wrong: `    writes: [{ kind: "money", row: money }],`,
  },
  {
    name: "late_money_told_as_not_charged",
    mistake: 'The screen says "no money was taken" while late money is still on its way back.',
    file: "src/core/till/build.ts",
    right: `  return end !== "paid" && strayAttempt(facts) !== null ? "unknown" : end;`,
    wrong: `  return end;`,
  },
];
