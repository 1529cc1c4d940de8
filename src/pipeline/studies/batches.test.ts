/** Parts of one sample, batch by batch, in this thread. */
import { expect, test } from "vitest";
import { type Table } from "../../core/index.js";
import { runByBatch } from "./batches.js";
import { type BatchOfParts, type PartWriter, type StudyContext, type StudySpec } from "./spec.js";

const tableOf = (...values: readonly number[]): Table => ({
  rows: values.length,
  columns: { x: Float64Array.from(values) },
});

interface Said {
  readonly log: unknown[];
  readonly context: StudyContext;
}
function contextOf(signal = new AbortController().signal): Said {
  const log: unknown[] = [];
  const onProgress = (done: number, total: number): void => void log.push(["progress", done, total]);
  return { log, context: { signal, onProgress, study: { name: "study" } } as unknown as StudyContext };
}

/** Three batches of 2, 3 and 4 entries, each with a row and counts of two parts. */
function specOf(log: unknown[], process = async (b: number) => ({ entries: 2 + b, parts: partsOf(b) })): StudySpec {
  const close = async (): Promise<void> => void log.push("processor closed");
  return { name: "test", process: async () => ({ batches: 3, entries: 9, process, close }) } as unknown as StudySpec;
}
const partsOf = (b: number): BatchOfParts => [
  { tables: { a: tableOf(b), b: tableOf() }, counts: { selected: b, bad: 1 } },
  { tables: { a: tableOf(10 + b) }, counts: b === 1 ? { late: 5 } : {} },
];
function writersOf(log: unknown[], parts: readonly number[]): Map<number, PartWriter> {
  return new Map(
    parts.map((part) => {
      const append = async (name: string, { columns }: Table): Promise<void> =>
        void log.push([part, name, ...(columns["x"] as Float64Array)]);
      return [part, { append } as unknown as PartWriter];
    }),
  );
}

test("what each batch gives goes to the writer of its part, in order; counts are added up; then the parts end", async () => {
  const { log, context } = contextOf();
  const begin = async () => writersOf(log, [4, 7]);
  const finish = async (writers: ReadonlyMap<number, unknown>, contents: ReadonlyMap<number, object>): Promise<void> =>
    void log.push(["finish", ...writers.keys()], Object.fromEntries(contents));
  await runByBatch(specOf(log), context, [4, 7], { begin, finish }, 1);
  expect(log).toEqual([
    ...[[4, "a", 0], [4, "b"], [7, "a", 10], ["progress", 2, 9]],
    ...[[4, "a", 1], [4, "b"], [7, "a", 11], ["progress", 5, 9]],
    ...[[4, "a", 2], [4, "b"], [7, "a", 12], ["progress", 9, 9]],
    ["finish", 4, 7],
    { 4: { counts: { selected: 3, bad: 3 } }, 7: { counts: { late: 5 } } },
    "processor closed",
  ]);
}); // prettier-ignore

test.each<[string, Partial<Parameters<typeof runByBatch>[3]>, number | undefined, string]>([
  ["a batch", {}, 1, "batch 1 fails"],
  ["the beginning", { begin: () => Promise.reject(new Error("no space")) }, undefined, "no space"],
  ["the end", { finish: () => Promise.reject(new Error("no end")) }, undefined, "no end"],
])("%s that fails: the processor is closed, when what was begun is there", async (_, steps, fails, message) => {
  const { log, context } = contextOf();
  const begin = async () => {
    await new Promise((resolve) => setTimeout(resolve, 5));
    log.push("begun");
    return writersOf([], [4]);
  };
  const process = async (b: number) => {
    if (b === fails) throw new Error(`batch ${b} fails`);
    return { entries: 2, parts: partsOf(b).slice(0, 1) };
  };
  const run = runByBatch(specOf(log, process), context, [4], { begin, finish: async () => undefined, ...steps }, 1);
  await expect(run).rejects.toThrow(message);
  expect(log.at(-1)).toBe("processor closed");
  expect(log.includes("begun")).toBe(steps.begin === undefined);
});

test("nothing more is written once it is to stop; a study without batches is a mistake of the program", async () => {
  const stop = new AbortController();
  const { log, context } = contextOf(stop.signal);
  const written: unknown[] = [];
  const process = async (b: number) => {
    if (b === 1) stop.abort(new Error("enough"));
    return { entries: 2, parts: partsOf(b).slice(0, 1) };
  };
  const steps = { begin: async () => writersOf(written, [4]), finish: async () => expect.fail("it ends") };
  await expect(runByBatch(specOf(log, process), context, [4], steps, 1)).rejects.toThrow("enough");
  expect(written.filter((row) => (row as unknown[])[1] === "a")).toEqual([[4, "a", 0]]);
  const none = { name: "phi" } as unknown as StudySpec;
  await expect(runByBatch(none, context, [4], steps, 1)).rejects.toThrow("study phi has no batches");
});
