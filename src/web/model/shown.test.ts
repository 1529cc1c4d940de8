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
    while (answers.length <= k) await Promise.resolve();
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
