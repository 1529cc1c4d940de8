// Writes src/detector/tables/v11.ts and v17.ts from the detector numbers beside this clone:
//   node scripts/make-detector-tables.mjs [FOLDER with constants.json and geometry/]   (default ../shared/data)
// The wafer list becomes a rule and its exceptions, the thickness types two radii per layer and their exceptions.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const data = process.argv[2] ?? join(root, "../shared/data");
const constants = JSON.parse(readFileSync(join(data, "constants.json"), "utf8"));
const v11 = JSON.parse(readFileSync(join(data, "geometry/v11_layers.json"), "utf8"));
const wafers = readFileSync(join(data, "geometry/v11_wafers.csv"), "utf8").trim().split("\n").slice(1);

const geometry = constants.geometry_V11;
const { calibration } = constants;
const cm = (mm) => round(mm / 10);
const round = (x, digits = 6) => Number(x.toFixed(digits));
const waferMargin = 0.5;

/** Wafers of a layer by the rule: a sensor corner within [rin, rout] with a margin. Keys "u,v", values: radius of the centre. */
function waferRule(size, gap, yShift, rin, rout) {
  const pitch = size + gap;
  const corner = size / Math.sqrt(3);
  const found = new Map();
  for (let u = -20; u <= 20; u++) {
    for (let v = -20; v <= 20; v++) {
      const x = ((-2 * u + v) * pitch) / 2;
      const y = (yShift * pitch) / Math.sqrt(3) + (v * pitch * Math.sqrt(3)) / 2;
      for (let k = 0; k < 6; k++) {
        const r = Math.hypot(x + corner * Math.sin((k * Math.PI) / 3), y + corner * Math.cos((k * Math.PI) / 3));
        if (r >= rin + waferMargin && r <= rout - waferMargin) found.set(`${u},${v}`, Math.hypot(x, y));
      }
    }
  }
  return found;
}

/** The radius that separates types <= `type` from thicker ones with the fewest wafers on the wrong side. */
function thicknessRadius(list, type) {
  const radii = [0, ...new Set(list.map((w) => round(w.radius, 4)).toSorted((a, b) => a - b))];
  let best = { radius: 0, wrong: Infinity };
  for (let i = 0; i < radii.length; i++) {
    const radius = i + 1 < radii.length ? (radii[i] + radii[i + 1]) / 2 : radii[i] + 1;
    const wrong = list.filter((w) => w.type <= type !== w.radius < radius).length;
    if (wrong < best.wrong) best = { radius: radii[i] === 0 ? 0 : round(radius, 3), wrong };
  }
  return best.radius;
}

function tableV11() {
  const absent = [];
  const thickness = [];
  const fine = [];
  const coarse = [];
  for (const layer of v11.layers) {
    const yShift = [0, 1, -1][layer.center_code];
    const rule = waferRule(v11.wafer_size_cm, v11.sensor_separation_cm, yShift, cm(layer.rin_mm), cm(layer.rout_si_mm));
    const list = wafers
      .map((row) => row.split(","))
      .filter((row) => Number(row[0]) === layer.layer)
      .map((row) => ({ u: row[1], v: row[2], type: Number(row[5]), radius: rule.get(`${row[1]},${row[2]}`) }));
    const listed = new Set(list.map((w) => `${w.u},${w.v}`));
    const missed = list.filter((w) => w.radius === undefined);
    if (missed.length > 0) throw new Error(`layer ${layer.layer}: ${missed.length} wafers exist outside the rule`);
    for (const key of rule.keys()) if (!listed.has(key)) absent.push([layer.layer, ...key.split(",").map(Number)]);
    const radii = [thicknessRadius(list, 0), thicknessRadius(list, 1)];
    fine.push(radii[0]);
    coarse.push(radii[1]);
    for (const w of list) {
      const byRadius = w.radius < radii[0] ? 0 : w.radius < radii[1] ? 1 : 2;
      if (byRadius !== w.type) thickness.push([layer.layer, Number(w.u), Number(w.v), w.type]);
    }
  }
  const of = (key, f = (x) => x) => v11.layers.map((layer) => f(layer[key]));
  const correction = calibration.thicknessCorrection.value;
  return {
    version: "V11",
    waferSize: v11.wafer_size_cm,
    waferGap: v11.sensor_separation_cm,
    waferMargin,
    z: geometry.z_sensor_cm.value,
    ceeLayers: v11.layers.filter((layer) => layer.kind === "EE").length,
    disconnected: v11.layers.filter((layer) => !layer.trigger_layer).map((layer) => layer.layer),
    yShift: of("center_code", (code) => [0, 1, -1][code]),
    rin: of("rin_mm", cm),
    rout: of("rout_si_mm", cm),
    x0Cum: geometry.X0_cum.value,
    lambdaCum: geometry.lambda_cum.value,
    dEdX: calibration.dEdX_MeV.value,
    dEdXTrigger: calibration.dEdX_trigger_MeV.value,
    thinRadius: fine,
    thickRadius: coarse,
    absentWafers: absent,
    thicknessExceptions: thickness,
    scintRings: v11.scint_ring_radii_mm.map(cm),
    scintTilesPhi: v11.scint_nphi_tiles,
    scintZOffset: round(v11.layers[36].z_scint_cm - v11.layers[36].z_si_cm),
    scintFirstRing: of("irad_min", (ring) => ring ?? 0),
    scintLastRing: of("irad_max", (ring) => ring ?? 0),
    thicknessCorrection: [
      ...Array(3).fill(correction["CE-E"]),
      ...Array(3).fill(correction["CE-H_si"]),
      correction.scint,
    ],
    cellNoise: calibration.noise_MIP_120_200_300.value,
  };
}

