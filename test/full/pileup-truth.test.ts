/** Photons with pile-up of 200: what is observed beside its control, the net value and the truth; and the control itself. */
import { beforeAll, describe, expect, test } from "vitest";
import {
  addCounts,
  type ChainSummary,
  createChain,
  createCounts,
  createNtupleClusters,
  DEFAULT_PARAMS,
  distanceTo,
  parseSelection,
  projected,
  SummaryBuilder,
} from "../../src/chain/index.js";
import { createGeometry } from "../../src/detector/index.js";
import { createSkim, DEFAULT_SKIM, simulateEvents } from "../../src/events/index.js";

const geometry = createGeometry("V11");
const options = { selection: parseSelection("all") };
const SEED = 31;
/** Events of two photons; those of the table in docs/simulation.md are 250, and 100 photons that split. */
const EVENTS = Number(process.env["BYE_SPLITS_PILEUP_EVENTS"] ?? 100);
/** Events that the control is compared with minimum bias in. */
const CONTROLS = 60;
const SPLIT = EVENTS >= 250 ? 100 : 50;
const GUN = { particles: "photons", seed: SEED, geometry, eta: [1.7, 2.8] } as const;
const chains = [1, 2].map((window) =>
  createChain("default", { ...DEFAULT_PARAMS, seed: { ...DEFAULT_PARAMS.seed, window } }, options),
);
const addClusters = createNtupleClusters();

/** Entries of an event; `wanted`: 0 and 1 for the endcaps. */
function entriesOf(event: number, pileup: number) {
  const { skim } = createSkim({ ...DEFAULT_SKIM, endcap: "both" });
  return skim(addClusters(simulateEvents({ ...GUN, pileup }, event, 1)));
}

const createBuilders = () => chains.map(() => new SummaryBuilder("default"));
type Builders = ReturnType<typeof createBuilders>;

/** Adds results of the seeding windows 1 and 2 over some events: of those entries that `keeps` names. */
function addEvents(
  builders: Builders,
  events: readonly number[],
  keeps: (event: number, side: number) => boolean = () => true,
): void {
  for (const event of events) {
    const batch = entriesOf(event, 200);
    for (const [w, chain] of chains.entries()) {
      for (let i = 0; i < batch.entries.rows; i++) {
        if (!keeps(event, batch.entries.columns.zside[i])) continue;
        const columns = Object.fromEntries(
          Object.entries(batch.entries.columns).map(([name, column]) => [name, column.slice(i, i + 1)]),
        ) as unknown as typeof batch.entries.columns;
        builders[w].add(chain({ ...batch, entries: { rows: 1, columns } }));
      }
    }
  }
}

describe("photons, pile-up 200", () => {
  let mixed: readonly ChainSummary[];
  /** Of the first events of them alone, with window 1. */
  let first: ChainSummary;
  beforeAll(() => {
    const events = Array.from({ length: EVENTS }, (_, i) => i + 1);
    const builders = createBuilders();
    addEvents(builders, events.slice(0, CONTROLS));
    // What is added later changes the counts.
    first = structuredClone(builders[0].finish());
    addEvents(builders, events.slice(CONTROLS));
    mixed = builders.map((builder) => builder.finish());
  }, 900_000);

  test("mixed ones: truth, observed, control and net; the net agrees with the truth or the page says so", () => {
    for (const [w, s] of mixed.entries()) {
      console.log(
        `mixed, window ${w + 1}: ${s.counts.particles} photons, true ${s.trueSplitFraction}, observed ${s.splitFraction}, control ${s.splitControl}, ` +
          `net ${s.splitNet} [${s.splitNetInterval.low}, ${s.splitNetInterval.high}], match control ${s.matchControl}, efficiency ${s.efficiency}, true ${s.trueEfficiency}, false ${s.falseClusters}`,
      );
      const sigma = (s.splitNetInterval.high - s.splitNetInterval.low) / 2;
      expect(s.counts.particles).toBe(2 * EVENTS);
      expect(s.splitControl).toBeGreaterThan(0.2);
      expect(
        Math.abs(s.splitNet - (s.trueSplitFraction ?? Number.NaN)),
        `net, window ${w + 1}, seed ${SEED}`,
      ).toBeLessThan(4 * sigma);
      expect(s.trueSplitFraction).toBeLessThan(0.05);
    }
  });

  test("those that split without pile-up: most are truly split with it, a window of 2 heals them", () => {
    const split = new Set<string>();
    const alone = chains[0];
    let event = 0;
    while (split.size < SPLIT && event < 12_000) {
      event++;
      const batch = entriesOf(event, 0);
      const { columns } = alone(batch).events;
      const zsides = batch.entries.columns.zside;
      for (const [row, isSplit] of columns.is_split.entries())
        if (isSplit === 1) split.add(`${event} ${zsides[columns.entry[row]]}`);
    }
    expect(split.size).toBeGreaterThanOrEqual(SPLIT);
    const events = [...new Set([...split].map((key) => Number(key.split(" ")[0])))];
    const builders = createBuilders();
    addEvents(builders, events, (e, side) => split.has(`${e} ${side}`));
    const [one, two] = builders.map((builder) => builder.finish());
    for (const [w, s] of [one, two].entries()) {
      console.log(
        `split at PU0, window ${w + 1}: ${s.counts.particles} photons, true ${s.trueSplitFraction}, observed ${s.splitFraction}, control ${s.splitControl}, net ${s.splitNet} [${s.splitNetInterval.low}, ${s.splitNetInterval.high}]`,
      );
    }
    expect(one.trueSplitFraction).toBeGreaterThan(0.8);
    expect(two.trueSplitFraction).toBeLessThan(0.2);
    expect(one.splitNet).toBeGreaterThan(0.7);
  });

  test("the control is what minimum bias gives in any direction, within 2 sigma", () => {
    const events = Array.from({ length: CONTROLS }, (_, i) => i + 1);
    const { splitDistance } = DEFAULT_PARAMS.validation;
    const counts = createCounts();
    let [matched, directions] = [0, 0];
    for (const event of events) {
      // Another seed: other collisions; the directions are those of the photons.
      const { skim } = createSkim({ ...DEFAULT_SKIM, particles: "none", endcap: "both" });
      const batch = skim(
        addClusters(simulateEvents({ particles: "none", pileup: 200, seed: SEED + 1, geometry }, event, 1)),
      );
      const where = entriesOf(event, 0);
      const result = chains[0](batch);
      addCounts(counts, result.counts);
      const { entry } = result.clusters.columns;
      for (let i = 0; i < 2; i++) {
        const rows = Array.from(entry.keys()).filter((row) => entry[row] === i);
        const clusters = { columns: result.clusters.columns, first: 0, end: result.clusters.rows };
        const g = where.entries.columns.gen_first[i];
        for (let turn = 0; turn < 6; turn++) {
          const phi = where.gen.columns.gen_phi[g] + (turn * Math.PI) / 3;
          const point = projected(where.gen.columns.gen_eta[g], phi);
          directions++;
          if (rows.some((row) => distanceTo(clusters, row, point) < splitDistance)) matched++;
        }
      }
    }
    const p = matched / directions;
    // Directions of one endcap are nearly independent: 0.06 is small.
    const sigma = Math.sqrt((p * (1 - p)) / directions + (p * (1 - p)) / first.counts.controls);
    console.log(`match control ${first.matchControl}, minimum bias ${p}, sigma ${sigma}`);
    expect(counts.particles).toBe(0);
    expect(counts.falseClusters).toBe(counts.clusters);
    expect(Math.abs(first.matchControl - p)).toBeLessThan(2 * sigma);
  });
}, 900_000);
