import assert from "node:assert/strict";
import { test } from "node:test";
import { REFUSALS } from "./refusals.ts";

test("every refusal has an HTTP status of an error and says in both languages what to do", () => {
  for (const [code, { status, text }] of Object.entries(REFUSALS)) {
    assert.match(code, /^[a-z]+(?:_[a-z]+)*$/);
    assert.ok(Number.isInteger(status) && status >= 400 && status <= 599, code);
    assert.match(text.zh, /\p{Script=Han}.*。$/u, code);
    assert.match(text.en, /^[\x20-\x7e]+\.$/, code);
    assert.doesNotMatch(text.zh + text.en, /undefined|[{}]|。。| {2}/, code);
    assert.match(text.zh, /请|不要|等|须|照常|可以/, `${code} says what to do`);
  }
});

test("no two refusals read the same", () => {
  const texts = Object.values(REFUSALS).map((refusal) => refusal.text.zh);
  assert.equal(new Set(texts).size, texts.length);
});

test("status tells the caller what kind of refusal it is", () => {
  const cases = {
    amount_not_positive: 422,
    code_is_product: 422,
    sale_not_found: 404,
    sale_has_live_attempt: 409,
    refund_exceeds_what_is_left: 422,
    sign_on_needed: 401,
    role_needed: 403,
    pin_locked: 429,
    provider_not_answering: 503,
    journal_full: 507,
    bad_json: 400,
    internal_error: 500,
  } as const;
  for (const [code, status] of Object.entries(cases)) {
    assert.equal(REFUSALS[code as keyof typeof cases].status, status, code);
  }
});

test("who forgot a PIN reads what there is to do: nobody unlocks, and owners need another owner", () => {
  const { pin_wrong: wrong, pin_locked: locked } = REFUSALS;
  assert.match(wrong.text.zh, /chupiao operator set.*店主自己忘了，要由另一位店主/);
  assert.match(wrong.text.en, /chupiao operator set.*an owner's own, by another owner/);
  assert.match(locked.text.en, /a minute/);
  assert.doesNotMatch(locked.text.zh + locked.text.en, /解锁|ask the owner/);
});