/** The first V11 layer at or behind z, as an index of at least 1; the last layer behind them all. */
function nextLayer(like, z) {
  const next = like.z.findIndex((zl) => zl >= z);
  return next === -1 ? like.z.length - 1 : Math.max(next, 1);
}

/** The value of a V11 column at another z, linear between layers. */
function atZ(like, column, z) {
  const next = nextLayer(like, z);
  const share = (z - like.z[next - 1]) / (like.z[next] - like.z[next - 1]);
  return column[next - 1] + Math.min(Math.max(share, 0), 1) * (column[next] - column[next - 1]);
}

/** V11's outer cone [mm]. */
const cone = ([zFront]) =>
  1523.3 + 0.34622 * (Math.min(zFront, 3893.4) - 3210.5) + 1.32188 * Math.max(0, zFront - 3893.4);

const perLayer = (cumulative) => cumulative.map((x, i) => x - (cumulative[i - 1] ?? 0));

const cumulate = (list) => {
  let sum = 0;
  return list.map((x) => round((sum += x), 4));
};

/**
 * 26 + 21 layers. Read: the block thicknesses, silicon/scintillator boundaries, inner radii, dE/dx, thickness corrections, depth of CE-E.
 * Not known and derived from V11: the planes' places in their blocks, the outer cone, wafer centring in CE-H, thickness radii, the ring
 * radii, depth of CE-H (V11's per cm of absorber), which wafers exist (the rule without exceptions).
 */
