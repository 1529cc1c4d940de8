// A scan from the library: the split fraction and the resolution of photons against the threshold of seeds and their window, as a table, without writing a study.
// For large samples `bye-splits study scan` does the same on all cores and with intervals.
//
//   bye-splits simulate --particles photons --events 1000 --out photons
//   node examples/scan.mjs photons
import { createEntryChain, DEFAULT_PARAMS, parseSelection, SharedStages } from "bye-splits";
import { openSampleFolder } from "bye-splits/node";

const THRESHOLDS = [10, 20, 40];
const WINDOWS = [1, 2];

// Chains that share their stages fill and smooth each entry once.
const shared = new SharedStages();
const points = THRESHOLDS.flatMap((histoThreshold) =>
  WINDOWS.map((window) => {
    const params = { ...DEFAULT_PARAMS, seed: { ...DEFAULT_PARAMS.seed, histoThreshold, window } };
    const chain = createEntryChain("default", params, { selection: parseSelection("all"), brief: true }, shared);
    return { histoThreshold, window, chain, split: 0, particles: 0, responses: [] };
  }),
);

const sample = await openSampleFolder(process.argv[2] ?? "photons");
for (let b = 0; b < sample.batches; b++) {
  const batch = await sample.readBatch(b);
  for (let i = 0; i < batch.entries.rows; i++) for (const { chain } of points) chain.take({ batch, i });
  for (const point of points) {
    const { is_split, response_en } = point.chain.finish().events.columns;
    point.particles += is_split.length;
    for (const [row, value] of response_en.entries()) {
      point.split += is_split[row];
      if (!Number.isNaN(value)) point.responses.push(value);
    }
  }
}
await sample.close();

/** Half of the shortest window that holds 68 % of the values, over their median. */
function resolution(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const n = Math.ceil(0.68 * sorted.length);
  let width = Infinity;
  for (let i = 0; i + n <= sorted.length; i++) width = Math.min(width, sorted[i + n - 1] - sorted[i]);
  return width / 2 / sorted[sorted.length >> 1];
}

console.log("threshold  window  split    resolution");
for (const { histoThreshold, window, split, particles, responses } of points) {
  const cells = [
    String(histoThreshold).padStart(9),
    String(window).padStart(6),
    `${((100 * split) / particles).toFixed(2)} %`.padStart(7),
  ];
  console.log(`${cells.join("  ")}  ${(100 * resolution(responses)).toFixed(2)} %`);
}
