import { expect, test } from "vitest";
import { type DataWorker } from "../data/client.js";
import { type SourceInfo } from "../data/protocol.js";
import { createProblems } from "./problems.js";
import { createShown } from "./shown.js";
import { type ViewState } from "./view-state.js";

const infoOf = (number: number): SourceInfo => ({
  name: `sample ${number}`,
  description: "",
  geometry: "V11",
  layers: 50,
  ceeLayers: 28,
  hash: "",
  number,
  run: new BigInt64Array(3),
  lumi: new BigInt64Array(3),
  event: BigInt64Array.from([1n, 2n, 3n]),
  zside: new Int8Array(3).fill(1),
  nTc: new Float64Array(3),
});

/** A page whose samples open when `answer` says so; `shows` is what it has put on the screen, one after the other. */
function createPage() {
  const answers: (() => void)[] = [];
  const shows: string[] = [];
  const problems = createProblems();
  const worker = {
    start: () => undefined,
    async call(name: string, ...args: readonly unknown[]): Promise<unknown> {
      if (name === "open") await new Promise<void>((resolve) => answers.push(resolve));
      return name === "open" ? infoOf(Number((args[0] as { id: string }).id)) : { number: "1" };
    },
  };
  const shown = createShown({
    worker: worker as unknown as DataWorker,
    setView: ({ sample = "", entry }: Partial<ViewState>) => void shows.push(`${sample}:${entry}`),
    a: () => null,
    b: () => null,
    settings: () => ({ A: "", B: "" }),
    geometry: () => Promise.resolve(null),
    problems,
    setBusy: () => undefined,
    opened: () => undefined,
  });
  const open = (id: string): Promise<string> =>
    shown.open({ kind: "sample", id, url: "" }, () => ({ entry: 0, note: "" }), { sample: id });
  const answer = async (k: number): Promise<void> => {
    await expect.poll(() => answers.length).toBeGreaterThan(k);
    answers[k]();
  };
  return { shown, shows, problem: problems.problem, open, answer };
}

test("while a sample is being opened, events of the one before wait for it, and say so", async () => {
  const { shown, shows, problem, open, answer } = createPage();
  const first = open("1");
  await answer(0);
  expect(await first).toBe("opened");
  const second = open("2");
  await shown.load(2, {});
  expect(problem()).toBe("Another sample is being opened: choose the event when it is there");
  await answer(1);
  expect(await second).toBe("opened");
  expect(shows).toEqual(["1:0", "2:0"]);
});

test("an opening that is stopped, as by going back, puts nothing on the screen, and the sample before goes on", async () => {
  const { shown, shows, problem, open, answer } = createPage();
  const first = open("1");
  await answer(0);
  await first;
  const second = open("2");
  expect(shown.isOpening()).toBe(true);
  shown.stopOpening();
  expect(shown.isOpening()).toBe(false);
  await shown.load(2, {});
  await answer(1);
  expect(await second).toBe("overtaken");
  expect([shows, problem(), shown.source()?.name]).toEqual([["1:0", ":2"], "", "sample 1"]);
});

test.each([
  { name: "nothing changed while an event was read: its chains ran once", changes: [], runs: ["a1 b1"] },
  { name: "side A was set anew meanwhile: they run again", changes: ["A"], runs: ["a1 b1", "a2 b1"] },
  { name: "side B was set anew meanwhile: they run again", changes: ["B"], runs: ["a1 b1", "a1 b2"] },
  { name: "both were", changes: ["A", "B"], runs: ["a1 b1", "a2 b2"] },
] as const)("$name", async ({ changes, runs }) => {
  const now = { A: "a1", B: "b1" };
  const asked: string[] = [];
  const worker = {
    start: () => undefined,
    async call(name: string, ...args: readonly unknown[]): Promise<unknown> {
      if (name === "open") return infoOf(1);
      if (name === "chain") asked.push(String(args[1]));
      // While the second chain is under way.
      if (name === "chain" && asked.length === 2) for (const side of changes) now[side] = `${side.toLowerCase()}2`;
      return Promise.resolve({ number: "1" });
    },
  };
  const shown = createShown({
    ...{ worker: worker as unknown as DataWorker, setView: () => undefined, setBusy: () => undefined },
    a: () => now.A as never,
    b: () => now.B as never,
    settings: () => ({ ...now }),
    geometry: () => Promise.resolve(null),
    problems: createProblems(),
    opened: () => undefined,
  });
  await shown.open({ kind: "sample", id: "1", url: "" }, () => ({ entry: 0, note: "" }), {});
  for (let k = 0; k < 20; k++) await Promise.resolve();
  expect(asked.join(" ")).toBe(runs.join(" "));
  expect(shown.settled("A")).toBe(`1 ${now.A}`);
});
