import { expect, test } from "vitest";
import { Random } from "../../../core/index.js";
import { type Quads, QuadMesh } from "../../ui/quad-mesh.js";
import { CellMesh, FACES } from "./cell-mesh.js";
import { LOOK_BYTES, SHOWN } from "./cells.js";
import { type Prisms } from "./prisms.js";

/** Sizes that grow, shrink and repeat: an event of 3 cells after one of 3,000, and the other way round. */
const random = new Random(11, 0);
const SIZES = [
  3,
  3,
  640,
  1,
  700,
  3000,
  5,
  0,
  3001,
  90,
  ...Array.from({ length: 6 }, () => Math.floor(2000 * random.uniform())),
];

const isSame = <T extends Uint8Array | Float32Array>(one: T, other: T): boolean =>
  one.length === other.length && one.every((value, k) => value === other[k]);

test("the detector's mesh holds the cells given last, whatever was there before", () => {
  const mesh = new CellMesh();
  for (const [step, n] of SIZES.entries()) {
    const prisms: Prisms = {
      n,
      corners: Float32Array.from({ length: 8 * n }, (_, k) => step + k),
      z: Float32Array.from({ length: n }, (_, i) => 300 + i),
      bounds: new Float32Array(3 * n),
    };
    const looks = Uint8Array.from({ length: LOOK_BYTES * n }, (_, k) => (k % LOOK_BYTES === 4 ? (k >> 3) & SHOWN : k));
    mesh.set(prisms, looks);
    expect([step, mesh.geometry.drawRange.count]).toEqual([step, 6 * FACES * n]);
    expect(mesh.geometry.getIndex()?.count ?? 0).toBeGreaterThanOrEqual(6 * FACES * n);
    expect(isSame((mesh.looks.value.image.data as Uint8Array).subarray(0, looks.length), looks)).toBe(true);
    expect(mesh.shown()).toBe(n >> 1);
    const shapes = mesh.shapes.value.image.data as Float32Array;
    for (const i of n === 0 ? [] : [0, n >> 1, n - 1]) {
      const texels = [...prisms.corners.subarray(8 * i, 8 * i + 8), prisms.z[i]];
      expect(Array.from(shapes.subarray(12 * i, 12 * i + 9))).toEqual(texels);
    }
  }
});

test("looks of another number of cells are refused", () => {
  const prisms: Prisms = { n: 2, corners: new Float32Array(16), z: new Float32Array(2), bounds: new Float32Array(6) };
  expect(() => new CellMesh().set(prisms, new Uint8Array(LOOK_BYTES))).toThrow("8 bytes of looks for 2 cells");
});

test("the plane's mesh holds the quadrilaterals given last, whatever was there before", () => {
  const mesh = new QuadMesh();
  for (const [step, n] of SIZES.entries()) {
    const quads: Quads = {
      n,
      corners: Float32Array.from({ length: 8 * n }, (_, k) => step + k),
      colours: Uint8Array.from({ length: 4 * n }, (_, k) => step + k),
      heavy: Uint8Array.from({ length: n }, (_, i) => i % 3),
    };
    mesh.set(quads);
    expect([step, mesh.n, mesh.geometry.drawRange.count]).toEqual([step, n, 6 * n]);
    if (n === 0) continue;
    const { at, colour, style } = mesh.geometry.attributes;
    expect(isSame((at.array as Float32Array).subarray(0, 8 * n), quads.corners)).toBe(true);
    const last = 16 * (n - 1);
    expect(Array.from(colour.array.slice(last, last + 4))).toEqual([...quads.colours.subarray(4 * n - 4)]);
    expect([style.array[0], style.array[4 * n - 1]]).toEqual([0, (n - 1) % 3]);
  }
});

test("each face is two triangles of its four corners, in their order", () => {
  const mesh = new CellMesh();
  mesh.set(
    { n: 1, corners: new Float32Array(8), z: new Float32Array(1), bounds: new Float32Array(3) },
    new Uint8Array(LOOK_BYTES),
  );
  const index = Array.from((mesh.geometry.getIndex()?.array ?? []) as Uint32Array).slice(0, 12);
  expect(index).toEqual([0, 1, 2, 0, 2, 3, 4, 5, 6, 4, 6, 7]);
});
