import { expect, test } from "vitest";
import { createGeometry, tcOutline } from "../../detector/index.js";
import { eventContent, type EventContent } from "./event-content.js";
import { eventCsv, eventJson, type ShownChain } from "./event-export.js";
import { phoenixEvent } from "./phoenix.js";
import { batchOf } from "../folders/sample.test-data.js";

const geometry = createGeometry("V11");
/** Two trigger cells by their rows in the geometry, the third is unknown to it. */
const KNOWN = [1000, geometry.triggerCells.rows - 5];
const SOURCE = { name: "photons", description: "fast simulation", geometry: "V11", program: "bye-splits 0" };
const CHAIN: ShownChain = {
  chain: "default",
  params: { cluster: { CoeffB: 0.01 } },
  seeds: [{ energy: 3, x: 0.1, y: 0.2 }],
  clusters: [{ seed: 4, energy: 51.5, pt: 10.25, eta: 2.2, phi: -1 }],
  record: { response: Number.NaN },
  assignment: Int32Array.of(4, -1, 2),
};

/** Entry 1 of two, in the given endcap: 1 particle, 3 trigger cells. */
function content(zside: number, change: (event: EventContent) => void = () => undefined): EventContent {
  const batch = batchOf([
    [0, 0, 2],
    [1, 1, 3],
  ]);
  const { tc, entries } = batch;
  entries.columns.zside[1] = zside;
  const cells = geometry.triggerCells;
  for (const [k, row] of KNOWN.entries()) {
    for (const name of ["layer", "wu", "wv", "cu", "cv"] as const) tc.columns[`tc_${name}`][2 + k] = cells[name][row];
    tc.columns.tc_x[2 + k] = zside * cells.x[row];
    tc.columns.tc_y[2 + k] = cells.y[row];
    tc.columns.tc_z[2 + k] = zside * cells.z[row];
  }
  tc.columns.tc_cu[4] = 99;
  tc.columns.tc_z[4] = zside * 400;
  const event = eventContent(batch, 1, geometry);
  change(event);
  return event;
}

test.each([1, -1])("eventContent takes the rows of one entry and outlines its trigger cells, endcap %d", (zside) => {
  const event = content(zside);
  expect(event).toMatchObject({ entry: 1, event: 110, zside, n: 3 });
  expect(event.particles).toEqual([
    { pid: 6, eta: Math.fround(2 / 7), phi: Math.fround(3 / 7), energy: Math.fround(4 / 7), pt: Math.fround(5 / 7) },
  ]);
  for (const [k, row] of KNOWN.entries()) {
    const outline = tcOutline(geometry, row);
    const z = geometry.triggerCells.z[row];
    for (let c = 0; c < 8; c++) {
      expect(event.corners[8 * k + c]).toBeCloseTo((outline[c] * (c % 2 === 0 ? zside : 1)) / z, 6);
    }
  }
  // 2 cm wide around its position.
  const square = [...event.corners.subarray(16)].map((value) => value * 400);
  const [x, y] = [event.x[2], event.y[2]];
  for (const [c, want] of [x - 1, y - 1, x + 1, y - 1, x + 1, y + 1, x - 1, y + 1].entries()) {
    expect(square[c]).toBeCloseTo(want, 4);
  }
});

test("eventJson is JSON with everything in it", () => {
  const event = content(1);
  // As a page has them: with much that is not to be written.
  const source = { ...SOURCE, nTc: new Float64Array(100) };
  const json = eventJson(source, event, { A: CHAIN, B: { ...CHAIN, clusters: [] } });
  const read: unknown = JSON.parse(JSON.stringify(json));
  expect(read).toEqual({
    format: "bye-splits event",
    formatVersion: 1,
    source: SOURCE,
    units: json.units,
    event: { entry: 1, event: 110, run: event.run, lumi: event.lumi, zside: 1 },
    particles: event.particles,
    tc: Object.fromEntries(
      (["layer", "wu", "wv", "cu", "cv", "x", "y", "z", "eta", "phi", "energy", "pt", "mipPt"] as const).map((name) => [
        name,
        [...event[name]],
      ]),
    ),
    chains: {
      A: { ...CHAIN, record: { response: null }, assignment: [4, -1, 2] },
      B: { ...CHAIN, record: { response: null }, assignment: [4, -1, 2], clusters: [] },
    },
  });
  expect(json.units.tc).toMatchObject({ x: "cm", energy: "GeV", mipPt: "MIP_T" });
});

