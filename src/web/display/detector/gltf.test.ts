import {
  type BufferAttribute,
  Color,
  InstancedMesh,
  LineSegments,
  Matrix4,
  type Mesh,
  type MeshBasicMaterial,
  type Object3D,
  SRGBColorSpace,
  Vector3,
} from "three";
import { GLTFLoader } from "three/examples/jsm/loaders/GLTFLoader.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createNtupleClusters, DEFAULT_PARAMS } from "../../../chain/index.js";
import { createGeometry } from "../../../detector/index.js";
import { createSkim, DEFAULT_SKIM, simulateEvents } from "../../../events/index.js";
import { createChainView } from "../../data/chain-view.js";
import { createLiveClusterer, sliceEntries } from "../../data/clusterer.js";
import { createEventView } from "../../data/event-view.js";
import { DEFAULT_VIEW } from "../../model/view-state.js";
import { clusterColour } from "../../ui/colours.js";
import { cellColours } from "../plane/scene.js";
import { TOY_BINS, TOY_EVENT } from "../toy.test-data.js";
import { shownCells } from "./cells.js";
import { clusterAxes, particleAxes, times } from "./axes.js";
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

/** Squares of one size around the middles of the toy's cells, each turned by another angle. */
const TURNS = [0, 0.3, -1.2, 2, 0.7, Math.PI];
const squares: typeof TOY_EVENT = {
  ...TOY_EVENT,
  z: new Float64Array(6).fill(-300),
  corners: Float32Array.from({ length: 48 }, (_, k) => {
    const [i, corner] = [k >> 3, (k >> 1) % 4];
    const angle = TURNS[i] + (corner * Math.PI) / 2;
    return k % 2 === 0 ? 0.1 * i + 0.01 * Math.cos(angle) : 0.02 * i + 0.01 * Math.sin(angle);
  }),
};
const onlyMeshes = async (chainOf: typeof TOY_BINS | null): Promise<InstancedMesh[]> =>
  instances(await load(await sceneToGltf(squares, chainOf, { ...DEFAULT_VIEW, mip: 0 })));

test("cells of one shape in one cluster are one mesh, however they are turned; those in none are seen through", async () => {
  const meshes = await onlyMeshes(TOY_BINS);
  const said = meshes.map(({ name, count, material }) => {
    const { transparent, opacity } = material as MeshBasicMaterial;
    return [name, count, transparent, opacity] as const;
  });
  expect(said.toSorted(([a], [b]) => (a < b ? -1 : 1))).toEqual([
    ["cluster_0", 2, false, 1],
    ["cluster_1", 1, false, 1],
    ["unclustered", 3, true, expect.closeTo(0.35)],
  ]);
  expect((await onlyMeshes(null)).map(({ name, count }) => [name, count])).toEqual([["unclustered", 6]]);
});

test("each cell has the colour of the other views at its place", async () => {
  const view = { ...DEFAULT_VIEW, mip: 0, colour: "energy" } as const;
  const shown = shownCells(squares, view);
  const { colours } = cellColours(squares, TOY_BINS, view, shown, { pickedSeed: -1, colourOf: clusterColour });
  const at = new Map<string, Color>();
  const [matrix, place, colour] = [new Matrix4(), new Vector3(), new Color()];
  for (const mesh of instances(await load(await sceneToGltf(squares, TOY_BINS, view)))) {
    for (let k = 0; k < mesh.count; k++) {
      mesh.getMatrixAt(k, matrix);
      place.setFromMatrixPosition(matrix.premultiply(mesh.matrixWorld));
      mesh.getColorAt(k, colour);
      at.set(place.toArray().map((value) => Math.round(1000 * value)).join(" "), colour.clone());
    }
  }
  expect(shown.length).toBe(6);
  for (const [k, i] of shown.entries()) {
    // Of x/z and y/z, in mm.
    const key = [300 * i, 60 * i, -3000].join(" ");
    const found = at.get(key)?.getRGB({ r: 0, g: 0, b: 0 }, SRGBColorSpace) ?? { r: -1, g: -1, b: -1 };
    const wanted = [0, 1, 2].map((part) => expect.closeTo(colours[4 * k + part] / 255, 2) as number);
    expect([i, found.r, found.g, found.b]).toEqual([i, ...wanted]);
  }
}); // prettier-ignore

test("axes begin at the interaction point and end behind the last cell; those of clusters have their colours", async () => {
  const deep = { ...squares, z: Float64Array.of(-300, -310, -400, -320, -330, -340) };
  const scene = await load(await sceneToGltf(deep, TOY_BINS, DEFAULT_VIEW));
  const found = new Map<string, LineSegments>();
  scene.traverse((object) => void (object instanceof LineSegments && found.set(object.name, object)));
  const wanted = [
    ...particleAxes(deep).map((axis) => ({ ...axis, rgb: undefined })),
    ...clusterAxes(deep, TOY_BINS, -1).map(({ seed, direction }) => ({
      ...{ name: `axis_of_cluster_${seed}`, direction, rgb: clusterColour(seed) },
    })),
  ];
  expect(wanted.length).toBe(3);
  for (const { name, direction, rgb } of wanted) {
    const axis = found.get(name) as unknown as Mesh;
    const { position } = axis.geometry.attributes;
    const [from, to] = [0, 1].map((k) =>
      new Vector3().fromBufferAttribute(position as BufferAttribute, k).applyMatrix4(axis.matrixWorld).toArray(),
    );
    expect([name, from]).toEqual([name, [0, 0, 0]]);
    expect(to).toEqual(times(direction, 4).map((value) => expect.closeTo(value, 5) as number));
    const { r, g, b } = (axis.material as MeshBasicMaterial).color.getRGB({ r: 0, g: 0, b: 0 }, SRGBColorSpace);
    if (rgb !== undefined) expect([r, g, b]).toEqual(rgb.map((part) => expect.closeTo(part / 255, 2) as number));
  }
}); // prettier-ignore
