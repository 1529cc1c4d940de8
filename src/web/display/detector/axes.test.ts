import { expect, test } from "vitest";
import { type ChainView, type EventView } from "../../data/protocol.js";
import { TOY_BINS, TOY_EVENT } from "../toy.test-data.js";
import { clusterAxes, particleAxes, times } from "./axes.js";
import { createLooks, DIFFERS, GHOST, LOOK_BYTES, SCINTILLATOR, SHOWN, shownCells } from "./cells.js";
import { DEFAULT_VIEW } from "../../model/view-state.js";

// Particles at R/z = 0.2 along x and 0.25 along y.
const at = (r: number, phi: number, pid = 22) => ({ pid, eta: -Math.asinh(1 / r), phi, pt: 1, energy: 2 });
const event = (side: number, ...particles: ReturnType<typeof at>[]): EventView => ({
  ...TOY_EVENT,
  zside: side,
  particles,
});
const cluster = (seed: number, x: number, y: number) => ({
  ...TOY_BINS.clusters[0],
  seed,
  x: 300 * x,
  y: 300 * y,
  z: -300,
});
const chainOf = (...clusters: ReturnType<typeof cluster>[]): ChainView => ({ ...TOY_BINS, clusters });

test("particles fly along their η and φ, in the endcap of the event", () => {
  const [one, other] = particleAxes(event(-1, at(0.2, 0), at(0.25, Math.PI / 2, -211)));
  expect([one.name, other.name]).toEqual(["photon", "pion"]);
  expect(one.direction).toEqual([expect.closeTo(0.2, 9), expect.closeTo(0, 9), -1]);
  expect(other.direction).toEqual([expect.closeTo(0, 9), expect.closeTo(0.25, 9), -1]);
  expect(times([1, 2, -3], 2)).toEqual([2, 4, -6]);
});

test("clusters by their distance from the first particle; the nearest four have names", () => {
  const axes = clusterAxes(
    event(-1, at(0.2, 0), at(0.25, 1)),
    chainOf(
      cluster(0, 0, 0.2),
      cluster(1, 0.2, 0.02),
      cluster(2, 0.19, 0),
      cluster(3, -0.2, 0),
      cluster(4, 0.2, -0.03),
    ),
    -1,
  );
  expect(axes.map(({ seed, isNamed }) => [seed, isNamed])).toEqual([
    [2, true],
    [1, true],
    [4, true],
    [0, true],
    [3, false],
  ]);
  expect([axes[0].depth, axes[0].direction]).toEqual([300, [expect.closeTo(0.19, 9), 0, -1]]);
});

test("while one is picked it alone has a name; without a particle those next to the axis come first", () => {
  const chain = chainOf(cluster(0, 0.3, 0), cluster(1, 0.1, 0), cluster(2, -0.2, 0));
  expect(clusterAxes(event(1), chain, 2).map(({ seed, isNamed }) => [seed, isNamed])).toEqual([
    [1, false],
    [2, true],
    [0, false],
  ]);
  expect(
    clusterAxes(event(1), chain, 0)
      .filter(({ isNamed }) => isNamed)
      .map(({ seed }) => seed),
  ).toEqual([0]);
});

test("cells above the threshold in the range of layers, in the order of the event", () => {
  const shown = (from: number, to: number, mip: number): number[] =>
    shownCells(TOY_EVENT, { ...DEFAULT_VIEW, from, to, mip });
  expect([shown(1, 50, 0), shown(7, 8, 0), shown(9, 40, 0), shown(1, 50, 12)]).toEqual([
    [0, 1, 2, 3, 4, 5],
    [0, 2, 3],
    [1, 4, 5],
    [0, 2],
  ]);
});

test("each shown cell has its colour and what the painter must know; others have nothing", () => {
  const view = { ...DEFAULT_VIEW, from: 1, to: 50, mip: 0.25 };
  const side = {
    colourOf: (seed: number) => [seed + 1, 2, 3] as const,
    differs: () => Uint8Array.of(0, 1, 0, 0, 0, 1),
  };
  const { shown, bytes } = createLooks(TOY_EVENT, TOY_BINS, view, -1, side);
  const flags = (of: Uint8Array): number[] => [0, 1, 2, 3, 4, 5].map((t) => of[LOOK_BYTES * t + 4]);
  expect([shown, flags(bytes)]).toEqual([
    5,
    [SHOWN, SHOWN | DIFFERS, SHOWN, SHOWN | GHOST, 0, SHOWN | GHOST | DIFFERS],
  ]);
  expect([...bytes.subarray(LOOK_BYTES * 2, LOOK_BYTES * 2 + 3)]).toEqual([2, 2, 3]);
  expect([...bytes.subarray(LOOK_BYTES * 4, LOOK_BYTES * 5)]).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
  // While a cluster is picked all others are seen through.
  const picked = createLooks(TOY_EVENT, TOY_BINS, { ...view, mip: 0 }, 0, { ...side, differs: () => null });
  expect(flags(picked.bytes)).toEqual([
    SHOWN,
    SHOWN,
    SHOWN | GHOST,
    SHOWN | GHOST,
    SHOWN | GHOST | SCINTILLATOR,
    SHOWN | GHOST,
  ]);
  expect(flags(createLooks(TOY_EVENT, null, view, -1, { ...side, differs: () => null }).bytes)[0]).toBe(SHOWN | GHOST);
});