test("eventCsv has a line for each trigger cell, with the seed that each chain gave it to", () => {
  const event = content(1);
  const [header, ...lines] = eventCsv(event, { A: CHAIN, B: { ...CHAIN, assignment: Int32Array.of(0, 1, -1) } })
    .trimEnd()
    .split("\n");
  expect(header).toBe(
    "entry,event,tc_layer,tc_wu,tc_wv,tc_cu,tc_cv,tc_x,tc_y,tc_z,tc_eta,tc_phi,tc_energy,tc_pt,tc_mipPt,seed_A,seed_B",
  );
  expect(lines).toHaveLength(3);
  for (const [t, line] of lines.entries()) {
    const { layer, wu, wv, cu, cv, x, y, z, eta, phi, energy, pt, mipPt } = event;
    const values = [layer, wu, wv, cu, cv, x, y, z, eta, phi, energy, pt, mipPt].map((column) => column[t]);
    expect(line.split(",").map(Number)).toEqual([1, 110, ...values, [4, -1, 2][t], [0, 1, -1][t]]);
  }
  expect(eventCsv(event, {}).split("\n")[0]).toMatch(/tc_mipPt$/);
});

test("phoenixEvent has the shapes of the cells whose seed has a cluster, 2 mm thick", () => {
  const event = content(-1);
  const { IrregularCaloCells, CaloClusters, ...others } = phoenixEvent(event, { A: CHAIN }, "a test");
  expect(Object.keys(others)).toEqual(["event number", "run number", "lumiBlock", "about", "Tracks", "Hits"]);
  // To z = 3600 mm, in the direction of the cluster.
  const radius = expect.closeTo(3600 / Math.tanh(2.2), 2) as number;
  expect(CaloClusters?.["A clusters"]).toEqual([
    {
      radius,
      energy: 51500,
      pt: 10250,
      eta: 2.2,
      phi: -1,
      seed: 4,
      nTc: 1,
      color: "#56b4e9",
      opacity: 0.4,
      length: 257.5,
    },
  ]);
  const [cell, ...more] = IrregularCaloCells?.["A cells"] ?? [];
  expect(more).toEqual([]);
  expect(cell).toMatchObject({ seed: 4, layer: event.layer[0], color: [0x56, 0xb4, 0xe9] });
  const outline = tcOutline(geometry, KNOWN[0]);
  for (let k = 0; k < 8; k++) {
    expect(cell.vtx[3 * k]).toBeCloseTo(-10 * outline[(2 * k) % 8], 2);
    expect(cell.vtx[3 * k + 1]).toBeCloseTo(10 * outline[(2 * k + 1) % 8], 2);
    expect(cell.vtx[3 * k + 2]).toBeCloseTo(-10 * geometry.triggerCells.z[KNOWN[0]] + (k < 4 ? -1 : 1), 2);
  }
});

test.each([1.6, -2.9])("a particle of eta %d is a straight track through the calorimeter", (eta) => {
  const event = { ...content(1), particles: [{ pid: 22, pt: 12, energy: 70, eta, phi: 2.5 }] };
  const [track] = phoenixEvent(event, {}, "").Tracks?.["Particles"] ?? [];
  expect(track).toMatchObject({ eta, phi: 2.5, pT: 12_000, energy: 70_000, pdgId: 22 });
  expect(track.pos).toHaveLength(3);
  expect(track.pos[0]).toEqual([0, 0, 0]);
  for (const [x, y, z] of track.pos.slice(1)) {
    expect(Math.asinh(z / Math.hypot(x, y))).toBeCloseTo(eta, 5);
    expect(Math.atan2(y, x)).toBeCloseTo(2.5, 5);
  }
  expect(Math.abs(track.pos[2][2])).toBeGreaterThan(10 * Math.max(...geometry.layers.map((layer) => layer.z)));
});

