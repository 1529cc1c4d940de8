import assert from "node:assert/strict";
import { expect, test } from "vitest";
import { LATTICE_REACH, nearestSite, site, SITES, siteU, siteV } from "./hex-lattice.js";

const R = LATTICE_REACH;

test("every u and v within reach has a site of its own, which gives them back", () => {
  const sites = new Set<number>();
  for (let u = -R; u < R; u++) {
    for (let v = -R; v < R; v++) {
      const s = site(u, v);
      assert.ok(siteU(s) === u && siteV(s) === v, `(${u}, ${v})`);
      sites.add(s);
    }
  }
  expect([sites.size, Math.min(...sites), Math.max(...sites)]).toEqual([SITES, 0, SITES - 1]);
});

test.each([
  [-R - 1, 0],
  [R, 0],
  [0, -R - 1],
  [0, R],
  [R + 5, -R - 5],
])("(%i, %i) is beyond the lattice", (u, v) => {
  expect(site(u, v)).toBe(-1);
});

test("a point near a whole (u, v) is on its site; NaN and what is farther than 30 on none", () => {
  for (const [u, v] of [
    [0, 0],
    [-7, 12],
    [29, -29],
  ])
    for (const [du, dv] of [
      [0, 0],
      [0.2, 0.3],
      [-0.3, -0.1],
    ])
      expect(nearestSite(u + du, v + dv)).toBe(site(u, v));
  expect([nearestSite(Number.NaN, 0), nearestSite(30, 0), nearestSite(0, -30)]).toEqual([-1, -1, -1]);
});
