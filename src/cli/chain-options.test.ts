/** Options of chains, as `run` and the first steps read them. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { expect, test } from "vitest";
import { DEFAULT_PARAMS } from "../chain/index.js";
import { scratch } from "../batch/job.test-data.js";
import { addChainOptions, addEntryOptions, type ChainOptions, chainTask, eventNames } from "./chain-options.js";
import { createIo } from "./io.js";

const io = createIo({ stdout: { write: () => true }, stderr: { write: () => true } });
const commandOf = (add: (command: Command) => Command): Command =>
  add(new Command("run").exitOverride().configureOutput({ writeErr: () => undefined, outputError: () => undefined }));
const optionsOf = (...words: string[]): ChainOptions =>
  commandOf(addChainOptions).parse(words, { from: "user" }).opts();

test.each([
  { text: "0:100", range: { from: 0, to: 100 } },
  { text: "100:", range: { from: 100, to: Number.MAX_SAFE_INTEGER } },
  { text: ":5", range: { from: 0, to: 5 } },
  { text: "4:5", range: { from: 4, to: 5 } },
  { text: "5:5", range: null },
  { text: "6:5", range: null },
  { text: "5", range: null },
  { text: "a:b", range: null },
  { text: "-1:5", range: null },
  { text: "0:99999999999999999999", range: null },
])("--entries $text is $range", ({ text, range }) => {
  const read = (): unknown => optionsOf("--entries", text).entries;
  if (range === null) expect(read).toThrow("expected two whole numbers, the first less than the second, as in 0:100");
  else expect(read()).toEqual(range);
});

test("which entries is said once: by their number, by a range, or by names where there are names", () => {
  expect(() => optionsOf("--first", "3", "--entries", "0:1")).toThrow("cannot be used with option");
  expect(() => optionsOf("--first", "3", "--events", "1")).toThrow("cannot be used with option");
  expect(() => optionsOf("--events", "1", "--entries", "0:1")).toThrow("cannot be used with option");
  expect(() => optionsOf("--first", "0")).toThrow("expected a whole number of at least 1");
  const names = (has: boolean): (string | undefined)[] => commandOf((each) => addEntryOptions(each, has)).options.map(({ long }) => long); // prettier-ignore
  expect([names(true).includes("--events"), names(false)]).toEqual([true, ["--first", "--entries", "--skip-bad-events"]]); // prettier-ignore
});

test("events by number or by run, from the command line or from a file", () => {
  expect(eventNames("12,01:3:57")).toEqual(["12", "1:3:57"]);
  const file = join(scratch(), "events");
  writeFileSync(file, "12 1:3:57\n\n,99\n");
  expect(eventNames(`@${file}`)).toEqual(["12", "1:3:57", "99"]);
  expect(() => eventNames(" , ")).toThrow("--events: no event is named");
  expect(() => eventNames("12,x")).toThrow('expected event numbers such as 12,57, or run:lumi:event, got "x"');
  expect(() => eventNames(`@${file}s`)).toThrow(`--events: cannot read ${file}s: `);
});

test("options of their own name are parameters; entries are the first ones, or a range", async () => {
  const task = async (...words: string[]) => chainTask(io, optionsOf(...words), ["default"]);
  const plain = await task();
  expect(plain).toMatchObject({ params: DEFAULT_PARAMS, selection: "all", skipBadEvents: false });
  expect(Object.keys(plain)).toEqual(["params", "selection", "skipBadEvents"]);
  const all = await task("--seed-window", "2", "--smooth-kernel", "flat_top", "--cluster-algo", "max_energy", "--radius", "0.02", "--sel", "no_splits", "--skip-bad-events", "--first", "7"); // prettier-ignore
  expect(all).toMatchObject({ selection: "no_splits", skipBadEvents: true, entries: { from: 0, to: 7 } });
  const { seed, smooth, cluster } = all.params;
  expect([seed.window, smooth.kernel, cluster.algo, new Set(cluster.CoeffA)]).toEqual([2, "flat_top", "max_energy", new Set([0.02])]); // prettier-ignore
  expect((await task("--entries", "3:9")).entries).toEqual({ from: 3, to: 9 });
  expect((await task("--events", "5")).events).toHaveLength(1);
});
