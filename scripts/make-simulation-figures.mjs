// Draws docs/figures/simulation/*.svg and prints how the simulation compares with Geant4 and CMSSW. Build first.
// `node scripts/make-simulation-figures.mjs [PART ...]`: all parts, or some of PARTS below.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { clopperPearson, createGeometry, logGamma } from "../dist/index.js";
import {
  comparisonPlot,
  createFigure,
  describeSlope,
  eventDisplay,
  FOLDED_PHI,
  lanesOf,
  PHI_IN_BIN,
  responsePlot,
  splitPlot,
  splitTrend,
  spreadPlot,
  tilingPlot,
  VARIABLES,
} from "../dist/plots/index.js";
import { measureShowers } from "../dist/events/shower-measures.js";
import { countPairs, countPileUp, countTcs, runDefaultChain } from "./simulation-measures.mjs";

const folder = fileURLToPath(new URL("../docs/figures/simulation/", import.meta.url));
const reference = JSON.parse(readFileSync(`${folder}reference.json`, "utf8"));
/** 26 + 21 layers, as those of the Geant4 samples. */
const layers = JSON.parse(readFileSync(new URL("../test/fixtures/geometry/made-up.json", import.meta.url), "utf8"));
const ENERGIES = [5, 50, 500];
const COLORS = ["blue", "orange", "green"];
const MARKERS = ["circle", "square", "triangle"];
const SHOWERS = 2000;
const PILEUP_EVENTS = 40;
/** Geant4's rings are off the axis by about half a cell, in all layers alike: sigma in x and y [cm] that gives its rings 0 to 2 of photons. */
const OFF_CENTRE = 0.6;

const rows = [];
const report = (what, simulated, wanted, digits = 3) =>
  rows.push([
    what,
    Number(simulated.toPrecision(digits)),
    wanted === undefined ? "" : Number(wanted.toPrecision(digits)),
  ]);

let bytes = 0;
function save(plot) {
  const { id, svg } = createFigure(plot);
  bytes += svg.length;
  if (svg.length > 200e3) throw new Error(`${id}.svg has ${svg.length} bytes, expected at most 200,000`);
  writeFileSync(`${folder}${id}.svg`, svg);
}

const sum = (values) => values.reduce((a, b) => a + b, 0);
const quantile = (values, q) =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(q * values.length))];

