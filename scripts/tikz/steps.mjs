// Each step of both chains on one event: the photon of the display that the default chain splits.
import {
  cellStages,
  createChain,
  createGeometry,
  createGrid,
  createNtupleClusters,
  createSkim,
  createSmoother,
  createSmoothMap,
  DEFAULT_PARAMS,
  DEFAULT_SKIM,
  fill,
  parseSelection,
  projected,
  seed,
  SharedStages,
  simulateEvents,
  waferIndex,
  waferOutline,
} from "../../dist/index.js";
import { num, picture, point, polygon, shade } from "./tikz.mjs";

/** The event that the display opens with. */
const EVENT = 263;
const geometry = createGeometry("V11");
const params = DEFAULT_PARAMS;

function event() {
  const { skim } = createSkim({ ...DEFAULT_SKIM, particles: "photons" });
  const chunk = simulateEvents({ particles: "photons", pileup: 0, seed: 1, geometry }, EVENT, 1);
  return skim(createNtupleClusters()(chunk));
}

const batch = event();
const tc = batch.tc.columns;
const { gen_eta, gen_phi } = batch.gen.columns;
const truth = projected(gen_eta[0], gen_phi[0]);
const run = (name) => createChain(name, params, { selection: parseSelection("all"), saveSteps: true })(batch);
const ofDefault = run("default");
if (ofDefault.counts.split !== 1)
  throw new Error(`event ${EVENT} is not split any more: take the one that the build of the pages finds`);
const histogram = fill(tc, createGrid(params.base));
const smoothed = createSmoothMap(params.base.NbinsRz, params.base.NbinsPhi);
createSmoother(params.base, params.smooth).smoothInto(smoothed, histogram);
const seeds = seed(smoothed, histogram, params.seed);
const stages = cellStages(params, new SharedStages());
/** The endcap that is drawn. */
const at = { batch, i: batch.entries.columns.zside.indexOf(1) };
const STYLE = ",every node/.style={font=\\tiny\\sffamily}";

/** The bins around the seeds: [rows, columns]. */
function window() {
  const rows = Array.from(seeds.rzBin.subarray(0, seeds.n));
  const columns = Array.from(seeds.phiBin.subarray(0, seeds.n));
  const range = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => from + i);
  return [
    range(Math.min(...rows) - 3, Math.max(...rows) + 3),
    range(Math.min(...columns) - 5, Math.max(...columns) + 5),
  ];
}

/** A map of bins: phi to the right, R/z upwards. */
function bins(values, title, more = []) {
  const [rows, columns] = window();
  const { nPhi } = histogram.grid;
  const largest = Math.max(...rows.flatMap((r) => columns.map((c) => values[r * nPhi + c])));
  const at = (r, c) => [1.3 * (c - columns[0]), 0.8 * (r - rows[0])];
  const body = [];
  for (const r of rows) {
    for (const c of columns) {
      const value = values[r * nPhi + c];
      const [x, y] = at(r, c);
      body.push(
        `\\filldraw[draw=quiet!40,fill=${shade(value, largest)}] ${point(x, y)} rectangle ${point(x + 1.3, y + 0.8)};`,
      );
      if (value > 0.005 * largest) {
        const color = value > 0.5 * largest ? "white" : "black";
        body.push(
          `\\node[text=${color}] at ${point(x + 0.65, y + 0.4)} {${value >= 100 ? Math.round(value) : value.toPrecision(2)}};`,
        );
      }
    }
  }
  for (const c of columns) body.push(`\\node at ${point(at(0, c)[0] + 0.65, -0.25)} {${c}};`);
  for (const r of rows) body.push(`\\node[left] at ${point(0, at(r, 0)[1] + 0.4)} {${r}};`);
  const right = at(0, columns[columns.length - 1] + 1)[0];
  body.push(
    `\\node[note] at ${point(right / 2, -0.7)} {column in $\\phi$};`,
    `\\node[note,rotate=90] at ${point(-0.75, 0.4 * rows.length)} {row in R/z};`,
    ...more(at),
  );
  return picture({ title, scale: 0.75, styles: STYLE, body });
}

const seedMarks = (at) =>
  Array.from({ length: seeds.n }, (_, s) => {
    const [r, c] = [seeds.rzBin[s], seeds.phiBin[s]];
    const w = params.seed.window;
    const [low, high] = [at(r - 1, c - w), at(r + 2, c + w + 1)];
    const [x, y] = at(r, c);
    return `\\draw[deed,dashed,line width=1pt] ${point(...low)} rectangle ${point(...high)};\n\\draw[bad,line width=1.4pt] ${point(x, y)} rectangle ${point(x + 1.3, y + 0.8)};`;
  });

export const stepFill = () =>
  bins(histogram.mipPt, "Fill: the energy of trigger cells [MIP_T] by bin of R/z and phi", () => []);
