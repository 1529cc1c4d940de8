/** Where the camera sees what, and which ray is behind a pixel. */
import { expect, test } from "vitest";
import { Random } from "../../../core/index.js";
import {
  createCamera,
  formatOrbit,
  moved,
  parseOrbit,
  PRESETS,
  project,
  projectLine,
  rayAt,
  type Vector,
  zoomed,
} from "./camera.js";

const SIZE = { width: 800, height: 500 };
const orbit = { azimuth: 0, elevation: 0, distance: 100, x: 10, y: 20, z: 350 };

test.each([
  { name: "front: x to the right, y up", preset: PRESETS.front, right: [1, 0, 0], up: [0, 1, 0] },
  { name: "side: z to the right, y up", preset: PRESETS.side, right: [0, 0, 1], up: [0, 1, 0] },
  { name: "top: z to the right, x up", preset: PRESETS.top, right: [0, 0, 1], up: [1, 0, 0] },
])("$name", ({ preset, right, up }) => {
  const camera = createCamera({ ...orbit, ...preset }, "perspective", SIZE);
  const [ox, oy] = project(camera, [10, 20, 350]);
  expect([ox, oy]).toEqual([expect.closeTo(400, 9), expect.closeTo(250, 9)]);
  const [rx, ry] = project(camera, [10 + right[0], 20 + right[1], 350 + right[2]]);
  const [ux, uy] = project(camera, [10 + up[0], 20 + up[1], 350 + up[2]]);
  expect([rx - ox, ry - oy].map((value) => value * camera.unit)).toEqual([expect.closeTo(1), expect.closeTo(0)]);
  expect([ux - ox, uy - oy].map((value) => value * camera.unit)).toEqual([expect.closeTo(0), expect.closeTo(-1)]);
});

test.each(["perspective", "orthographic"] as const)("clip space, pixels and rays agree: %s", (projection) => {
  const random = new Random(3, 0);
  for (let k = 0; k < 50; k++) {
    const camera = createCamera(
      { ...orbit, azimuth: random.between(-180, 180), elevation: random.between(-90, 90) },
      projection,
      SIZE,
    );
    const at: Vector = [10 + random.between(-20, 20), 20 + random.between(-20, 20), 350 + random.between(-20, 20)];
    const [px, py] = project(camera, at);
    const [cx, cy, cz, cw] = [0, 1, 2, 3].map((row) =>
      [...at, 1].reduce((sum, value, column) => sum + camera.toClip[4 * column + row] * value, 0),
    );
    expect([(cx / cw + 1) * 400, (1 - cy / cw) * 250]).toEqual([expect.closeTo(px, 2), expect.closeTo(py, 2)]);
    expect(Math.abs(cz / cw)).toBeLessThan(1);
    const { origin, direction } = rayAt(camera, px, py);
    const t = direction.reduce((sum, value, i) => sum + value * (at[i] - origin[i]), 0);
    const length2 = direction.reduce((sum, value) => sum + value * value, 0);
    expect(t).toBeGreaterThan(0);
    for (let i = 0; i < 3; i++) expect(origin[i] + (t / length2) * direction[i]).toBeCloseTo(at[i], 6);
  }
});

test("a point under the pointer stays there when one zooms, and follows when one moves", () => {
  const camera = createCamera({ ...orbit, azimuth: 30, elevation: 20 }, "perspective", SIZE);
  const { origin, direction } = rayAt(camera, 600, 100);
  const at = direction.map((value, i) => origin[i] + value * orbit.distance) as unknown as Vector;
  const closer = createCamera(zoomed(camera, 0.5, 600, 100), "perspective", SIZE);
  expect(closer.orbit.distance).toBe(50);
  expect(project(closer, at)).toEqual([expect.closeTo(600, 6), expect.closeTo(100, 6)]);
  expect(project(createCamera(moved(camera, 15, -7), "perspective", SIZE), at)).toEqual([
    expect.closeTo(615, 6),
    expect.closeTo(93, 6),
  ]);
});

test("an orbit comes back from its text; turns and tilts stay in range", () => {
  const text = formatOrbit({ ...orbit, azimuth: 725, elevation: 95 });
  expect(text).toBe("5,90,100,10,20,350");
  expect(parseOrbit(text)).toEqual({ ...orbit, azimuth: 5, elevation: 90 });
  expect([parseOrbit(""), parseOrbit("1,2,3"), parseOrbit("1,2,3,4,5,x")]).toEqual([null, null, null]);
});