test("an event without anything has no collections", () => {
  const none = eventContent(batchOf([[0, 0, 0]]), 0, geometry);
  const chain = { clusters: [], assignment: new Int32Array(0) };
  expect(Object.keys(phoenixEvent(none, { default: chain }, ""))).toEqual([
    "event number",
    "run number",
    "lumiBlock",
    "about",
  ]);
});

test.each([
  {
    name: "a trigger cell with NaN",
    event: content(1, ({ mipPt }) => (mipPt[1] = Number.NaN)),
    chain: CHAIN,
    says: "event 110 (entry 1): mipPt of trigger cell 1 is NaN, expected a finite number; choose other events",
  },
  {
    name: "a trigger cell at z = 0, where a corner has no direction",
    event: { ...content(1), corners: Float32Array.from({ length: 24 }, (_, k) => (k === 17 ? Infinity : 0)) },
    chain: CHAIN,
    says: "event 110 (entry 1): a corner of trigger cell 2 is Infinity",
  },
  {
    name: "a column that is too short",
    event: { ...content(1), cu: new Int32Array(2) },
    chain: CHAIN,
    says: "event 110 (entry 1): cu has 2 values, expected 3",
  },
  {
    name: "a particle without energy",
    event: { ...content(1), particles: [{ pid: 22, pt: 1, energy: Infinity, eta: 2, phi: 0 }] },
    chain: CHAIN,
    says: "event 110 (entry 1): energy of particle 0 is Infinity",
  },
  {
    name: "the assignment of another event",
    event: content(1),
    chain: { ...CHAIN, assignment: new Int32Array(7) },
    says: "event 110 (entry 1): the assignment of A has 7 values, expected 3",
  },
  {
    name: "a cluster without eta",
    event: content(1),
    chain: { ...CHAIN, clusters: [{ ...CHAIN.clusters[0], eta: Number.NaN }] },
    says: "event 110 (entry 1): eta of cluster 4 of A is NaN",
  },
])("an error and no file: $name", ({ event, chain, says }) => {
  expect(() => eventJson(SOURCE, event, { A: chain })).toThrow(says);
  expect(() => eventCsv(event, { A: chain })).toThrow(says);
  expect(() => phoenixEvent(event, { A: chain }, "")).toThrow(says);
});

test("numbers that doubles do not hold keep their digits, as text", () => {
  const batch = batchOf([[0, 0, 1]]);
  const large = 2n ** 53n + 1n;
  batch.entries.columns.event[0] = large;
  batch.entries.columns.run[0] = -large;
  const event = eventContent(batch, 0, geometry);
  expect(eventJson(SOURCE, event, {}).event).toMatchObject({
    event: "9007199254740993",
    run: "-9007199254740993",
    lumi: 200,
  });
  expect(phoenixEvent(event, {}, "")).toMatchObject({
    "event number": "9007199254740993",
    "run number": "-9007199254740993",
  });
  expect(eventCsv(event, {}).split("\n")[1]).toMatch(/^0,9007199254740993,/);
});

test("hits of Phoenix are in mm and MeV; the first one has the colour of all", () => {
  const event = content(1);
  const hits = phoenixEvent(event, { A: CHAIN }, "a test").Hits;
  const [first, ...others] = Object.values(hits ?? {})[0];
  expect(others.map((hit) => ["color" in hit, hit.layer])).toEqual([1, 2].map((t) => [false, event.layer[t]]));
  expect(first).toMatchObject({ layer: event.layer[0], energy: expect.closeTo(1000 * event.energy[0], 1) as number });
  expect("color" in first).toBe(true);
  expect(first.pos).toEqual([event.x, event.y, event.z].map((column) => expect.closeTo(10 * column[0], 2) as number));
});
