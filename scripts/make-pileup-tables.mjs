// Writes src/events/tables/pileup-v11.ts: the eta density and the gains by layer and radius with which pile-up of 200 has the
// occupancies of CMSSW above 1.35 MIP_T. Needs the project's data folder and a build. `node scripts/make-pileup-tables.mjs`
// Layers of CE-E are met at their neutrino-gun values; CE-H and the radial shape are those of ttbar, scaled.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { COLLISION, RADIAL_GAIN } from "../dist/events/pileup-constants.js";
import { PileUp } from "../dist/events/pileup.js";
import { Readout } from "../dist/events/readout.js";
import { ShowerLibrary } from "../dist/events/shower-library.js";
import { SignalBuffer } from "../dist/events/signal-buffer.js";
import { createGeometry, Random, waferAt } from "../dist/index.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const data = `${process.env.BYE_SPLITS_SHARED ?? `${root}../shared`}/data`;
const PILEUP = 200;
const THRESHOLD = 1.35;
const NODES = 21;
/** Endcaps simulated in each round, and how much of the difference is corrected after it. */
const ROUNDS = [...Array(6).fill([40, 0.7]), ...Array(4).fill([100, 0.5]), [600, 0.6], [1200, 0.5]];

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

const geometry = createGeometry("V11");
const { wafers, triggerCells } = geometry;
const waferOfTc = new Int32Array(triggerCells.rows).fill(-1);
geometry.ofSlot.forEach((tc, at) => {
  if (tc >= 0) waferOfTc[tc] = Math.floor(at / 48);
});
const transverse = triggerCells.eta.map((eta) => 1 / Math.cosh(eta));

/** TCs per 120 degrees that silicon and scintillator of each layer should have. */
const ttbar = { silicon: new Float64Array(51), scintillator: new Float64Array(51) };
for (const { detector, layer, mean } of modules) ttbar[detector][layer] += mean;
const cee = measured["CE-E_per_layer_120deg"];
const sum = (values) => values.reduce((a, b) => a + b, 0);
const { si, scint } = measured.per_120deg_sector;
const cehScale = (si - sum(Object.values(cee))) / sum(ttbar.silicon.subarray(29));
const scintScale = scint / sum(ttbar.scintillator);
const wanted = ttbar.silicon.map((count, layer) => cee[layer] ?? (layer > 28 ? count * cehScale : 0));
const wantedTiles = ttbar.scintillator.map((count) => count * scintScale);

/** A module's wafers in the three sectors, its place between the nodes of the eta table and of the radial gains. */
const pitch = geometry.table.waferSize + geometry.table.waferGap;
// A module on the border of the sector has rows in the file for both of its places there, one of them with 0.
const silicon = modules.filter(({ detector, layer, mean }) => detector === "silicon" && mean > 0 && wanted[layer] > 0);
for (const module of silicon) {
  const x = ((module.v - 2 * module.u) * pitch) / 2;
  const y = geometry.waferY[module.layer] + (module.v * pitch * Math.sqrt(3)) / 2;
  module.wafers = [0, 1, 2].map((k) => {
    const [c, s] = [Math.cos((2 * Math.PI * k) / 3), Math.sin((2 * Math.PI * k) / 3)];
    return waferAt(geometry, module.layer, c * x - s * y, s * x + c * y);
  });
  const r = Math.hypot(x, y);
  const eta = Math.asinh(geometry.layers[module.layer - 1].z / r);
  module.node = ((NODES - 1) * (eta - COLLISION.minEta)) / (COLLISION.maxEta - COLLISION.minEta);
  module.ring = Math.min(RADIAL_GAIN.nodes - 1, Math.max(0, (r - RADIAL_GAIN.first) / RADIAL_GAIN.step));
  module.part = module.layer > 28 ? "ceh" : module.layer <= RADIAL_GAIN.lastFront ? "front" : "back";
  module.wanted = (module.mean * wanted[module.layer]) / ttbar.silicon[module.layer];
}

/** Ratios wanted / found at the nodes of a table of `n`, where modules have weights by their distance to the nodes. */
function ratiosAt(n, modules, place, found) {
  const [got, want] = [new Float64Array(n), new Float64Array(n)];
  for (const module of modules) {
    for (let k = 0; k < n; k++) {
      const weight = Math.max(0, 1 - Math.abs(module[place] - k));
      got[k] += weight * found(module);
      want[k] += weight * module.wanted;
    }
  }
  return Array.from(got, (value, k) => (value > 0 && want[k] > 0 ? Math.min(1.5, Math.max(0.67, want[k] / value)) : 1));
}
const smoothed = (values) =>
  values.map((value, k) => 0.5 * value + 0.25 * ((values[k - 1] ?? value) + (values[k + 1] ?? value)));