function showers(particles) {
  const measured = ENERGIES.map((energy) =>
    measureShowers(layers, {
      particles,
      energy,
      n: SHOWERS,
      layerFactor: reference.rawOverMeanDEdX,
      offCentre: OFF_CENTRE,
    }),
  );
  const geant4 = ENERGIES.map((energy) => reference.geant4[`${particles}-${energy}`]);
  const name = particles === "photons" ? "Photons" : "Charged pions";
  const what = `${name} at η 2, 26 + 21 layers; points: simulation, ${SHOWERS.toLocaleString("en")} showers each; lines: Geant4 (V16). No bars: statistical errors are smaller than the points`;
  const common = (i, x, simulated, wanted) => ({
    name: `${ENERGIES[i]} GeV`,
    color: COLORS[i],
    marker: MARKERS[i],
    x,
    simulated,
    reference: wanted,
  });
  save(
    comparisonPlot(
      {
        id: `${particles}-longitudinal`,
        title: `${name}: energy by layer`,
        notes: [what],
        x: { label: "layer", whole: true, range: [0, particles === "photons" ? 30 : 48] },
        y: { label: "mean share of the measured energy", includes: [0] },
      },
      measured.map((m, i) =>
        common(
          i,
          m.layers.map((_, l) => l + 1),
          m.layers,
          geant4[i].layers,
        ),
      ),
    ),
  );
  save(
    comparisonPlot(
      {
        id: `${particles}-transverse`,
        title: `${name}: energy by ring of cells around the axis`,
        notes: [`${what}. Rings of hexagonal cells 1.2 cm wide around the one that the axis meets, summed over layers`],
        x: { label: "ring", whole: true },
        y: { label: "mean share of the energy", log: true, range: [1e-4, 1] },
      },
      measured.map((m, i) => {
        const n = particles === "photons" ? 20 : 45;
        const rings = Array.from({ length: n }, (_, k) => k);
        return common(
          i,
          rings,
          m.rings.slice(0, n),
          rings.map((k) => geant4[i].rings[k] ?? Number.NaN),
        );
      }),
    ),
  );
  measured.forEach((m, i) => {
    const energy = ENERGIES[i];
    const wanted = geant4[i];
    const inCee = (shares) => sum(shares.slice(0, m.ceeLayers));
    const cumulative = (shares) => shares.map((_, l) => sum(shares.slice(0, l + 1)));
    const [ours, theirs] = [cumulative(m.layers), cumulative(wanted.layers)];
    const largest = Math.max(...ours.map((value, l) => Math.abs(value - theirs[l])));
    report(`${particles} ${energy} GeV: largest difference of the cumulative profile`, largest, 0);
    if (particles === "photons") {
      const depth = (shares) => sum(shares.map((share, l) => (l < m.ceeLayers ? share * m.x0[l] : 0))) / inCee(shares);
      report(`${particles} ${energy} GeV: mean depth in CE-E [X0]`, depth(m.layers), depth(wanted.layers), 4);
      report(
        `${particles} ${energy} GeV: sigma(E)/E sqrt(E)`,
        m.resolution * Math.sqrt(energy),
        wanted.resolution * Math.sqrt(energy),
      );
    } else {
      report(`${particles} ${energy} GeV: share in CE-E`, inCee(m.layers), inCee(wanted.layers));
      report(`${particles} ${energy} GeV: sigma(E)/E`, m.resolution, wanted.resolution);
    }
    const worstOf = (ours, theirs, first, end) => {
      const ratios = Array.from({ length: end - first }, (_, k) => ours[first + k] / theirs[first + k]);
      return `${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}`;
    };
    const compareRings = (what, first, end) => {
      rows.push([`${particles} ${energy} GeV: ${what}, mean share`, worstOf(m.rings, wanted.rings, first, end), 1]);
      rows.push([
        `${particles} ${energy} GeV: ${what}, spread`,
        worstOf(m.ringSpreads, wanted.ringSpreads, first, end),
        1,
      ]);
    };
    compareRings("rings 0 to 2", 0, 3);
    if (particles === "pions") {
      compareRings("rings 4 to 12", 4, 13);
      compareRings("rings 13 to 30", 13, 31);
    } else if (energy > 5) {
      // Where most of the energy is: the width of it needs no centre.
      rows.push([`photons ${energy} GeV: width along x, layers 10 to 22`, worstOf(m.widths, wanted.widths, 9, 22), 1]);
    }
  });
  if (particles !== "pions") return;
  save(
    comparisonPlot(
      {
        id: "pions-ring-spreads",
        title: "Charged pions: how much the energy in a ring differs from pion to pion",
        notes: [what],
        x: { label: "ring", whole: true },
        y: { label: "standard deviation of the share", log: true, range: [1e-3, 0.3] },
      },
      measured.map((m, i) => {
        const rings = Array.from({ length: 45 }, (_, k) => k);
        return common(
          i,
          rings,
          m.ringSpreads.slice(0, 45),
          rings.map((k) => geant4[i].ringSpreads[k] ?? Number.NaN),
        );
      }),
    ),
  );
}