export const stepSmooth = () =>
  bins(smoothed.energy, "Smooth: each bin takes from its neighbours in phi, then in R/z", () => []);
export const stepSeed = () =>
  bins(
    smoothed.energy,
    `Seed: bins above ${params.seed.histoThreshold} that none in the window (dashed) exceeds: ${seeds.n} seeds of one photon`,
    seedMarks,
  );

const HUES = ["data", "deed", "good", "second"];
const SCALE = 60;

/** The plane (x/z, y/z) around the particle. */
function plane(title, body) {
  const marks = [
    `\\draw[bad,line width=1pt] (-0.12,0) -- (0.12,0) (0,-0.12) -- (0,0.12);`,
    `\\node[note,text=bad,anchor=west] at (-5.4,4.6) {cross: the particle};`,
    `\\draw[->,quiet] (-5.4,-5.2) -- (-3.4,-5.2) node[right,note] {x/z};`,
    `\\draw[->,quiet] (-5.4,-5.2) -- (-5.4,-3.2) node[above,note] {y/z};`,
    `\\draw[|-|,quiet] (2.4,-5.2) -- ${point(2.4 + 0.03 * SCALE, -5.2)} node[midway,above,note] {0.03};`,
  ];
  return picture({ title, scale: 0.8, styles: STYLE, body: [...body, ...marks] });
}

const local = (x, y) => [(x - truth.x) * SCALE, (y - truth.y) * SCALE];
const inside = ([x, y]) => Math.hypot(x, y) < 5.2;

export function stepCluster() {
  const body = [];
  const { tc_row, seed_idx } = ofDefault.assignment.columns;
  const seedOf = new Map(Array.from(tc_row, (row, i) => [row, seed_idx[i]]));
  const { CoeffA } = params.cluster;
  const radii = [Math.min(...CoeffA.slice(0, 28)), Math.max(...CoeffA)];
  for (let s = 0; s < seeds.n; s++) {
    const at = local(seeds.x[s], seeds.y[s]);
    for (const radius of new Set(radii)) {
      const color = HUES[s % HUES.length];
      body.push(`\\draw[${color},dashed] ${point(...at)} circle[radius=${num(radius * SCALE)}];`);
      if (s === 0)
        body.push(
          `\\node[note,fill=white,inner sep=1pt,text=${color}] at ${point(at[0], at[1] + radius * SCALE)} {${radius}};`,
        );
    }
  }
  const largest = Math.max(...tc.tc_mipPt);
  for (let t = 0; t < tc.tc_x.length; t++) {
    const at = local(tc.tc_x[t] / tc.tc_z[t], tc.tc_y[t] / tc.tc_z[t]);
    if (!inside(at)) continue;
    const s = seedOf.get(t);
    const color = s === undefined ? "quiet!40" : HUES[s % HUES.length];
    const size = 0.025 + 0.16 * Math.sqrt(tc.tc_mipPt[t] / largest);
    body.push(`\\fill[${color},fill opacity=0.7] ${point(...at)} circle[radius=${num(size)}];`);
  }
  for (let s = 0; s < seeds.n; s++) {
    const at = local(seeds.x[s], seeds.y[s]);
    body.push(
      `\\filldraw[draw=black,fill=${HUES[s % HUES.length]}] ${point(...at)} +(-0.09,-0.09) rectangle +(0.09,0.09);`,
    );
  }
  return plane(
    "Cluster: each trigger cell to the nearest seed within the radius of its layer",
    body.map((l) => l.replaceAll(",fill opacity=0.7", "")),
  );
}

export function stepValidate() {
  const { splitDistance, splitPt, splitShare } = params.validation;
  const body = [`\\draw[bad] (0,0) circle[radius=${num(splitDistance * SCALE)}];`];
  const { x, y, z, pt } = ofDefault.clusters.columns;
  const total = Array.from(pt).reduce((a, b) => a + b, 0);
  for (let c = 0; c < pt.length; c++) {
    const at = local(x[c] / z[c], y[c] / z[c]);
    if (!inside(at)) continue;
    const size = 0.5 * Math.sqrt(pt[c] / total) + 0.05;
    body.push(
      `\\filldraw[draw=${HUES[c % 4]},fill=${HUES[c % 4]}!30] ${point(...at)} circle[radius=${num(size)}];`,
      `\\node[note,text=black,anchor=${at[0] < 0 ? "east" : "west"}] at ${point(at[0] + (at[0] < 0 ? -1 : 1) * (size + 0.1), at[1])} {${num(Number(pt[c].toPrecision(3)))} GeV\\\\${Math.round((100 * pt[c]) / total)} percent};`,
    );
  }
  body.push(`\\node[note,text=bad] at ${point(0, splitDistance * SCALE + 0.25)} {within ${num(splitDistance)}};`);
  return plane(
    `Validate: split, for two clusters above ${splitPt} GeV lie within ${splitDistance} of the particle, and the second has at least ${100 * splitShare} percent of their pT`,
    body,
  );
}

