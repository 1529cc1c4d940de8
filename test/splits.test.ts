/** The list of split particles of a run, read piece by piece, is that of the chains over the whole sample. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { CHAIN_NAMES, createChain, DEFAULT_PARAMS, findSplits, parseSelection } from "../src/chain/index.js";
import { openSampleFolder, writeSample } from "../src/io/node/index.js";
import { runChains } from "../src/pipeline/run.js";
import { listSplits } from "../src/pipeline/splits.js";
import { GOLDEN, readLines, type ReferenceInput, toBatch } from "./reference/load.js";

/** With more seeds than the defaults make, and so more splits. */
const PARAMS = {
  ...DEFAULT_PARAMS,
  seed: { ...DEFAULT_PARAMS.seed, histoThreshold: 2 },
  cs: { ...DEFAULT_PARAMS.cs, threshold: [10, 10, 10] },
  validation: { splitDistance: 0.2, splitPt: 0.5, splitShare: 0.01 },
};
let folder = "";

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "bye-splits-list-"));
  const inputs = ["a", "d"].flatMap((sample) => readLines<ReferenceInput>(`${GOLDEN}/${sample}/inputs`));
  await writeSample(join(folder, "sample"), {}, async (writer) => {
    for (let copy = 0; copy < 30; copy++) await writer.append(toBatch(inputs));
    return {};
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each([{ chains: CHAIN_NAMES }, { chains: ["default"] as const }])("every split of $chains", async ({ chains }) => {
  const run = join(folder, chains.join("-"));
  await runChains({
    sample: join(folder, "sample"),
    out: run,
    chains,
    params: PARAMS,
    selection: "all",
    saveSteps: false,
    skipBadEvents: false,
    workers: 1,
    force: false,
    version: "test",
    signal: new AbortController().signal,
  });
  const { particles, splits } = await listSplits(run);
  const sample = await openSampleFolder(join(folder, "sample"));
  expect(sample.batches).toBeGreaterThan(1);
  // The list goes entry by entry; the rows of one chain keep the order that the chain gives them.
  const rowsOf = (chain: string): number[] =>
    [...splits.columns.chain.keys()].filter((row) => splits.columns.chain[row] === chain);
  const left = new Map<string, number[]>(chains.map((chain) => [chain, rowsOf(chain)]));
  for (let b = 0; b < sample.batches; b++) {
    const batch = await sample.readBatch(b);
    for (const chain of chains) {
      const result = createChain(chain, PARAMS, { selection: parseSelection("all") })(batch);
      const want = findSplits(batch, result, PARAMS);
      expect(want.rows).toBeGreaterThan(0);
      const rows = left.get(chain)?.splice(0, want.rows) ?? [];
      for (const [name, column] of Object.entries(want.columns)) {
        expect(rows.map((row) => splits.columns[name as keyof typeof want.columns][row])).toEqual([...column]);
      }
      const { is_split, genpt } = result.events.columns;
      const whole = [...genpt].filter((_, row) => is_split[row] === 1);
      expect(rows.map((row) => splits.columns.genpt[row])).toEqual(whole);
    }
  }
  await sample.close();
  expect([...left.values()].flat()).toEqual([]);
  expect([...splits.columns.entry]).toEqual([...splits.columns.entry].toSorted((a, b) => a - b));
  const { summary } = JSON.parse(readFileSync(join(run, "run.json"), "utf8")) as {
    summary: { counts: { particles: number } }[];
  };
  expect(Object.values(particles)).toEqual(summary.map(({ counts }) => counts.particles));
});
