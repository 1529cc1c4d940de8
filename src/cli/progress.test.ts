import { afterEach, expect, test, vi } from "vitest";
import { createIo } from "./io.js";
import { createProgress, withProgress } from "./progress.js";

afterEach(() => vi.restoreAllMocks());

/** What is said of these updates, [done, total, seconds since the start, note]. */
function saidOf(updates: readonly (readonly [number, number, number, string?])[], quiet?: boolean): string {
  let said = "";
  const io = createIo({ stdout: { write: () => true }, stderr: { write: (text) => (said += text) } });
  const clock = vi.spyOn(performance, "now").mockReturnValue(1000);
  const progress = createProgress(io, "read", "events", quiet);
  for (const [done, total, seconds, note] of updates) {
    clock.mockReturnValue(1000 + 1000 * seconds);
    progress.update(done, total, note);
  }
  progress.stop();
  return said;
}

test("how far it is, and how fast: in tenths below 100 a second, whole above", () => {
  expect(saidOf([[5, 10, 2, ", 3 kept"]])).toMatch(/^read .* 50 % \| 5\/10 events, 3 kept \| 2\.5 events\/s \|/m);
  expect(saidOf([[0, 10, 0], [493, 1000, 4]])).toMatch(/ 49 % \| 493\/1000 events \| 123 events\/s \|/); // prettier-ignore
  expect(saidOf([[0, 10, 0], [10, 10, 0.05]])).toMatch(/ 100 % \| 10\/10 events \| 200 events\/s \|/); // prettier-ignore
  // In the first millisecond nobody knows.
  expect(saidOf([[1, 10, 0]])).toMatch(/ \| 1000 events\/s \|/);
});

test("nothing is said of what has not begun, nor when that is asked for", () => {
  expect([saidOf([]), saidOf([[5, 10, 1]], true)]).toEqual(["", ""]);
  expect(saidOf([[5, 10, 1]], false)).not.toBe("");
});

test("progress is off the screen when the work ends, with its result, and when it fails, with its error", async () => {
  const said: string[] = [];
  const progress = {
    update: (done: number, total: number, note = "") => void said.push(`${done}/${total}${note}`),
    stop: () => void said.push("stop"),
  };
  const work = withProgress(progress, async (update) => {
    update(1, 2, ", a note");
    return 7;
  });
  expect([await work, ...said]).toEqual([7, "1/2, a note", "stop"]);
  await expect(withProgress(progress, () => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
  expect(said).toEqual(["1/2, a note", "stop", "stop"]);
});