const hexagon = (wu, wv, scale) => {
  const row = waferIndex(geometry, params.cs.initial_layer, wu, wv);
  return row < 0 ? undefined : Array.from(waferOutline(geometry, row), (value) => value * scale);
};

export function stepCoarse() {
  const { seeds: coarse, sums: sumsOf } = stages.coarse(at);
  const sums = sumsOf();
  const chosen = new Set(Array.from({ length: coarse.n }, (_, k) => `${coarse.wu[k]},${coarse.wv[k]}`));
  const scale = 0.08;
  const row = waferIndex(geometry, params.cs.initial_layer, coarse.wu[0], coarse.wv[0]);
  const [x0, y0] = [geometry.wafers.x[row] * scale, geometry.wafers.y[row] * scale];
  const moved = (corners) => corners.map((value, i) => value - (i % 2 === 0 ? x0 : y0));
  const value = new Map(Array.from({ length: sums.n }, (_, k) => [`${sums.wu[k]},${sums.wv[k]}`, sums.mipPt[k]]));
  const largest = Math.max(...value.values());
  const body = [];
  const later = [];
  for (let du = -2; du <= 2; du++) {
    for (let dv = -2; dv <= 2; dv++) {
      if (Math.abs(du - dv) > 2) continue;
      const [wu, wv] = [coarse.wu[0] + du, coarse.wv[0] + dv];
      const corners = hexagon(wu, wv, scale);
      if (corners === undefined) continue;
      const key = `${wu},${wv}`;
      const energy = value.get(key) ?? 0;
      (chosen.has(key) ? later : body).push(
        polygon(
          moved(corners),
          `draw=${chosen.has(key) ? "bad,line width=1.4pt" : "quiet!60"},fill=${shade(energy, largest)}`,
        ),
      );
      const wafer = waferIndex(geometry, params.cs.initial_layer, wu, wv);
      const center = [geometry.wafers.x[wafer] * scale - x0, geometry.wafers.y[wafer] * scale - y0];
      later.push(
        `\\node[align=center,text=${energy > largest / 2 ? "white" : "black"}] at ${point(...center)} {${energy > 0 ? num(Number(energy.toPrecision(3))) : ""}\\\\(${key})};`,
      );
    }
  }
  const title = `Coarse seeds: wafers whose energy [MIP_T] in ${params.cs.k} layers from ${params.cs.initial_layer} on reaches the threshold of their eta, in red; below it (wu, wv)`;
  return picture({ title, scale: 1.1, styles: STYLE, body: [...body, ...later] });
}

export function stepUv() {
  const { seeds: found, cells: cellsOf } = stages.seeds(at);
  const cells = cellsOf();
  const largest = Math.max(...cells.mipPt);
  const [u0, v0] = [found.u[0], found.v[0]];
  const side = 0.45;
  // Axes at 60 degrees, as cells of a wafer lie.
  const center = (u, v) => [side * Math.sqrt(3) * (u - u0 - (v - v0) / 2), side * 1.5 * (v - v0)];
  const corners = ([x, y]) =>
    Array.from({ length: 12 }, (_, i) =>
      i % 2 === 0 ? x + side * Math.sin(((i >> 1) * Math.PI) / 3) : y + side * Math.cos(((i >> 1) * Math.PI) / 3),
    );
  const isSeed = (u, v) => Array.from({ length: found.n }).some((_, s) => found.u[s] === u && found.v[s] === v);
  const body = [];
  const later = [];
  for (let c = 0; c < cells.n; c++) {
    const [u, v] = [cells.u[c], cells.v[c]];
    if (Math.abs(u - u0) > 5 || Math.abs(v - v0) > 5 || Math.abs(u - v - u0 + v0) > 6) continue;
    const marked = isSeed(u, v);
    const energy = cells.mipPt[c];
    (marked ? later : body).push(
      polygon(
        corners(center(u, v)),
        `draw=${marked ? "bad,line width=1.4pt" : "quiet!50"},fill=${shade(energy, largest)}`,
      ),
    );
    if (energy > 0.004 * largest)
      later.push(
        `\\node[text=${energy > largest / 2 ? "white" : "black"}] at ${point(...center(u, v))} {${Number(energy.toPrecision(2))}};`,
      );
  }
  const title = `Seeds of the coarse-seeding chain: cells in (U, V) above ${params.seed_cs.histoThreshold} that none around exceeds; energies [MIP_T] are summed over the layers`;
  return picture({ title, scale: 1, styles: STYLE, body: [...body, ...later] });
}
