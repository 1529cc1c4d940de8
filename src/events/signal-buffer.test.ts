import { expect, test } from "vitest";
import { SignalBuffer } from "./signal-buffer.js";

test("signals by layer in their order, however many; taken once; marks tell where later ones begin", () => {
  const buffer = new SignalBuffer(3);
  for (let k = 0; k < 600; k++) buffer.deposit(2, k, -k, k / 2);
  buffer.mark();
  buffer.deposit(3, 1, 2, 4);
  buffer.deposit(2, 7, 8, 9);
  buffer.mark();
  expect([buffer.marks(1), buffer.marks(2), buffer.marks(3)]).toEqual([[0, 0], [1800, 1803], [0, 3]]); // prettier-ignore
  const taken = buffer.take(2);
  expect(taken.length).toBe(1803);
  expect([...taken.subarray(0, 6), ...taken.subarray(1797)]).toEqual([0, -0, 0, 1, -1, 0.5, 599, -599, 299.5, 7, 8, 9]);
  expect([buffer.take(2).length, [...buffer.take(3)], buffer.take(1).length]).toEqual([0, [1, 2, 4], 0]);
  buffer.clearMarks();
  expect(buffer.marks(2)).toEqual([]);
});

test("signals that fail a test of their place are forgotten, the others stay in order", () => {
  const buffer = new SignalBuffer(1);
  for (const [x, y, signal] of [[1, 5, 10], [2, -6, 20], [3, 7, 30], [4, -8, 40]]) buffer.deposit(1, x, y, signal); // prettier-ignore
  buffer.keep(1, (x, y) => x === 3 || y < -7);
  buffer.deposit(1, 9, 9, 9);
  expect([...buffer.take(1)]).toEqual([3, 7, 30, 4, -8, 40, 9, 9, 9]);
});
