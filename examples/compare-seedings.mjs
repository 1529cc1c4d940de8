// Two ways to seed on the same events: how often each splits a particle, and which events one of them heals.
//
//   bye-splits simulate --particles photons --events 1000 --out photons
//   node examples/compare-seedings.mjs photons
import { createChain, DEFAULT_PARAMS, parseSelection } from "bye-splits";
import { openSampleFolder } from "bye-splits/node";

/** Parameters with another seeding window. */
const withWindow = (window) => ({ ...DEFAULT_PARAMS, seed: { ...DEFAULT_PARAMS.seed, window } });
const options = { selection: parseSelection("all") };
const seedings = {
  "window 1": createChain("default", withWindow(1), options),
  "window 2": createChain("default", withWindow(2), options),
  "coarse seeds": createChain("cs", DEFAULT_PARAMS, options),
};

const sample = await openSampleFolder(process.argv[2] ?? "photons");
const names = Object.keys(seedings);
const split = Object.fromEntries(names.map((name) => [name, new Set()]));
let particles = 0;
for (let b = 0; b < sample.batches; b++) {
  const batch = await sample.readBatch(b);
  for (const name of names) {
    const { events, counts } = seedings[name](batch);
    if (name === names[0]) particles += counts.particles ?? events.rows;
    const { entry, is_split } = events.columns;
    for (let row = 0; row < events.rows; row++) if (is_split[row] === 1) split[name].add(entry[row]);
  }
}
await sample.close();

const first = split[names[0]];
for (const name of names) {
  const own = split[name];
  const healed = [...first].filter((entry) => !own.has(entry)).length;
  const broken = [...own].filter((entry) => !first.has(entry)).length;
  const change = name === names[0] ? "" : `; ${healed} of those of ${names[0]} healed, ${broken} new`;
  console.log(`${name}: ${own.size} of ${particles} particles are split${change}`);
}