const ones = (n) => Array(n).fill(1);
const table = {
  etaDensity: ones(NODES),
  layerGain: ones(50),
  tileGain: ones(50),
  radialGain: { front: ones(RADIAL_GAIN.nodes), back: ones(RADIAL_GAIN.nodes), ceh: ones(RADIAL_GAIN.nodes) },
};
const library = new ShowerLibrary(geometry);
ROUNDS.forEach(([endcaps, step], round) => {
  const pileUp = new PileUp(geometry, table, library);
  const buffer = new SignalBuffer(50);
  const readout = new Readout(geometry);
  const perWafer = new Float64Array(wafers.rows);
  const perLayer = new Float64Array(51);
  const perTileLayer = new Float64Array(51);
  const rows = {
    push(tc, _zside, mips) {
      if (mips * transverse[tc] <= THRESHOLD) return;
      const layer = triggerCells.layer[tc];
      if (waferOfTc[tc] >= 0) {
        perWafer[waferOfTc[tc]] += 1 / (3 * endcaps);
        perLayer[layer] += 1 / (3 * endcaps);
      } else perTileLayer[layer] += 1 / (3 * endcaps);
    },
  };
  for (let i = 0; i < endcaps; i++) {
    const random = new Random(1000 + round, i);
    pileUp.add(PILEUP, random, buffer);
    readout.read(buffer, random, 1, 0, rows);
  }
  const found = (module) => sum(module.wafers.map((wafer) => (wafer < 0 ? 0 : perWafer[wafer])));
  // Layers are met by their own gains: the shape in eta is that of their modules, relative to the layer.
  const relative = (module) => (found(module) * wanted[module.layer]) / (perLayer[module.layer] || 1);
  const front = silicon.filter(({ part }) => part === "front");
  // The density is what the first layers want: it comes first and then stays, as radial gains could do the same.
  if (round < 6) {
    const ratios = ratiosAt(NODES, front, "node", relative);
    // Modules are as wide as several steps of eta near the beam: without smoothing neighbours would play against each other.
    table.etaDensity = smoothed(table.etaDensity.map((value, k) => value * ratios[k] ** step));
    const mean = sum(table.etaDensity) / NODES;
    table.etaDensity = table.etaDensity.map((value) => value / mean);
  }
  for (const part of ["front", "back", "ceh"]) {
    const ratios = ratiosAt(
      RADIAL_GAIN.nodes,
      silicon.filter((module) => module.part === part),
      "ring",
      relative,
    );
    // Occupancies grow more slowly than signals.
    if (round >= 3) table.radialGain[part] = table.radialGain[part].map((value, k) => value * ratios[k] ** step);
  }
  // The last layers see few trigger cells: one round must not send their gains far away.
  const corrected = (gains, got, want) =>
    gains.map((value, l) =>
      want[l + 1] > 0 ? value * Math.min(1.5, Math.max(0.67, want[l + 1] / (got[l + 1] || 1e-9))) ** step : value,
    );
  table.layerGain = corrected(table.layerGain, perLayer, wanted);
  table.tileGain = corrected(table.tileGain, perTileLayer, wantedTiles);

  const rings = new Map();
  for (const module of silicon) {
    const key = `${module.part === "ceh" ? "CE-H" : "CE-E"} ${Math.round(module.ring)}`;
    const ring = rings.get(key) ?? { got: 0, want: 0 };
    ring.got += found(module);
    ring.want += module.wanted;
    rings.set(key, ring);
  }
  const off = (got, want) => (100 * Math.abs(got / want - 1)).toFixed(1);
  const worst = (layers, got, want) => Math.max(...layers.map((l) => Number(off(got[l], want[l]))));
  const layers = (want) => [...want.keys()].filter((layer) => want[layer] > 0);
  console.log(
    `round ${round}: ${sum(perLayer).toFixed(0)} + ${sum(perTileLayer).toFixed(1)} TCs per 120 degrees, most off [%]:`,
    `silicon layer ${worst(layers(wanted), perLayer, wanted)},`,
    `tile layer ${worst(layers(wantedTiles), perTileLayer, wantedTiles)},`,
    `rings ${[...rings].map(([key, { got, want }]) => `${key}: ${(got / want).toFixed(2)}`).join(" ")}`,
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
  tileGain: [${list(table.tileGain)}],
  radialGain: {
    front: [${list(table.radialGain.front)}],
    back: [${list(table.radialGain.back)}],
    ceh: [${list(table.radialGain.ceh)}],
  },
};
`,
);
execFileSync(process.execPath, [`${root}node_modules/oxfmt/bin/oxfmt`, "--write", file]);
