import { expect, test } from "vitest";
import { createPointer, type PointerActions } from "./pointer.js";

type Listener = (event: Record<string, unknown>) => void;

/** An element at (100, 50) of which only the listeners are real, and what they asked for. */
function stage() {
  const said: unknown[][] = [];
  const say =
    (name: string) =>
    (...args: unknown[]) =>
      void said.push([name, ...args]);
  const names = ["pan", "zoom", "hover", "click", "fit"];
  const actions = Object.fromEntries(names.map((name) => [name, say(name)])) as unknown as PointerActions;
  const listeners = new Map<string, Listener>();
  const element = {
    addEventListener: (type: string, listener: Listener) => listeners.set(type, listener),
    getBoundingClientRect: () => ({ left: 100, top: 50 }),
    setPointerCapture: () => undefined,
  } as unknown as HTMLElement;
  createPointer(actions)(element);
  const send = (type: string, x: number, y: number, more: Record<string, unknown> = {}): void =>
    listeners.get(type)?.({
      ...{ type, clientX: 100 + x, clientY: 50 + y, pointerId: 1, pointerType: "mouse", buttons: 1, shiftKey: false },
      ...more,
    });
  return { send, said };
}

test("a press that hardly moves is a click", () => {
  const { send, said } = stage();
  send("pointerdown", 10, 20);
  send("pointermove", 12, 22);
  send("pointerup", 12, 22);
  expect(said).toEqual([["click", 12, 22]]);
});

test.each([
  { name: "the left button turns or moves", more: {}, isOther: false },
  { name: "with shift it is the other", more: { shiftKey: true }, isOther: true },
  { name: "so it is with the right button", more: { buttons: 2 }, isOther: true },
  { name: "and with the middle one", more: { buttons: 4 }, isOther: true },
])("a drag pans by its steps and is no click: $name", ({ more, isOther }) => {
  const { send, said } = stage();
  send("pointerdown", 10, 20);
  send("pointermove", 13, 25, more);
  send("pointermove", 13, 20, more);
  send("pointerup", 13, 20);
  expect(said).toEqual([
    ["pan", 3, 5, isOther],
    ["pan", 0, -5, isOther],
  ]);
});

test("two fingers zoom about their middle and pan by half a step", () => {
  const { send, said } = stage();
  const one = { pointerType: "touch", pointerId: 1 };
  const two = { pointerType: "touch", pointerId: 2 };
  send("pointerdown", 0, 0, one);
  send("pointerdown", 10, 0, two);
  said.length = 0;
  send("pointermove", 20, 0, two);
  send("pointerup", 20, 0, two);
  send("pointerup", 0, 0, one);
  expect(said).toEqual([
    ["pan", 5, 0, true],
    ["zoom", 0.5, 10, 0],
  ]);
});

test("fingers on one point do not zoom: there is no factor", () => {
  const { send, said } = stage();
  send("pointerdown", 5, 5, { pointerType: "touch", pointerId: 1 });
  send("pointerdown", 5, 5, { pointerType: "touch", pointerId: 2 });
  said.length = 0;
  send("pointermove", 10, 5, { pointerType: "touch", pointerId: 2 });
  expect(said).toEqual([["pan", 2.5, 0, true]]);
});

test("fingers zoom about the middle of both, in x and y", () => {
  const { send, said } = stage();
  send("pointerdown", 0, 10, { pointerType: "touch", pointerId: 1 });
  send("pointerdown", 0, 40, { pointerType: "touch", pointerId: 2 });
  said.length = 0;
  send("pointermove", 0, 70, { pointerType: "touch", pointerId: 2 });
  expect(said).toEqual([
    ["pan", 0, 15, true],
    ["zoom", 0.5, 0, 40],
  ]);
});

test("the wheel zooms at the pointer: by its steps, at most by e^0.5, lines as 16 px", () => {
  const { send, said } = stage();
  const turn = (deltaY: number, deltaMode = 0): void =>
    send("wheel", 30, 40, { deltaY, deltaMode, preventDefault: () => undefined });
  turn(100);
  turn(-1000);
  turn(1000);
  turn(3, 1);
  const factor = (power: number): unknown => expect.closeTo(Math.exp(power), 9);
  expect(said).toEqual([0.2, -0.5, 0.5, 0.096].map((power) => ["zoom", factor(power), 30, 40]));
});

test("after a drag there is no menu of the browser, after a click there is", () => {
  const { send } = stage();
  let stopped = 0;
  const menu = (): void => send("contextmenu", 0, 0, { preventDefault: () => stopped++ });
  send("pointerdown", 0, 0);
  send("pointermove", 4, 0);
  send("pointerup", 4, 0);
  menu();
  expect(stopped).toBe(0);
  send("pointerdown", 0, 0);
  send("pointermove", 30, 0);
  send("pointerup", 30, 0);
  menu();
  expect(stopped).toBe(1);
});

test("a mouse that leaves points at nothing; a finger that is lifted leaves what it showed", () => {
  const { send, said } = stage();
  send("pointerleave", 0, 0, { pointerType: "touch" });
  expect(said).toEqual([]);
  send("pointerleave", 0, 0);
  expect(said).toEqual([["hover"]]);
});
