/** Threads of a pool, of which this one is one: as built, since a thread runs what is built. */
import { expect, test } from "vitest";
import { DEFAULT_SKIM } from "../src/events/index.js";
import { type EventRange, type SimulatedEvents, type SimulateTask } from "../src/pipeline/simulate-process.js";

type Pools = typeof import("../src/pipeline/pool.js");
const { createPool, inOrder } = (await import(new URL("../dist/pipeline/pool.js", import.meta.url).href)) as Pools;

const TASK: SimulateTask = {
  simulation: { particles: "photons", pileup: 0, seed: 3 },
  cuts: { ...DEFAULT_SKIM, particles: "photons" },
  keepsNtuple: false,
};
const RANGES = Array.from({ length: 8 }, (_, k): EventRange => ({ first: k + 1, events: 1 }));

/** A pool of two threads in which this one answers by `process`. */
function poolWith(process: (range: EventRange) => Promise<SimulatedEvents>, signal = new AbortController().signal) {
  const pool = createPool("simulate", TASK, 2, signal);
  if (pool === undefined) throw new Error("one thread is no pool");
  pool.join({ process, close: async () => undefined });
  return pool;
}

/** What the other thread cannot answer. */
const ofHere = ({ first }: EventRange) => ({ batch: undefined, cutFlow: { events: -first } }) as never;

test("one thread needs no pool", () => {
  expect(createPool("simulate", TASK, 1, new AbortController().signal)).toBeUndefined();
});

test("this thread answers some of the questions, one at a time, the other one the rest, in their order", async () => {
  const here: number[] = [];
  let atOnce = 0;
  const pool = poolWith(async (range) => {
    expect(++atOnce).toBe(1);
    here.push(range.first);
    await new Promise((resolve) => setTimeout(resolve, 20));
    atOnce--;
    return ofHere(range);
  });
  const got: number[] = [];
  for await (const [{ first }, { cutFlow }] of inOrder(RANGES, pool.ask, 5)) {
    got.push(first);
    expect(cutFlow.events).toBe(here.includes(first) ? -first : 1);
  }
  await pool.close();
  expect(got).toEqual(RANGES.map(({ first }) => first));
  expect(here.length).toBeGreaterThan(0);
  expect(here.length).toBeLessThan(RANGES.length);
});

test("a question that fails here fails alone, and one after the end or the signal with its reason", async () => {
  const controller = new AbortController();
  const pool = poolWith(async () => Promise.reject(new Error("not here")), controller.signal);
  const answers = await Promise.allSettled(RANGES.slice(0, 3).map((range) => pool.ask(range)));
  const failed = answers.filter((answer) => answer.status === "rejected");
  expect(failed.map(({ reason }) => (reason as Error).message)).toEqual(["not here"]);
  controller.abort(new Error("interrupted"));
  await expect(pool.ask(RANGES[0])).rejects.toThrow("interrupted");
  await pool.close();
});

test("who closes a pool waits for what this thread does: its files are not closed under it", async () => {
  let release = (): void => undefined;
  let begin = (): void => undefined;
  const begun = new Promise<void>((resolve) => (begin = resolve));
  const pool = poolWith(async (range) => {
    begin();
    await new Promise<void>((resolve) => (release = resolve));
    return ofHere(range);
  });
  const reasons: string[] = [];
  // The other thread has one, this one the next.
  for (const range of RANGES.slice(0, 2)) pool.ask(range).catch((error: Error) => reasons.push(error.message));
  await begun;
  let isClosed = false;
  const closing = pool.close().then(() => (isClosed = true));
  // Longer than the other thread takes to end.
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(isClosed).toBe(false);
  release();
  await closing;
  expect(reasons).toEqual(["the pool is closed", "the pool is closed"]);
});
