/** A study of the radius with 1,000,000 clusters, 50 radii of 20,000: seeded numbers in its tables, no events behind them. */
import { DEFAULT_PARAMS } from "../../src/chain/index.js";
import { createTable, Random, type Table } from "../../src/core/index.js";
import { writeRun } from "../../src/io/node/index.js";
import { FIGURES, PART_EVENTS, RADIUS_CLUSTERS, RADIUS_KEYS } from "../../src/studies/index.js";

export const RADII = Array.from({ length: 50 }, (_, i) => (i + 1) / 1000);
const PARTICLES = 20_000;

/** Particles with one cluster each, whose response grows with the radius. */
export function largeTables(): {
  readonly events: Table<typeof PART_EVENTS>;
  readonly clusters: Table<typeof RADIUS_CLUSTERS>;
} {
  const random = new Random(3);
  const rows = RADII.length * PARTICLES;
  const events = createTable(PART_EVENTS, rows);
  const clusters = createTable(RADIUS_CLUSTERS, rows);
  const both = [events, clusters] as unknown as readonly Table<typeof PART_EVENTS>[];
  for (let row = 0; row < rows; row++) {
    const point = Math.floor(row / PARTICLES);
    const pt = 5 + 95 * random.uniform();
    const eta = 1.6 + 1.3 * random.uniform();
    for (const { columns } of both) {
      columns.point[row] = point;
      columns.entry[row] = row % PARTICLES;
      columns.gen_pt[row] = pt;
      columns.gen_eta[row] = eta;
    }
    const spread = random.uniform() + random.uniform() + random.uniform() - 1.5;
    const response = 1 + 0.05 * spread - 0.5 * Math.exp(-point / 5);
    events.columns.response_en[row] = response;
    events.columns.response_pt[row] = response;
    events.columns.response_signal[row] = Number.NaN;
    events.columns.n_matched[row] = 1;
    events.columns.n_clusters[row] = 1;
    events.columns.is_split[row] = Number(random.uniform() < 0.01);
    clusters.columns.pt[row] = response * pt;
    clusters.columns.en[row] = response * pt * Math.cosh(eta);
    clusters.columns.eta[row] = eta;
    clusters.columns.phi[row] = 6 * random.uniform() - 3;
    clusters.columns.matches[row] = 1;
  }
  return { events, clusters };
}

/** Writes it as a STUDY folder, as far as pages read one: of its points there are rows, without their figures. */
export async function writeLargeStudy(out: string): Promise<void> {
  const { events, clusters } = largeTables();
  const points = createTable({ ...RADIUS_KEYS, ...FIGURES }, RADII.length);
  for (const [point, radius] of RADII.entries()) {
    points.columns.point[point] = point;
    points.columns.radius[point] = radius;
  }
  const schemas = { points: { ...RADIUS_KEYS, ...FIGURES }, events: PART_EVENTS, clusters: RADIUS_CLUSTERS };
  await writeRun(out, schemas, { kind: "study", force: false }, async (writer) => {
    await writer.append("points", points);
    await writer.append("events", events);
    await writer.append("clusters", clusters);
    const sample = { name: "photons", particles: "photons", pileup: 0, hasTruth: false, entries: PARTICLES };
    return {
      study: "radius",
      program: "bye-splits 0.0.0",
      chains: ["default"],
      config: DEFAULT_PARAMS,
      selection: "all",
      skipBadEvents: false,
      options: { radii: RADII, bins: [] },
      samples: [{ ...sample, gen: PARTICLES, path: "../photons", hash: "0" }],
      points: RADII.map((radius) => ({ radius })),
      parts: [],
      key: "0",
      result: {},
    };
  });
}
