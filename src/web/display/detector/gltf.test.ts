import { type BufferAttribute, InstancedMesh, LineSegments, Matrix4, type Object3D, Vector3 } from "three";
import { GLTFLoader } from "three/examples/jsm/loaders/GLTFLoader.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createNtupleClusters, DEFAULT_PARAMS } from "../../../chain/index.js";
import { createGeometry } from "../../../detector/index.js";
import { createSkim, DEFAULT_SKIM, simulateEvents } from "../../../events/index.js";
import { createChainView } from "../../data/chain-view.js";
import { createLiveClusterer, sliceEntries } from "../../data/clusterer.js";
import { createEventView } from "../../data/event-view.js";
import { DEFAULT_VIEW } from "../../model/view-state.js";
import { shownCells } from "./cells.js";
import { sceneToGltf } from "./gltf.js";
import { createPrisms } from "./prisms.js";

// The exporter reads its blobs with what only browsers have.
class BlobReader {
  result: ArrayBuffer | null = null;
  onloadend: (() => void) | null = null;
  readAsArrayBuffer(blob: Blob): void {
    void blob.arrayBuffer().then((bytes) => {
      this.result = bytes;
      this.onloadend?.();
    });
  }
}
beforeAll(() => Object.assign(globalThis, { FileReader: BlobReader }));
afterAll(() => Reflect.deleteProperty(globalThis, "FileReader"));

const geometry = createGeometry("V11");
const chunk = simulateEvents({ particles: "photons", pileup: 10, seed: 4, geometry }, 1, 4);
const batch = createSkim({ ...DEFAULT_SKIM, particles: "photons" }).skim(createNtupleClusters()(chunk));
const event = createEventView(batch, 0, 0, geometry);
const chain = createChainView(sliceEntries(batch, 0, 1), createLiveClusterer("default", DEFAULT_PARAMS));

async function load(bytes: ArrayBuffer): Promise<Object3D> {
  const { scene } = await new GLTFLoader().parseAsync(bytes, "");
  scene.updateMatrixWorld(true);
  return scene;
}

const instances = (scene: Object3D): InstancedMesh[] => {
  const out: InstancedMesh[] = [];
  scene.traverse((object) => object instanceof InstancedMesh && out.push(object));
  return out;
};

test.each([
  { name: "all cells", view: DEFAULT_VIEW },
  { name: "some layers above a threshold", view: { ...DEFAULT_VIEW, from: 5, to: 30, mip: 2 } },
])("three's loader opens the file with as many instances as cells are shown: $name", async ({ view }) => {
  const scene = await load(await sceneToGltf(event, chain, view));
  const count = instances(scene).reduce((sum, mesh) => sum + mesh.count, 0);
  expect(count).toBeGreaterThan(100);
  expect(count).toBe(shownCells(event, view).length);
});

test("each instance covers its cell, in metres", async () => {
  const scene = await load(await sceneToGltf(event, chain, DEFAULT_VIEW));
  const prisms = createPrisms(event);
  // Range of x, range of y and middle of z [cm].
  const extent = (x: readonly number[], y: readonly number[], z: number): number[] => [
    Math.min(...x),
    Math.max(...x),
    Math.min(...y),
    Math.max(...y),
    z,
  ];
  const want = shownCells(event, DEFAULT_VIEW).map((i) => {
    const [x, y] = [0, 1].map((k) => [0, 2, 4, 6].map((corner) => prisms.corners[8 * i + corner + k]));
    return extent(x, y, prisms.z[i]);
  });
  const left = new Set(want);
  const [vertex, matrix] = [new Vector3(), new Matrix4()];
  for (const mesh of instances(scene)) {
    const { position } = mesh.geometry.attributes;
    for (let k = 0; k < mesh.count; k++) {
      mesh.getMatrixAt(k, matrix);
      matrix.premultiply(mesh.matrixWorld);
      const points = Array.from({ length: position.count }, (_, v) =>
        vertex
          .fromBufferAttribute(position as BufferAttribute, v)
          .applyMatrix4(matrix)
          .multiplyScalar(100)
          .toArray(),
      );
      const [x, y, z] = [0, 1, 2].map((axis) => points.map((point) => point[axis]));
      const got = extent(x, y, (Math.min(...z) + Math.max(...z)) / 2);
      const found = [...left].find((each) => each.every((value, i) => Math.abs(value - got[i]) < 0.03));
      if (found !== undefined) left.delete(found);
    }
  }
  expect(want.length).toBeGreaterThan(500);
  expect(left.size).toBe(0);
});

test("instances have colours, lines the names of particles and clusters", async () => {
  const scene = await load(await sceneToGltf(event, chain, { ...DEFAULT_VIEW, colour: "energy" }));
  const colours = instances(scene).flatMap(({ instanceColor }) => Array.from(instanceColor?.array ?? []));
  expect(new Set(colours).size).toBeGreaterThan(50);
  const lines: string[] = [];
  scene.traverse((object) => object instanceof LineSegments && lines.push(object.name));
  expect(lines).toEqual(
    expect.arrayContaining(["photon", ...chain.clusters.map(({ seed }) => `axis_of_cluster_${seed}`)]),
  );
});

test("an event without clusters and cells is a file too", async () => {
  const scene = await load(await sceneToGltf(event, null, { ...DEFAULT_VIEW, mip: 1e4 }));
  expect(instances(scene)).toEqual([]);
});
