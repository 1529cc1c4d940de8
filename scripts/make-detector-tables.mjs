// Writes src/detector/tables/v11.ts from the detector numbers beside this clone:
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

writeTable(tableV11(), [
  "HGCAL V11 (CMSSW Extended2026D49). Radii, z, dE/dx: cms-sw/cmssw Geometry/HGCalCommonData and RecoLocalCalo (Apache-2.0);",
  "wafer list: cms-data/L1Trigger-L1THGCal panel_mapping_V11_decentralized_march20_2.txt; depth in X0 and lambda: the stack's",
  "thicknesses with the PDG's material constants.",
]);
