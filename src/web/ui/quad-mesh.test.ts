import { expect, test } from "vitest";
import { type Quads, QuadMesh } from "./quad-mesh.js";

const quads = (n: number, patterns?: number[]): Quads => ({
  n,
  corners: Float32Array.from({ length: 8 * n }, (_, k) => k / 2),
  colours: Uint8Array.from({ length: 4 * n }, (_, k) => k + 1),
  heavy: Uint8Array.from({ length: n }, (_, k) => k % 3),
  ...(patterns === undefined ? {} : { patterns: Uint8Array.from(patterns) }),
});
const listOf = (mesh: QuadMesh, name: string, n: number): number[] =>
  Array.from(mesh.geometry.getAttribute(name).array).slice(0, n);

test("each quadrilateral is two triangles of its four corners, which have its colour and style", () => {
  const mesh = new QuadMesh();
  mesh.set(quads(3, [0, 2, 1]));
  expect(mesh.n).toBe(3);
  expect(mesh.geometry.drawRange).toEqual({ start: 0, count: 18 });
  const index = Array.from(mesh.geometry.getIndex()?.array ?? []);
  expect(index.slice(0, 18)).toEqual([0, 1, 2, 0, 2, 3, 4, 5, 6, 4, 6, 7, 8, 9, 10, 8, 10, 11]);
  expect(listOf(mesh, "at", 24)).toEqual(Array.from({ length: 24 }, (_, k) => k / 2));
  expect(listOf(mesh, "colour", 48)).toEqual([0, 1, 2].flatMap((i) => [0, 1, 2, 3].flatMap(() => [1, 2, 3, 4].map((c) => 4 * i + c)))); // prettier-ignore
  // Weight of the outline, and 4 times the hatching.
  expect(listOf(mesh, "style", 12)).toEqual([0, 0, 0, 0, 9, 9, 9, 9, 6, 6, 6, 6]);
  for (const [name, size] of [["at", 2], ["colour", 4], ["style", 1]] as const) {
    const attribute = mesh.geometry.getAttribute(name);
    expect("updateRanges" in attribute && attribute.updateRanges).toEqual([{ start: 0, count: 12 * size }]);
  }
}); // prettier-ignore

test("memory grows with room to spare, and stays for smaller events", () => {
  const mesh = new QuadMesh();
  mesh.set(quads(1));
  const [first] = [mesh.geometry];
  expect(listOf(mesh, "style", 4)).toEqual([0, 0, 0, 0]);
  expect(first.getIndex()?.count).toBe(12);
  mesh.set(quads(2));
  expect(mesh.geometry).toBe(first);
  mesh.set(quads(8));
  expect([mesh.geometry === first, mesh.geometry.getIndex()?.count, mesh.geometry.getAttribute("at").count]).toEqual([false, 60, 40]); // prettier-ignore
  const grown = mesh.geometry;
  mesh.set(quads(10));
  mesh.set(quads(3));
  expect([mesh.geometry === grown, mesh.n, mesh.geometry.drawRange.count]).toEqual([true, 3, 18]);
  mesh.dispose();
});
