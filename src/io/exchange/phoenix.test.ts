/** What Phoenix is given: mm and MeV, towers where clusters are, cells of clusters in their shapes. */
import { expect, test } from "vitest";
import { type EventContent } from "./event-content.js";
import { phoenixEvent } from "./phoenix.js";

/** Three cells in a row along x, of which the third is in no cluster. */
const event: EventContent = {
  ...{ entry: 4, event: 12, run: 1, lumi: 3, zside: 1, n: 3 },
  particles: [{ pid: 22, pt: 7, energy: 20, eta: 1.5, phi: 0.5 }],
  layer: Int32Array.of(7, 9, 11),
  ...{ wu: new Int32Array(3), wv: new Int32Array(3), cu: new Int32Array(3), cv: new Int32Array(3) },
  x: Float64Array.of(30, 60, 90),
  y: Float64Array.of(0, 1, 2),
  z: Float64Array.of(300, 310, 320),
  eta: Float64Array.of(3, 2.3, 1.9),
  phi: Float64Array.of(0, 0.1, 0.2),
  energy: Float64Array.of(0.5, 1.25, 2),
  pt: Float64Array.of(0.1, 0.2, 0.3),
  mipPt: Float64Array.of(3.25, 4, 5),
  corners: Float32Array.from({ length: 24 }, (_, k) => k / 64),
};
const cluster = { ...{ seed: 3, energy: 40, pt: 5, eta: 2, phi: -1 }, ...{ mipPt: 1, x: 1, y: 1, z: 1, nTc: 2 } };
const chains = { default: { clusters: [cluster], seeds: [], assignment: Int32Array.of(3, 3, -1) } } as never;
const written = phoenixEvent(event, chains, "about it");
const only = <T>(collections: Readonly<Record<string, readonly T[]>> | undefined): readonly T[] =>
  Object.values(collections ?? {}).flat();

test("the event is named by its numbers", () => {
  expect(written).toMatchObject({ "event number": 12, "run number": 1, lumiBlock: "3", about: "about it" });
});

test("cells are points in mm with their energy in MeV", () => {
  const hits = only(written.Hits);
  expect(hits.map(({ pos, energy, mipPt, layer }) => [pos, energy, mipPt, layer])).toEqual([
    [[300, 0, 3000], 500, 3.25, 7], [[600, 10, 3100], 1250, 4, 9], [[900, 20, 3200], 2000, 5, 11],
  ]);
  expect(hits.map(({ color }) => color === undefined)).toEqual([false, true, true]);
}); // prettier-ignore

test("cells of clusters have their eight corners, 2 mm apart in z, and energies in MeV", () => {
  const cells = only(written.IrregularCaloCells);
  expect(cells.map(({ layer, energy, seed }) => [layer, energy, seed])).toEqual([[7, 500, 3], [9, 1250, 3]]);
  for (const [t, { vtx }] of cells.entries()) {
    const [mm, first] = [10 * event.z[t], 8 * t];
    const corners = [-1, 1].flatMap((depth) =>
      [0, 2, 4, 6].flatMap((k) => [(mm * (first + k)) / 64, (mm * (first + k + 1)) / 64, mm + depth]),
    );
    expect(vtx).toEqual(corners.map((value) => expect.closeTo(value, 2) as number));
  }
}); // prettier-ignore

test("a cluster is a tower in CE-E in its direction, 5 mm long for each GeV, and knows how many cells it has", () => {
  const [tower] = only(written.CaloClusters);
  expect(tower).toMatchObject({ energy: 40_000, pt: 5000, eta: 2, phi: -1, length: 200, seed: 3, nTc: 2 });
  // At |z| = 3.6 m along the direction.
  expect(tower.radius * Math.tanh(2)).toBeCloseTo(3600, 1);
});

test("a particle is a straight track to behind the last layer", () => {
  const [track] = only(written.Tracks);
  expect(track).toMatchObject({ pT: 7000, energy: 20_000, eta: 1.5, phi: 0.5, pdgId: 22 });
  const end = track.pos.at(-1) ?? [0, 0, 0];
  expect(end[2]).toBeCloseTo(5300, 0);
  expect([Math.hypot(end[0], end[1]) * Math.sinh(1.5), Math.atan2(end[1], end[0])]).toEqual([expect.closeTo(5300, 0), expect.closeTo(0.5, 3)]); // prettier-ignore
});
