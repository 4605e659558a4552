/** Typing on behalf of a person: keys were held back, so they are put into the field afterwards. */

const textTypes: ReadonlySet<string> = new Set(["text", "search", "password", "tel"]);

/** The element as a field that takes text, else null. */
export function isField(element: Element | null): HTMLInputElement | HTMLTextAreaElement | null {
  if (element instanceof HTMLTextAreaElement) return element;
  return element instanceof HTMLInputElement && textTypes.has(element.type) ? element : null;
}

/** Inserts at the cursor, over a selection, as typing would. */
export function typeInto(field: HTMLInputElement | HTMLTextAreaElement, text: string): void {
  const from = field.selectionStart ?? field.value.length;
  const to = field.selectionEnd ?? from;
  if (field.maxLength >= 0 && field.value.length - (to - from) + text.length > field.maxLength)
    return;
  field.setRangeText(text, from, to, "end");
  field.dispatchEvent(
    new InputEvent("input", { bubbles: true, inputType: "insertText", data: text }),
  );
}

/** Puts back what stood in a field. */
export function restore(field: HTMLInputElement | HTMLTextAreaElement, value: string): void {
  field.setRangeText(value, 0, field.value.length, "end");
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

/** Presses the button of the top window that carries this key. False when none does. */
export function pressInWindow(key: string): boolean {
  const button = document.querySelector<HTMLElement>(`dialog[open] [data-key="${key}"]`);
  button?.click();
  return button !== null;
}

/** Opens the rarer ways of this screen, or closes them. */
export function toggleMenu(): void {
  const menu = document.querySelector<HTMLDetailsElement>("details.more");
  if (menu !== null) menu.open = !menu.open;
}

/** Closes them. False when they weren't open. */
export function closeMenu(): boolean {
  const menu = document.querySelector<HTMLDetailsElement>("details.more[open]");
  if (menu !== null) menu.open = false;
  return menu !== null;
}

/** Enter on what has the focus: a field sends its form, a button reached by keyboard is pressed. False: not its key. */
export function pressEnterOn(element: HTMLElement): boolean {
  const field = isField(element);
  const form = field?.form ?? (element instanceof HTMLInputElement ? element.form : null);
  if (form !== null) {
    form.requestSubmit();
    return true;
  }
  if (element.matches("button, summary, a[href]") && element.matches(":focus-visible")) {
    element.click();
    return true;
  }
  return false;
}
