// Builds the pages of `serve` into dist/web: bundles src/web, with brotli and gzip beside each file. Needs dist/ of the
// pure rooms, with which it looks for the split photon that the first view shows. And bundles dist/ itself into dist/program.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "vite";
import solid from "vite-plugin-solid";
import { compressBeside } from "./compress.mjs";
import { collectPackages, licenceText } from "./licences.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const out = join(root, "dist/web");

/** The embedded sample: what `bye-splits simulate --particles photons --events 500 --seed 1` makes. */
const SAMPLE = { particles: "photons", pileup: 0, seed: 1 };
const EVENTS = 500;
const MOST_EVENTS = 8000;

/** Which events pass the skim, and the split photon whose second cluster has the largest share. */
async function findEmbedded() {
  const room = (name) => import(pathToFileURL(join(root, `dist/${name}/index.js`)).href);
  const { createChain, createNtupleClusters, DEFAULT_PARAMS } = await room("chain");
  const { createGeometry } = await room("detector");
  const { createSkim, DEFAULT_SKIM, simulateEvents } = await room("events");
  const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  const geometry = createGeometry("V11");
  const chainWith = (seed) =>
    createChain(
      "default",
      { ...DEFAULT_PARAMS, seed: { ...DEFAULT_PARAMS.seed, ...seed } },
      { selection: { kind: "all" } },
    );
  const [standard, wider] = [chainWith({}), chainWith({ window: 2 })];
  const withClusters = createNtupleClusters();
  const { skim } = createSkim({ ...DEFAULT_SKIM, particles: SAMPLE.particles });
  const events = [];
  let best = { share: 0, event: -1 };
  const step = 100;
  for (let first = 1; first <= MOST_EVENTS && (first <= EVENTS || best.event < 0); first += step) {
    const batch = skim(withClusters(simulateEvents({ ...SAMPLE, geometry }, first, step)));
    events.push(...Array.from(batch.entries.columns.event, Number));
    const narrow = standard(batch);
    const wide = wider(batch);
    for (let r = 0; r < narrow.events.rows; r++) {
      const heals = wide.events.columns.is_split[r] === 0 && wide.events.columns.n_matched[r] === 1;
      if (narrow.events.columns.is_split[r] === 0 || !heals) continue;
      const entry = narrow.events.columns.entry[r];
      const pt = Array.from(narrow.clusters.columns.pt).filter((_, c) => narrow.clusters.columns.entry[c] === entry);
      const [largest, second] = pt.toSorted((a, b) => b - a);
      if (second / largest > best.share)
        best = { share: second / largest, event: Number(narrow.events.columns.event[r]) };
    }
  }
  if (best.event < 0) throw new Error(`no photon of ${events.length} is split and healed by a wider seeding window`);
  return { ...SAMPLE, events, prepared: best.event, version };
}

const embedded = {
  name: "embedded-sample",
  resolveId: (id) => (id === "virtual:embedded" ? "\0virtual:embedded" : undefined),
  async load(id) {
    if (id !== "\0virtual:embedded") return undefined;
    found ??= findEmbedded();
    return `export default ${JSON.stringify(await found)};`;
  },
};
let found;

/** jsroot is bundled by build-jsroot.mjs, into a file of ours. */
const packages = new Set([join(root, "node_modules/jsroot")]);
const licences = () => collectPackages(root, packages);

await build({
  root: join(root, "src/web"),
  configFile: false,
  logLevel: "warn",
  base: "./",
  plugins: [embedded, solid(), licences()],
  worker: { format: "es", plugins: () => [embedded, licences()] },
  build: {
    outDir: out,
    emptyOutDir: true,
    target: "es2023",
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
    modulePreload: { polyfill: false },
  },
});

/** Of what commands load at their start; others stay in packages: what is compiled for a machine, and what few commands load. */
const AT_START = ["cli-progress", "commander", "hyparquet", "hyparquet-writer", "tinyglobby", "yaml"];

// The program of the command line, and of its threads, in few files: looking for 500 takes a process 0.3 s.
await build({
  root,
  configFile: false,
  logLevel: "warn",
  plugins: [licences()],
  ssr: { noExternal: AT_START },
  build: {
    ssr: true,
    outDir: "dist/program",
    target: "node20",
    minify: false,
    rolldownOptions: {
      input: { program: "dist/cli/program.js", worker: "dist/pipeline/worker.js" },
      // What the library loads only when it is needed stands in one of the few files.
      checks: { ineffectiveDynamicImport: false },
      output: { entryFileNames: "[name].js", chunkFileNames: "[name]-[hash].js" },
    },
  },
});

await mkdir(out, { recursive: true });
await compressBeside(out);

await writeFile(join(root, "dist/THIRD-PARTY-LICENSES.txt"), licenceText(packages));