function tableV17(like) {
  const layout = geometry.V17_layout.value;
  const blocks = []; // one per sensor plane: [front, back, z] in mm
  let front = layout.z_front_mm;
  for (const thick of layout.ce_e_block_mm) {
    const back = front + thick;
    blocks.push([front, back, back - 7.5275 - 9.445], [front, back, back - 7.5275]);
    front = back;
  }
  const nSilicon = layout.first_mixed_ce_h_layer - 1;
  const siliconBlock = (layout.hesil_end_mm - layout.ce_e_end_mm) / nSilicon;
  for (const thick of [...Array(nSilicon).fill(siliconBlock), ...layout.hemix_block_mm]) {
    blocks.push([front, front + thick, front + thick - 7.61]);
    front += thick;
  }
  const nCee = layout.n_ce_e;
  const n = blocks.length;
  const firstMixed = nCee + nSilicon;
  const z = blocks.map((block) => cm(block[2]));
  const mixed = (i) => layout.rMixed_mm[i - firstMixed];
  const rout = blocks.map((block, i) => cm(i < firstMixed ? cone(block) : mixed(i)));
  const scintRout = blocks.map((block, i) => Math.min(cone(block), i === n - 1 ? 2484.9 : 2624.6) / 10);
  // V11's rings are those with at least 1 cm within [boundary, rout]; that reproduces all its 14 layers.
  const inside = (i) => (_, ring) =>
    i >= firstMixed &&
    ring + 1 < like.scintRings.length &&
    Math.min(like.scintRings[ring + 1], scintRout[i]) - Math.max(like.scintRings[ring], rout[i]) >= 1;
  const dEdX = calibration.V16_dEdX_calcWeights_MeV.value.slice(1);
  const disconnected = Array.from({ length: nCee / 2 }, (_, k) => 2 * (k + 1));
  const depth = (cumulative, i) => {
    const block = (blocks[i][1] - blocks[i][0]) / 10;
    const reference = nextLayer(like, z[i]);
    return (perLayer(cumulative)[reference] * block) / (like.z[reference] - like.z[reference - 1]);
  };
  const layerX0 = constants.shower.fastsim_V16_D110_photons.value.layerX0;
  const lambdaPerX0 = like.lambdaCum[27] / like.x0Cum[27];
  return {
    ...like,
    version: "V17",
    waferSize: cm(layout.wafer_size_mm),
    waferGap: cm(layout.separation_mm),
    z,
    ceeLayers: nCee,
    disconnected,
    yShift: z.map((_, i) => (i < nCee ? 0 : (i - nCee) % 2 === 0 ? 1 : -1)),
    rin: z.map((_, i) => cm(layout.rMin_mm[i < nCee ? 0 : i < firstMixed ? 1 : i < firstMixed + 4 ? 2 : 3])),
    rout,
    x0Cum: cumulate(z.map((_, i) => (i < nCee ? layerX0[i] : depth(like.x0Cum, i)))),
    lambdaCum: cumulate(z.map((_, i) => (i < nCee ? layerX0[i] * lambdaPerX0 : depth(like.lambdaCum, i)))),
    dEdX,
    dEdXTrigger: dEdX.map((w, i) =>
      disconnected.includes(i + 1) ? 0 : round(w + (disconnected.includes(i) ? dEdX[i - 1] : 0)),
    ),
    thinRadius: z.map((zl) => round(atZ(like, like.thinRadius, zl), 3)),
    thickRadius: z.map((zl) => round(atZ(like, like.thickRadius, zl), 3)),
    absentWafers: [],
    thicknessExceptions: [],
    scintFirstRing: z.map((_, i) => like.scintRings.findIndex(inside(i)) + 1),
    scintLastRing: z.map((_, i) => like.scintRings.findLastIndex(inside(i)) + 1),
    thicknessCorrection: calibration.V16_thicknessCorrection.value,
  };
}

function writeTable(table, source) {
  const file = `src/detector/tables/${table.version.toLowerCase()}.ts`;
  const lines = [
    `// Written by scripts/make-detector-tables.mjs; do not edit. Lengths in cm, dE/dx in MeV.`,
    ...source.map((line) => `// ${line}`),
    `import { type DetectorTable } from "../detector-table.js";`,
    ``,
    `export const ${table.version}: DetectorTable = {`,
  ];
  for (const [key, value] of Object.entries(table)) lines.push(...wrap(`  ${key}: ${JSON.stringify(value)},`));
  writeFileSync(join(root, file), `${lines.join("\n")}\n};\n`);
}

/** Breaks a line after commas so that none is much longer than 140 characters. */
function wrap(line) {
  if (line.length <= 141) return [line];
  const cut = line.lastIndexOf(",", 140) + 1;
  return [line.slice(0, cut), ...wrap(`    ${line.slice(cut)}`)];
}

const table = tableV11();
writeTable(table, [
  "HGCAL V11 (CMSSW Extended2026D49). Radii, z, dE/dx: cms-sw/cmssw Geometry/HGCalCommonData and RecoLocalCalo (Apache-2.0);",
  "wafer list: cms-data/L1Trigger-L1THGCal panel_mapping_V11_decentralized_march20_2.txt; depth in X0 and lambda: the stack's",
  "thicknesses with the PDG's material constants.",
]);
writeTable(tableV17(table), [
  "A layout like HGCAL V17's, 26 + 21 layers. Read from cms-sw/cmssw Geometry/HGCalCommonData (Apache-2.0): block thicknesses,",
  "silicon/scintillator boundaries, inner radii, dE/dx, thickness corrections, depth of CE-E. Derived from V11, hence only",
  "plausible: the planes' places in their blocks, the outer cone, wafer centring in CE-H, thickness radii, scintillator rings,",
  "depth of CE-H, dE/dx of the trigger layers; wafers are those of the rule.",
]);