function triggerCells() {
  const photons = countTcs(1500, 5);
  const width = 10;
  const bins = Array.from({ length: 10 }, (_, k) => photons.filter(({ pt }) => Math.floor(pt / width) === k));
  const { rows: events } = reference.photonTcs;
  const column = [2, 4, 5];
  const spreads = [0.5, 1.3, 2.1].map((threshold, k) => ({
    name: `mipPt > ${threshold}`,
    color: COLORS[k],
    marker: MARKERS[k],
    x: bins.map((_, bin) => (bin + 0.5) * width),
    median: bins.map((bin) =>
      quantile(
        bin.map(({ counts }) => counts[k]),
        0.5,
      ),
    ),
    low: bins.map((bin) =>
      quantile(
        bin.map(({ counts }) => counts[k]),
        0.16,
      ),
    ),
    high: bins.map((bin) =>
      quantile(
        bin.map(({ counts }) => counts[k]),
        0.84,
      ),
    ),
    eventX: events.map((event) => event[0]),
    events: events.map((event) => event[column[k]]),
  }));
  save(
    spreadPlot(
      {
        id: "photon-trigger-cells",
        title: "Trigger cells of single photons",
        notes: [
          `No pile-up, V11, all trigger layers. Lines: median of ${photons.length.toLocaleString("en")} simulated photons, 1.5 < η < 3; bands: 68 % of them; points: nine photons of CMSSW`,
        ],
        x: { label: "generated pT", unit: "GeV", range: [0, 100] },
        y: { label: "trigger cells", includes: [0] },
      },
      spreads,
    ),
  );
  [0.5, 1.3, 2.1].forEach((threshold, k) => {
    // Each real photon beside simulated ones of about its pt and eta.
    const ratios = events.map((event) => {
      const eta = Math.acosh(event[1] / event[0]);
      const near = photons.filter((p) => Math.abs(p.pt / event[0] - 1) < 0.15 && Math.abs(p.eta - eta) < 0.3);
      return sum(near.map(({ pt, counts }) => (counts[k] / pt) * event[0])) / near.length / event[column[k]];
    });
    report(`trigger cells of photons above ${threshold} MIP_T, simulated / CMSSW`, sum(ratios) / ratios.length, 1);
  });
  report("sum of TC pt / generated pt", sum(photons.map(({ sumPt, pt }) => sumPt / pt)) / photons.length, 1.038, 4);
}

function pileUp() {
  const { perLayer, perRing, ringWidth, silicon, scintillator } = reference.pileup;
  const found = countPileUp(200, PILEUP_EVENTS, 11, ringWidth);
  const notes = [
    `Pile-up 200, V11, mipPt > 1.35, mean of 120 degrees. Points: simulation, ${2 * PILEUP_EVENTS} endcaps; lines: CMSSW, neutrino gun; no bars`,
  ];
  const compare = (id, title, { x, y }, { wanted, simulated }, note) =>
    save(
      comparisonPlot({ id, title, notes: [...notes, ...note], x, y }, [
        {
          name: "trigger cells",
          color: "blue",
          marker: "circle",
          x: wanted.map(([at]) => at),
          simulated: wanted.map(([, k]) => simulated[k]),
          reference: wanted.map(([, , value]) => value),
        },
      ]),
    );
  const layers = Object.entries(perLayer).map(([layer, value]) => [Number(layer), Number(layer), value]);
  const rings = Object.entries(perRing).map(([ring, value]) => [(Number(ring) + 0.5) * ringWidth, Number(ring), value]);
  compare(
    "pileup-layers",
    "Trigger cells of pile-up by layer (silicon)",
    { x: { label: "layer", whole: true, range: [0, 51] }, y: { label: "trigger cells in 120°", log: true } },
    { wanted: layers, simulated: found.perLayer },
    ["CE-H (layers 29 to 50): shape of the ttbar sample"],
  );
  compare(
    "pileup-rings",
    "Trigger cells of pile-up by radius, CE-E",
    {
      x: { label: "radius of the module's centre", unit: "cm", includes: [0] },
      y: { label: `trigger cells in 120° and ${ringWidth} cm`, includes: [0] },
    },
    { wanted: rings, simulated: found.perRing },
    ["CMSSW: shape of the ttbar sample, scaled to the neutrino gun's sum"],
  );
  report("pile-up 200: silicon TCs above 1.35 MIP_T in 120 degrees", found.silicon, silicon, 4);
  report("pile-up 200: scintillator TCs above 1.35 MIP_T in 120 degrees", found.scintillator, scintillator, 4);
  const worst = (list, simulated) => Math.max(...list.map(([, k, value]) => Math.abs(simulated[k] / value - 1)));
  report("pile-up 200: largest relative difference of a CE-E layer", worst(layers.slice(0, 14), found.perLayer), 0);
  report("pile-up 200: largest relative difference of a CE-H layer", worst(layers.slice(14), found.perLayer), 0);
  report(
    "pile-up 200: largest relative difference of a ring with 100 TCs",
    worst(
      rings.filter(([, , value]) => value > 100),
      found.perRing,
    ),
    0,
  );
}

