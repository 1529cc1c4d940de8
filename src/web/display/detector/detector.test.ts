import { describe, expect, test } from "vitest";
import { Random } from "../../../core/index.js";
import { createGeometry, tcOutline } from "../../../detector/index.js";
import { type EventView } from "../../data/protocol.js";
import { createCamera, type Orbit, type Ray, rayAt, type Vector } from "./camera.js";
import { createPrisms, edgesOf, pickPrism, type Prisms } from "./prisms.js";

const SIZE = { width: 800, height: 500 };
const HALF = 0.4;

/** An event with some of all trigger cells of an endcap; only what prisms need. */
function eventWith(random: Random, n: number, zside: number): EventView {
  const geometry = createGeometry("V11");
  const { rows, z } = geometry.triggerCells;
  const ids = Array.from({ length: n }, () => Math.floor(random.uniform() * rows));
  const corners = ids.flatMap((id) =>
    Array.from(tcOutline(geometry, id), (value, k) => ((k % 2 === 0 ? zside : 1) * value) / z[id]),
  );
  return {
    n,
    zside,
    z: Float64Array.from(ids, (id) => zside * z[id]),
    corners: Float32Array.from(corners),
  } as unknown as EventView;
}

/** The slow way: the ray against the 12 triangles of every prism. */
function nearestTriangle(prisms: Prisms, { origin, direction }: Ray): number {
  const minus = (a: Vector, b: Vector): Vector => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
  const cross = (a: Vector, b: Vector): Vector => [
    a[1] * b[2] - a[2] * b[1],
    a[2] * b[0] - a[0] * b[2],
    a[0] * b[1] - a[1] * b[0],
  ];
  const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  let [best, nearest] = [-1, Infinity];
  for (let i = 0; i < prisms.n; i++) {
    const at = (k: number, side: number): Vector => [
      prisms.corners[8 * i + 2 * (k % 4)],
      prisms.corners[8 * i + 2 * (k % 4) + 1],
      prisms.z[i] + side * HALF,
    ];
    const quads = [
      [at(0, -1), at(1, -1), at(2, -1), at(3, -1)],
      [at(0, 1), at(1, 1), at(2, 1), at(3, 1)],
      ...[0, 1, 2, 3].map((k) => [at(k, -1), at(k + 1, -1), at(k + 1, 1), at(k, 1)]),
    ];
    for (const [a, b, c, d] of quads) {
      for (const [second, third] of [
        [b, c],
        [c, d],
      ]) {
        const [e, f] = [minus(second, a), minus(third, a)];
        const p = cross(direction, f);
        const determinant = dot(e, p);
        if (determinant === 0) continue;
        const from = minus(origin, a);
        const u = dot(from, p) / determinant;
        const q = cross(from, e);
        const v = dot(direction, q) / determinant;
        const t = dot(f, q) / determinant;
        if (u >= 0 && v >= 0 && u + v <= 1 && t > 0 && t < nearest) [best, nearest] = [i, t];
      }
    }
  }
  return best;
}

describe("picking", () => {
  test.each([
    { name: "perspective, +z", projection: "perspective", zside: 1 },
    { name: "perspective, −z", projection: "perspective", zside: -1 },
    { name: "orthographic, +z", projection: "orthographic", zside: 1 },
  ] as const)("finds the cell that all triangles of all cells say: $name, 50 rays", ({ projection, zside }) => {
    const random = new Random(11, 0);
    const prisms = createPrisms(eventWith(random, 3000, zside));
    let hits = 0;
    for (let k = 0; k < 50; k++) {
      // Towards a cell: past others.
      const aim = Math.floor(random.uniform() * prisms.n);
      const orbit: Orbit = {
        azimuth: random.between(-180, 180),
        elevation: random.between(-90, 90),
        distance: random.between(50, 600),
        x: prisms.bounds[3 * aim],
        y: prisms.bounds[3 * aim + 1],
        z: prisms.z[aim],
      };
      const camera = createCamera(orbit, projection, SIZE);
      const ray = rayAt(camera, 400 + random.between(-4, 4), 250 + random.between(-4, 4));
      const want = nearestTriangle(prisms, ray);
      expect([k, pickPrism(prisms, HALF, () => true, ray)]).toEqual([k, want]);
      if (want < 0) continue;
      hits++;
      // What is not shown is not there.
      expect(pickPrism(prisms, HALF, (i) => i !== want, ray)).not.toBe(want);
    }
    expect(hits).toBeGreaterThan(25);
  });

  test("25,000 cells take less than 16 ms", () => {
    const random = new Random(5, 0);
    const prisms = createPrisms(eventWith(random, 25_000, 1));
    const camera = createCamera(
      { azimuth: -120, elevation: 18, distance: 900, x: 0, y: 0, z: 400 },
      "perspective",
      SIZE,
    );
    const times = Array.from({ length: 30 }, () => {
      const ray = rayAt(camera, random.between(0, SIZE.width), random.between(0, SIZE.height));
      const start = performance.now();
      pickPrism(prisms, HALF, () => true, ray);
      return performance.now() - start;
    });
    expect(times.toSorted((a, b) => a - b)[15]).toBeLessThan(16);
  });

  test("edges of a prism lie on its corners, half its thickness before and behind it", () => {
    const prisms = createPrisms(eventWith(new Random(1, 0), 1, -1));
    const edges = edgesOf(prisms, HALF, 0);
    expect(edges.length).toBe(12);
    for (const [x, y, z] of edges.flat()) {
      const corner = [0, 2, 4, 6].find((k) => prisms.corners[k] === x && prisms.corners[k + 1] === y);
      expect([corner === undefined, Math.abs(z - prisms.z[0])]).toEqual([false, expect.closeTo(HALF, 4)]);
    }
  });
});
