// Writes src/events/tables/pileup-v11.ts: the eta density and layer gains with which pile-up of 200 has the occupancies of
// CMSSW above 1.35 MIP_T. Needs the project's data folder and a build. `node scripts/make-pileup-tables.mjs`
// Layers of CE-E are met at their neutrino-gun values; CE-H and the radial shape are those of ttbar, scaled.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { COLLISION } from "../dist/events/pileup-constants.js";
import { PileUp } from "../dist/events/pileup.js";
import { Readout } from "../dist/events/readout.js";
import { SignalBuffer } from "../dist/events/signal-buffer.js";
import { createGeometry, Random, waferAt } from "../dist/index.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const data = `${process.env.BYE_SPLITS_SHARED ?? `${root}../shared`}/data`;
const PILEUP = 200;
const THRESHOLD = 1.35;
const NODES = 11;
/** Endcaps simulated in each round, and how much of the difference is corrected after it. */
const ROUNDS = [...Array(5).fill([30, 0.7]), ...Array(3).fill([80, 0.5])];

const measured = JSON.parse(readFileSync(`${data}/constants.json`, "utf8")).occupancy.PU200_neutrino_gun_V11.value;
const modules = readFileSync(`${data}/occupancy/nTCs_v11_ttbar_mean_rms.csv`, "utf8")
  .trim()
  .split("\n")
  .slice(1)
  .map((line) => line.split(","))
  .map(([detector, u, v, layer, mean]) => ({
    detector,
    u: Number(u),
    v: Number(v),
    layer: Number(layer),
    mean: Number(mean),
  }))
  .filter(({ layer }) => layer <= 50);

const geometry = createGeometry();
const { wafers, triggerCells } = geometry;
const waferOfTc = new Int32Array(triggerCells.rows).fill(-1);
geometry.ofSlot.forEach((tc, at) => {
  if (tc >= 0) waferOfTc[tc] = Math.floor(at / 48);
});
const transverse = triggerCells.eta.map((eta) => 1 / Math.cosh(eta));

/** TCs per 120 degrees that each layer should have. */
const ttbar = new Float64Array(51);
for (const { layer, mean } of modules) ttbar[layer] += mean;
const cee = measured["CE-E_per_layer_120deg"];
const ceeSum = Object.values(cee).reduce((a, b) => a + b);
const { si, scint } = measured.per_120deg_sector;
const cehScale = (si + scint - ceeSum) / ttbar.subarray(29).reduce((a, b) => a + b);
const wanted = ttbar.map((sum, layer) => cee[layer] ?? sum * cehScale);

/** A module's wafers in the three sectors, and its place between the nodes of the eta table. */
const pitch = geometry.table.waferSize + geometry.table.waferGap;
const silicon = modules.filter(({ detector }) => detector === "silicon");
for (const module of silicon) {
  const x = ((module.v - 2 * module.u) * pitch) / 2;
  const y = geometry.waferY[module.layer] + (module.v * pitch * Math.sqrt(3)) / 2;
  module.wafers = [0, 1, 2].map((k) => {
    const [c, s] = [Math.cos((2 * Math.PI * k) / 3), Math.sin((2 * Math.PI * k) / 3)];
    return waferAt(geometry, module.layer, c * x - s * y, s * x + c * y);
  });
  const eta = Math.asinh(geometry.layers[module.layer - 1].z / Math.hypot(x, y));
  module.node = ((NODES - 1) * (eta - COLLISION.minEta)) / (COLLISION.maxEta - COLLISION.minEta);
}

const table = { etaDensity: Array(NODES).fill(1), layerGain: Array(50).fill(1) };
ROUNDS.forEach(([endcaps, step], round) => {
  const pileUp = new PileUp(geometry, table);
  const buffer = new SignalBuffer(50);
  const readout = new Readout(geometry);
  const perWafer = new Float64Array(wafers.rows);
  const perLayer = new Float64Array(51);
  const rows = {
    push(tc, _zside, mips) {
      if (mips * transverse[tc] <= THRESHOLD) return;
      if (waferOfTc[tc] >= 0) perWafer[waferOfTc[tc]] += 1 / (3 * endcaps);
      perLayer[triggerCells.layer[tc]] += 1 / (3 * endcaps);
    },
  };
  for (let i = 0; i < endcaps; i++) {
    const random = new Random(round, i);
    pileUp.add(PILEUP, random, buffer);
    readout.read(buffer, random, 1, 0, rows);
  }
  const got = new Float64Array(NODES);
  const want = new Float64Array(NODES);
  for (const module of silicon) {
    const { layer, node, mean } = module;
    if (layer > 28 || perLayer[layer] === 0) continue;
    const count = module.wafers.reduce((sum, wafer) => sum + (wafer < 0 ? 0 : perWafer[wafer]), 0);
    for (let k = 0; k < NODES; k++) {
      const weight = Math.max(0, 1 - Math.abs(node - k));
      got[k] += (weight * count * wanted[layer]) / perLayer[layer];
      want[k] += (weight * mean * wanted[layer]) / ttbar[layer];
    }
  }
  const total = got.reduce((a, b) => a + b) / want.reduce((a, b) => a + b);
  const density = table.etaDensity.map((value, k) =>
    want[k] > 0 && got[k] > 0 ? value * ((want[k] * total) / got[k]) ** step : value,
  );
  // Modules are as wide as several steps of eta near the beam: without smoothing neighbours would play against each other.
  table.etaDensity = density.map(
    (value, k) => 0.5 * value + 0.25 * ((density[k - 1] ?? value) + (density[k + 1] ?? value)),
  );
  table.layerGain = table.layerGain.map((value, l) =>
    perLayer[l + 1] > 0 && wanted[l + 1] > 0 ? value * (wanted[l + 1] / perLayer[l + 1]) ** (0.8 * step) : value,
  );
  const worst = Object.keys(cee).map((layer) => Math.abs(perLayer[layer] / wanted[layer] - 1));
  console.log(
    `round ${round}: ${perLayer.reduce((a, b) => a + b).toFixed(0)} TCs per 120 degrees,`,
    `worst CE-E layer ${(100 * Math.max(...worst)).toFixed(1)} % off`,
  );
});

const list = (numbers) => numbers.map((x) => String(Number(x.toFixed(3)))).join(", ");
const file = `${root}src/events/tables/pileup-v11.ts`;
writeFileSync(
  file,
  `// Written by scripts/make-pileup-tables.mjs; do not edit.
// Occupancies: mhassans/hgcal-linkmapping @f7bd1e6c (neutrino gun) and jbsauvan/HGCTPGOccupancies (ttbar), V11, pile-up 200.
import { type PileUpTable } from "../pileup-constants.js";

export const PILEUP_V11: PileUpTable = {
  etaDensity: [${list(table.etaDensity)}],
  layerGain: [${list(table.layerGain)}],
};
`,
);
execFileSync(process.execPath, [`${root}node_modules/oxfmt/bin/oxfmt`, "--write", file]);
