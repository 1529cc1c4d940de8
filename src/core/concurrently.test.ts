import { expect, test } from "vitest";
import { concurrently } from "./concurrently.js";

const turn = (times: number): Promise<void> =>
  times === 0 ? Promise.resolve() : Promise.resolve().then(() => turn(times - 1));

test.each([1, 3, 8, 100])("at most %i at a time, all of them, in their order", async (limit) => {
  let now = 0;
  let most = 0;
  const items = Array.from({ length: 20 }, (_, k) => k);
  const found = await concurrently(items, limit, async (item) => {
    most = Math.max(most, ++now);
    await turn((item * 7) % 5);
    now--;
    return 2 * item;
  });
  expect(found).toEqual(items.map((item) => 2 * item));
  expect(most).toBe(Math.min(limit, 20));
});

test("after a failure none is begun, and those under way have ended when it is thrown", async () => {
  const [begun, ended]: [number[], number[]] = [[], []];
  const work = concurrently([0, 1, 2, 3, 4], 2, async (item) => {
    begun.push(item);
    await turn(item === 0 ? 9 : 1);
    if (item > 0) throw new Error(`item ${item}`);
    ended.push(item);
  });
  await expect(work).rejects.toThrow("item 1");
  expect({ begun, ended }).toEqual({ begun: [0, 1], ended: [0] });
});

test("of nothing nothing", async () => {
  expect(await concurrently([], 4, () => Promise.reject(new Error("no")))).toEqual([]);
});
