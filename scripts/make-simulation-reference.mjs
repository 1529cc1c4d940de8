// Writes docs/figures/simulation/reference.json: what Geant4 and CMSSW gave, as far as the figures of docs/simulation.md
// show it. Needs the project's data folder. `node scripts/make-simulation-reference.mjs && npm run format`
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createGeometry } from "../dist/index.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const data = `${process.env.BYE_SPLITS_SHARED ?? `${root}../shared`}/data`;
const read = (path) => readFileSync(`${data}/${path}`, "utf8");
const { calibration, occupancy } = JSON.parse(read("constants.json"));
const { source, samples } = JSON.parse(read("physics/g4_reference_profiles_V16_eta2.json"));

const geant4 = {};
for (const [particles, name] of [
  ["photons", "Photon"],
  ["pions", "Pion"],
]) {
  for (const energy of [5, 50, 500]) {
    const sample = samples[`${name}_E${energy}`];
    const [mean, sigma] = sample.energy_ratio_mean_std;
    geant4[`${particles}-${energy}`] = {
      layers: sample.longitudinal.mean,
      rings: sample.transverse_ring.mean.filter((share) => share >= 1e-4),
      ringSpreads: sample.transverse_ring.std.filter((_, ring) => sample.transverse_ring.mean[ring] >= 1e-4),
      widths: sample.xwidth_mm_or_native_mean_std_from_hist.map(([width]) => width),
      resolution: Number((sigma / mean).toPrecision(5)),
    };
  }
}

// The samples weight layers with the dE/dx of each; the table of our layout has the means of neighbours.
const raw = calibration.V16_dEdX_raw_MeV.value.slice(1);
const means = calibration.V16_dEdX_calcWeights_MeV.value.slice(1);

const RING = 12;
const geometry = createGeometry("V11");
const pitch = geometry.table.waferSize + geometry.table.waferGap;
const lines = read("occupancy/nTCs_v11_ttbar_mean_rms.csv").trim().split("\n").slice(1);
const neutrino = occupancy.PU200_neutrino_gun_V11;
const perLayer = Object.fromEntries(Object.entries(neutrino.value["CE-E_per_layer_120deg"]));
const ttbarLayers = {};
const ttbarRings = {};
for (const line of lines) {
  const [kind, u, v, layer, mean] = line.split(",").map((field, i) => (i === 0 ? field : Number(field)));
  if (kind !== "silicon" || layer > 50) continue;
  ttbarLayers[layer] = (ttbarLayers[layer] ?? 0) + mean;
  if (layer > 28) continue;
  const r = Math.hypot(((v - 2 * u) * pitch) / 2, geometry.waferY[layer] + (v * pitch * Math.sqrt(3)) / 2);
  const ring = Math.floor(r / RING);
  ttbarRings[ring] = (ttbarRings[ring] ?? 0) + mean;
}
const sum = (values) => values.reduce((total, value) => total + value, 0);
const scaleE = sum(Object.values(perLayer)) / sum(Object.keys(perLayer).map((layer) => ttbarLayers[layer]));
const hadron = Object.keys(ttbarLayers).filter((layer) => layer > 28);
const restH = neutrino.value.per_120deg_sector.si - sum(Object.values(perLayer));
const scaleH = restH / sum(hadron.map((layer) => ttbarLayers[layer]));
for (const layer of hadron) perLayer[layer] = Number((scaleH * ttbarLayers[layer]).toPrecision(4));

const reference = {
  about: {
    geant4: `${source}; single particles at eta 2, V16; rings with less than 1e-4 are left out; widths of layers along x in cm`,
    rawOverMeanDEdX:
      "cms-sw/cmssw RecoLocalCalo/HGCalRecProducers, V16: layer weights before and after averaging neighbours",
    photonTcs: `${occupancy.PU0_photon_V11.source}; nine single photons, V11`,
    pileup: `${neutrino.source}; V11, 120 degrees. CE-H layers and rings of CE-E follow the ttbar sample of the same repository, scaled to these sums`,
  },
  geant4,
  rawOverMeanDEdX: raw.map((value, i) => Number((value / means[i]).toPrecision(5))),
  photonTcs: occupancy.PU0_photon_V11.value,
  pileup: {
    silicon: neutrino.value.per_120deg_sector.si,
    scintillator: neutrino.value.per_120deg_sector.scint,
    perLayer,
    ringWidth: RING,
    perRing: Object.fromEntries(
      Object.entries(ttbarRings)
        .map(([ring, mean]) => [ring, Number((scaleE * mean).toPrecision(4))])
        .filter(([, mean]) => mean >= 1),
    ),
  },
};
writeFileSync(`${root}docs/figures/simulation/reference.json`, JSON.stringify(reference));