test.each(["perspective", "orthographic"] as const)("%s: a line is cut at the least depth that is drawn", (projection) => {
  const camera = createCamera({ ...orbit, azimuth: 20, elevation: -35 }, projection, SIZE);
  // At so many cm in front of the nearest plane, and to the side.
  const at = (depth: number, side: number): Vector => {
    const [x, y, z] = camera.eye.map((value, i) => value - (camera.near + depth) * camera.back[i] + side * camera.right[i]);
    return [x, y, z];
  };
  const both = (from: Vector, to: Vector): unknown =>
    [...project(camera, from), ...project(camera, to)].map((value) => expect.closeTo(value, 5) as number);
  expect(projectLine(camera, at(50, -3), at(20, 4))).toEqual(both(at(50, -3), at(20, 4)));
  // However little is in front of it, that is drawn.
  expect(projectLine(camera, at(0.25, 1), at(0.5, 2))).toEqual(both(at(0.25, 1), at(0.5, 2)));
  expect(projectLine(camera, at(30, 0), at(-10, 8))).toEqual(both(at(30, 0), at(0, 6)));
  expect(projectLine(camera, at(-0.5, 0), at(0.5, 2))).toEqual(both(at(0, 1), at(0.5, 2)));
  expect(projectLine(camera, at(0.5, 2), at(-0.5, 0))).toEqual(both(at(0.5, 2), at(0, 1)));
  expect(projectLine(camera, at(-10, 8), at(30, 0))).toEqual(both(at(0, 6), at(30, 0)));
  expect([projectLine(camera, at(-1, 0), at(-2, 5)), projectLine(camera, at(-0.5, 1), at(-0.5, 2))]).toEqual([null, null]);
}); // prettier-ignore

test("one comes no nearer than 2 cm and goes no farther than 30 m; targets stay within the detector's hall", () => {
  const camera = createCamera({ ...orbit, distance: 10 }, "perspective", SIZE);
  expect([0.1, 1000].map((factor) => zoomed(camera, factor, 400, 250).distance)).toEqual([2, 3000]);
  expect(parseOrbit("-190,-100,1,500,-500,800")).toEqual({
    ...{ azimuth: 170, elevation: -90, distance: 2, x: 400, y: -400, z: 700 },
  });
  expect(parseOrbit("0,0,4000,0,0,-701")).toMatchObject({ distance: 3000, z: -700 });
});

test("nearer than a fiftieth of the distance, or than 5 mm, nothing is drawn; without perspective all is", () => {
  const nearAt = (distance: number, projection: "perspective" | "orthographic"): number =>
    createCamera({ ...orbit, distance }, projection, SIZE).near;
  expect([10, 25, 200].map((distance) => nearAt(distance, "perspective"))).toEqual([0.5, 0.5, 4]);
  expect(nearAt(200, "orthographic")).toBe(-2500);
});

test("the shorter side of the picture shows 0.66 of the distance", () => {
  for (const size of [SIZE, { width: 300, height: 600 }]) {
    expect(createCamera(orbit, "perspective", size).unit * Math.min(size.width, size.height)).toBeCloseTo(66, 9);
  }
});

test.each(["perspective", "orthographic"] as const)("%s: depths from the nearest plane to the farthest fill clip space, in their order", (projection) => {
  const camera = createCamera({ ...orbit, azimuth: 20, elevation: -35 }, projection, SIZE);
  const clipAt = (depth: number): number => {
    const at = [0, 1, 2].map((i) => camera.eye[i] - depth * camera.back[i]);
    const [z, w] = [2, 3].map((row) => [...at, 1].reduce((sum, value, column) => sum + camera.toClip[4 * column + row] * value, 0));
    return z / w;
  };
  // 25 m behind the target is the end of everything.
  const far = orbit.distance + 2500;
  const depths = [camera.near, 50, 100, 500, far];
  const clip = depths.map(clipAt);
  expect([clip[0], clip[4]]).toEqual([expect.closeTo(-1, 3), expect.closeTo(1, 3)]);
  expect(clip).toEqual(clip.toSorted((a, b) => a - b));
  if (projection === "orthographic") expect(clipAt((camera.near + far) / 2)).toBeCloseTo(0, 5);
}); // prettier-ignore
