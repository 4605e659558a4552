/** Every kind of fault there is: one table. A seed draws how hard each one strikes, and switches whole kinds off. */

/** `share`: of messages, calls or sales. `hourly`: times an hour at each party or path. `ms`: a size. */
export interface FaultRow {
  readonly unit: "share" | "hourly" | "ms";
  readonly most: number;
  readonly means: string;
}

const share = (most: number, means: string): FaultRow => ({ unit: "share", most, means });
const hourly = (most: number, means: string): FaultRow => ({ unit: "hourly", most, means });
const size = (most: number, means: string): FaultRow => ({ unit: "ms", most, means });

export const FAULTS = {
  // The ways between the parties
  link_message_lost: share(0.15, "a request of a terminal never reaches the hub"),
  link_answer_lost: share(0.15, "the hub's answer never reaches the terminal"),
  link_message_doubled: share(0.1, "a request arrives twice at the hub"),
  link_message_delayed: share(0.2, "a message is overtaken by later ones"),
  link_answer_garbled: share(0.05, "the hub's answer can't be read"),
  link_partition: hourly(12, "terminal and hub are cut off from each other"),
  gateway_message_lost: share(0.2, "a request never reaches the provider"),
  gateway_answer_lost: share(0.2, "the provider's answer gets lost"),
  gateway_message_doubled: share(0.1, "a request arrives twice at the provider"),
  gateway_message_delayed: share(
    0.2,
    "a request reaches the provider late, also after its reversal",
  ),
  gateway_answer_truncated: share(0.05, "half an answer"),
  gateway_answer_garbled: share(0.05, "an answer that can't be read"),
  gateway_answer_unsigned: share(0.05, "an answer whose signature doesn't hold"),
  gateway_partition: hourly(8, "hub and provider are cut off from each other"),
  notice_lost: share(0.6, "a notification never arrives"),
  notice_doubled: share(0.3, "a notification arrives twice"),
  notice_delayed: share(0.4, "a notification arrives late and out of order"),
  notice_forged: hourly(10, "a notification with a wrong signature says that an order was paid"),
  cable_broken: share(0.01, "the printer's connection breaks in the middle of what is sent"),
  cable_partition: hourly(6, "the printer's cable is pulled"),
  // The provider
  gateway_silence_after: share(0.1, "booked, and no answer"),
  gateway_silence_before: share(0.1, "not booked, and no answer"),
  gateway_reset_before: share(0.05, "reset before booking"),
  gateway_reset_after: share(0.05, "reset after booking"),
  gateway_slow_answer: share(0.1, "answers late"),
  gateway_http_502_before: share(0.05, "5xx, not booked"),
  gateway_http_502_after: share(0.05, "5xx, booked"),
  gateway_portal_page: share(0.03, "a captive portal answers"),
  gateway_late_booking: share(0.1, "the request is booked late"),
  gateway_booked_after_cancel: share(0.1, "the request is booked after its cancel"),
  gateway_system_error_before: share(0.1, "SYSTEM_ERROR, not booked"),
  gateway_system_error_after: share(0.1, "SYSTEM_ERROR, booked"),
  gateway_wrong_signature: share(0.05, "an answer signed by somebody else"),
  gateway_sub_code: share(0.1, "a refusal of the business"),
  gateway_refused_but_booked: share(
    0.1,
    "a refusal of the business, and the money is taken all the same, later",
  ),
  gateway_cancel_retry: share(0.1, "a cancel answers retry_flag=Y"),
  gateway_password_confirms: share(0.2, "the buyer confirms, perhaps at the last moment"),
  gateway_password_refuses: share(0.1, "the buyer refuses"),
  gateway_password_never: share(0.1, "the buyer never confirms"),
  gateway_cancel_retry_twice: share(0.05, "two cancels do nothing"),
  gateway_buyer_pays_first: share(0.1, "the password arrives just before the cancel"),
  gateway_rolled_back: share(0.03, "the provider takes its success back"),
  gateway_notify_first: share(0.1, "the notification comes before the answer"),
  gateway_notify_twice: share(0.2, "the notification is sent twice"),
  gateway_notify_never: share(0.2, "no notification is sent"),
  gateway_maintenance: hourly(4, "a maintenance window"),
  gateway_down: hourly(4, "the provider refuses connections"),
  gateway_blackhole: hourly(4, "the provider takes connections and never answers"),
  gateway_balance: hourly(4, "the merchant's balance is taken out: a give-back has to wait"),
  // Processes, disks, clocks
  till_crash: hourly(40, "a till's process dies at any await and starts again"),
  hub_crash: hourly(30, "a hub's process dies at any await and starts again"),
  till_disk_full: hourly(6, "a till's disk takes no more"),
  hub_disk_full: hourly(4, "a hub's disk takes no more"),
  till_disk_slow: size(400, "a till's commit takes long"),
  hub_disk_slow: size(300, "a hub's commit takes long"),
  till_clock_off: size(7_200_000, "a till's clock is wrong"),
  hub_clock_off: size(600_000, "a hub's clock is wrong"),
  till_clock_jump: hourly(10, "a till's clock is set"),
  hub_clock_jump: hourly(6, "a hub's clock is set"),
  // Printers
  paper_out: hourly(20, "the paper is at its end, also in the middle of a receipt"),
  cover_open: hourly(15, "somebody opens the cover"),
  cutter_jam: hourly(10, "the blade is blocked"),
  head_hot: hourly(10, "the head is too hot"),
  printer_power: hourly(15, "the printer loses its power, also between printing and answering"),
  printer_mute: hourly(6, "the printer prints and says nothing"),
  printer_garbage: hourly(6, "a print server sends a line of text after each job"),
  printer_wrong_ids: hourly(6, "process ids come back changed"),
  // People
  double_press: share(0.3, "everything is pressed twice"),
  second_scan: share(0.3, "a second code is scanned while the first is being asked about"),
  stop: share(0.3, "the cashier presses stop"),
  give_up: share(0.3, "the sale is given up while its outcome is open"),
  pay_otherwise: share(0.3, "the customer pays in cash while the outcome is open"),
  goods_left: share(0.3, "the goods leave before the outcome is known"),
  leave_open: share(0.3, "the cashier serves the next customer and leaves the sale open"),
  ask_again: share(0.5, "the cashier asks again and again"),
  refund: share(0.2, "money is given back, whole or in parts"),
  reprint: share(0.2, "a further paper is wanted"),
  waive_paper: share(0.2, "the customer wants no paper"),
  open_receipt: share(0.5, "the customer opens the electronic receipt"),
  wrong_answer: share(0.3, "the cashier didn't see the paper that came out"),
  day_close: share(0.02, "the day is closed in the middle of everything"),
} as const satisfies Record<string, FaultRow>;

export type FaultKind = keyof typeof FAULTS;
export const FAULT_KINDS = Object.keys(FAULTS) as readonly FaultKind[];

/** How hard each kind strikes; 0: not at all. */
export type Weather = Readonly<Record<FaultKind, number>>;
