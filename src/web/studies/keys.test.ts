import { createRoot } from "solid-js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { listenToKeys } from "./keys.js";

class ToyElement {
  constructor(readonly isField: boolean) {}
  closest(): ToyElement | null {
    return this.isField ? this : null;
  }
}
const page = new EventTarget();
const globals = {
  Element: ToyElement,
  addEventListener: page.addEventListener.bind(page),
  removeEventListener: page.removeEventListener.bind(page),
};
beforeAll(() => Object.assign(globalThis, globals));
afterAll(() => {
  for (const name of Object.keys(globals)) Reflect.deleteProperty(globalThis, name);
});

test("keys do what they are for, but for those that are typed, the browser's, and others; until their owner goes", () => {
  let pressed = 0;
  const stop = createRoot((dispose) => {
    listenToKeys({ a: () => pressed++ });
    return dispose;
  });
  const press = (key: string, more: object = {}, target: unknown = page): boolean => {
    const before = pressed;
    const event = Object.assign(new Event("keydown", { cancelable: true }), { key, ...more });
    if (target !== page) Object.defineProperty(event, "target", { value: target });
    page.dispatchEvent(event);
    expect(event.defaultPrevented).toBe(pressed > before);
    return pressed > before;
  };
  expect([press("a"), press("b"), press("toString")]).toEqual([true, false, false]);
  expect(["ctrlKey", "metaKey", "altKey", "shiftKey"].map((name) => press("a", { [name]: true }))).toEqual([false, false, false, true]); // prettier-ignore
  expect([press("a", {}, new ToyElement(true)), press("a", {}, new ToyElement(false))]).toEqual([false, true]);
  stop();
  expect(press("a")).toBe(false);
});