function splits() {
  const { geometry, batch, result } = runDefaultChain("photons", 0, 1, 1400);
  const records = { rows: 2000, columns: {} };
  if (result.events.rows < records.rows)
    throw new Error(`only ${result.events.rows} photons, expected ${records.rows}`);
  for (const [name, column] of Object.entries(result.events.columns))
    records.columns[name] = column.slice(0, records.rows);
  const [lane] = lanesOf([{ name: "photons", selection: "fast simulation, no pile-up, 1.7 < |η| < 2.8", records }]);
  for (const id of ["pt", "eta"]) {
    const variable = VARIABLES.find((each) => each.id === id);
    save(splitPlot([lane], variable, `split-${id}`));
    save(responsePlot(lane, "response_pt", { label: "pT / generated pT" }, variable, `response-${id}`));
    const trend = splitTrend(lane, variable, variable.edges([lane]));
    rows.push([`split photons against ${id}: ${describeSlope(trend, variable.axis.unit)}`, trend.split, ""]);
  }
  const { is_split, genpt, geneta, entry } = records.columns;
  // A photon that splits, not too soft: the first one of the sample.
  const pick = is_split.findIndex((value, i) => value === 1 && genpt[i] > 20 && Math.abs(geneta[i]) < 2.6);
  const display = (run, row, id, source, most) =>
    save(eventDisplay({ ...run.result, geometry, batch: run.batch, row, chain: "default" }, { id, source, most }));
  if (pick >= 0) {
    const row = batch.entries.columns.entry.indexOf(entry[pick]);
    display({ batch, result }, row, "event-split", "fast simulation, photons, no pile-up", 1000);
  }
  display(runDefaultChain("photons", 200, 1, 1), 0, "event-pileup", "fast simulation, photons, pile-up 200", 500);
}

/** Records of several samples of photons as one table. */
function manyPhotons(seeds, events) {
  const parts = seeds.map((seed) => runDefaultChain("photons", 0, seed, events).result.events);
  const columns = {};
  for (const [name, first] of Object.entries(parts[0].columns)) {
    const rows = parts.reduce((total, part) => total + part.rows, 0);
    const all = Array.isArray(first) ? [] : new first.constructor(rows);
    let at = 0;
    for (const { rows: n, columns: own } of parts) {
      for (let row = 0; row < n; row++) all[at + row] = own[name][row];
      at += n;
    }
    columns[name] = all;
  }
  return { rows: columns.is_split.length, columns };
}

/** chi^2 of the split fraction to a constant in the bins of a variable, and how likely as much is by chance. */
function flatness(lane, variable) {
  const edges = variable.edges([lane]);
  const isSplit = lane.run.records.columns.is_split;
  const bins = edges.slice(1).map(() => ({ n: 0, split: 0 }));
  variable.values(lane).forEach((value, i) => {
    const bin =
      bins[
        Math.max(
          0,
          edges.findLastIndex((edge, k) => k < bins.length && edge <= value),
        )
      ];
    bin.n++;
    bin.split += isSplit[lane.rows[i]];
  });
  const p = sum(bins.map(({ split }) => split)) / sum(bins.map(({ n }) => n));
  const chi2 = sum(bins.map(({ n, split }) => (split - n * p) ** 2 / (n * p * (1 - p))));
  const freedom = bins.length - 1;
  const log = (freedom / 2) * Math.log(chi2 / 2) - chi2 / 2 - logGamma(freedom / 2 + 1);
  // The upper incomplete Gamma function as its series in 1 / chi^2, good where chi^2 is far beyond the degrees of freedom.
  let [term, series] = [1, 0];
  for (let k = freedom / 2 - 1; k > -1; k--) {
    series += term;
    term *= (2 * k) / chi2;
  }
  const log10 = (log + Math.log(((freedom / 2) * 2) / chi2) + Math.log(series)) / Math.LN10;
  return `${chi2.toFixed(1)} (p = 1e${Math.round(log10)})`;
}

