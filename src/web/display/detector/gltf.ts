/** The detector view as a glTF file (.glb), for programs that show scenes. Loaded when somebody exports. */
import {
  BufferAttribute,
  BufferGeometry,
  Color,
  Group,
  InstancedMesh,
  LineSegments,
  Matrix4,
  MeshBasicMaterial,
  SRGBColorSpace,
} from "three";
import { GLTFExporter } from "three/examples/jsm/exporters/GLTFExporter.js";
import { type ChainView, type EventView } from "../../data/protocol.js";
import { clusterColour, type Rgb } from "../../ui/colours.js";
import { cellColours } from "../plane/scene.js";
import { type ViewState } from "../../model/view-state.js";
import { clusterAxes, particleAxes, times } from "./axes.js";
import { type Vector } from "./camera.js";
import { shownCells } from "./cells.js";
import { createPrisms, halfThickness, type Prisms } from "./prisms.js";

/** glTF is in metres. */
const CM = 0.01;
/** Shapes that agree to this many cm are one mesh. */
const SAME = 0.01;
/** Of cells in no cluster, as in the other views. */
const GHOST_OPACITY = 0.35;
const INK: Rgb = [90, 98, 108];

/** What the shown cells of one shape and one cluster have in common. */
interface Family {
  readonly seed: number;
  /** Of the four corners around their middle, the first one on the x axis [cm]. */
  readonly shape: readonly number[];
  readonly cells: { readonly turn: number; readonly i: number; readonly colour: Color }[];
}

function setRgb(colour: Color, [r, g, b]: Rgb): Color {
  return colour.setRGB(r / 255, g / 255, b / 255, SRGBColorSpace);
}

/** The corners of a cell turned so that the first lies on the x axis, and by which angle they were. */
function shapeOf({ corners, bounds }: Prisms, i: number): { readonly shape: readonly number[]; readonly turn: number } {
  const [x, y] = [bounds[3 * i], bounds[3 * i + 1]];
  const turn = Math.atan2(corners[8 * i + 1] - y, corners[8 * i] - x);
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const shape = [0, 2, 4, 6].flatMap((k) => {
    const [dx, dy] = [corners[8 * i + k] - x, corners[8 * i + k + 1] - y];
    return [cos * dx + sin * dy, cos * dy - sin * dx];
  });
  return { shape, turn };
}

function prismGeometry(shape: readonly number[], half: number): BufferGeometry {
  const points = [-half, half].flatMap((z) => [0, 2, 4, 6].flatMap((k) => [shape[k], shape[k + 1], z]));
  const sides = [0, 1, 2, 3].flatMap((k) => {
    const next = (k + 1) % 4;
    return [k, next, next + 4, k, next + 4, k + 4];
  });
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new BufferAttribute(Float32Array.from(points), 3));
  geometry.setIndex([2, 1, 0, 3, 2, 0, 4, 5, 6, 4, 6, 7, ...sides]);
  return geometry;
}

function line(name: string, from: Vector, to: Vector, colour: Rgb): LineSegments {
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new BufferAttribute(Float32Array.from([...from, ...to]), 3));
  // Not one for lines: the exporter knows this one.
  const lines = new LineSegments(geometry, new MeshBasicMaterial({ color: setRgb(new Color(), colour) }));
  lines.name = name;
  return lines;
}

/**
 * The cells that the detector view shows, in its colours, and the axes of particles and clusters, as the bytes of a .glb file in
 * metres with y up. Cells of one shape in one cluster are the instances of a mesh (EXT_mesh_gpu_instancing). `colourOf`: of a
 * seed's cluster.
 */
export async function sceneToGltf(
  event: EventView,
  chain: ChainView | null,
  view: ViewState,
  colourOf: (seed: number) => Rgb = clusterColour,
): Promise<ArrayBuffer> {
  const shown = shownCells(event, view);
  const { colours } = cellColours(event, chain, view, shown, { pickedSeed: -1, colourOf });
  const prisms = createPrisms(event);
  const families = new Map<string, Family>();
  for (const [k, i] of shown.entries()) {
    const seed = chain?.assignment[i] ?? -1;
    const { shape, turn } = shapeOf(prisms, i);
    const key = [seed, ...shape.map((value) => Math.round(value / SAME))].join(" ");
    const family = families.get(key) ?? { seed, shape, cells: [] };
    families.set(key, family);
    const colour = setRgb(new Color(), [colours[4 * k], colours[4 * k + 1], colours[4 * k + 2]]);
    family.cells.push({ i, turn, colour });
  }
  const root = new Group();
  root.name = `event ${event.number}`;
  root.scale.setScalar(CM);
  const solid = new MeshBasicMaterial({});
  const ghost = new MeshBasicMaterial({ transparent: true, opacity: GHOST_OPACITY, depthWrite: false });
  const matrix = new Matrix4();
  for (const { seed, shape, cells } of families.values()) {
    const geometry = prismGeometry(shape, halfThickness(0));
    const mesh = new InstancedMesh(geometry, seed < 0 ? ghost : solid, cells.length);
    mesh.name = seed < 0 ? "unclustered" : `cluster ${seed}`;
    for (const [k, { i, turn, colour }] of cells.entries()) {
      matrix.makeRotationZ(turn).setPosition(prisms.bounds[3 * i], prisms.bounds[3 * i + 1], prisms.z[i]);
      mesh.setMatrixAt(k, matrix);
      mesh.setColorAt(k, colour);
    }
    root.add(mesh);
  }
  const depth = event.z.reduce((most, z) => Math.max(most, Math.abs(z)), 0);
  for (const { name, direction } of particleAxes(event)) root.add(line(name, [0, 0, 0], times(direction, depth), INK));
  for (const { seed, direction } of chain === null ? [] : clusterAxes(event, chain, -1)) {
    root.add(line(`axis of cluster ${seed}`, [0, 0, 0], times(direction, depth), colourOf(seed)));
  }
  return (await new GLTFExporter().parseAsync(root, { binary: true })) as ArrayBuffer;
}