/** Where photons split: against phi folded by the 60 degrees after which the tiling repeats, the place in the phi bin, and both. */
function whySplits() {
  const records = manyPhotons([2, 101, 102, 103, 104, 105, 106], 6000);
  const [lane] = lanesOf([{ name: "photons", selection: "fast simulation, no pile-up, 1.7 < |η| < 2.8", records }]);
  for (const variable of [FOLDED_PHI, PHI_IN_BIN]) {
    save(splitPlot([lane], variable, `split-${variable.id}`));
    rows.push([
      `split photons against ${variable.axis.label}: chi^2, 11 degrees of freedom`,
      flatness(lane, variable),
      "",
    ]);
  }
  // Each split photon is a marker: of all of them the picture would be too large.
  const few = { ...lane, rows: lane.rows.slice(0, 25_000) };
  save(tilingPlot([few], createGeometry("V11"), "split-tiling"));
  const { is_split, geneta } = records.columns;
  const central = geneta.map((eta) => Number(Math.abs(eta) < 2.4));
  const low = is_split.filter((value, i) => value === 1 && central[i] === 1).length;
  rows.push([`split photons of ${records.rows}`, sum([...is_split]), ""]);
  rows.push([`split photons of ${sum([...central])} below |eta| 2.4`, low, ""]);
}

/** Two photons: from which distance on they are two. */
function pairs() {
  const distances = [0.01, 0.015, 0.02, 0.025, 0.03, 0.035, 0.04, 0.05, 0.06, 0.07, 0.08, 0.1];
  const found = distances.map((distance) => ({ distance, ...countPairs(distance, 13, 200) }));
  const intervals = found.map(({ pairs: n, two }) => clopperPearson(two, n));
  save({
    id: "photon-pairs",
    title: "Two photons that stay two",
    notes: [
      "Photons of 10 to 50 GeV, 1.75 < |η| < 2.75, no pile-up, default chain. Two: clusters above 2 GeV, each nearest to another photon and within half their distance (at most 0.06). Bars: 68 % Clopper-Pearson interval",
    ],
    panels: [
      {
        x: { label: "distance of the photons in (x/z, y/z)" },
        y: { label: "pairs found as two / pairs", includes: [0, 1] },
        series: [
          {
            name: "default chain",
            color: "blue",
            marker: "circle",
            marks: [
              {
                kind: "points",
                x: distances,
                y: found.map(({ pairs: n, two }) => two / n),
                low: intervals.map(({ low }) => low),
                high: intervals.map(({ high }) => high),
                entries: found.map(({ pairs: n }) => n),
              },
            ],
          },
        ],
      },
    ],
  });
  for (const { distance, pairs: n, two } of found)
    rows.push([`pairs at ${distance} found as two`, (two / n).toFixed(3), ""]);
}

const PARTS = {
  why: whySplits,
  pairs,
  photons: () => showers("photons"),
  pions: () => showers("pions"),
  cells: triggerCells,
  pileup: pileUp,
  splits,
};
const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !Object.hasOwn(PARTS, name));
if (unknown !== undefined) throw new Error(`no part ${unknown}, only ${Object.keys(PARTS).join(", ")}`);
for (const name of wanted.length > 0 ? wanted : Object.keys(PARTS)) PARTS[name]();
const widest = Math.max(...rows.map(([what]) => what.length));
for (const [what, simulated, wanted] of rows) {
  console.log(`${what.padEnd(widest)}  ${String(simulated).padStart(9)}  ${String(wanted).padStart(9)}`);
}
if (bytes > 1.5e6) throw new Error(`the figures have ${bytes} bytes, expected at most 1,500,000`);
console.log(`columns: simulated, Geant4 or CMSSW; figures: ${(bytes / 1e6).toFixed(2)} MB`);
