/** What painters tell three.js to draw, with a renderer that only writes down what it is told. */
import { type LineSegments, type Mesh, type RawShaderMaterial, type Scene } from "three";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Quads } from "../ui/quad-mesh.js";
import { type Renderer } from "../ui/surface.js";
import { createCamera } from "./detector/camera.js";
import { LOOK_BYTES, SHOWN } from "./detector/cells.js";
import { Painter3d } from "./detector/painter3d.js";
import { type Prisms } from "./detector/prisms.js";
import { Painter } from "./plane/painter.js";

const told: unknown[][] = [];
const scenes: unknown[] = [];
/** Draws on nothing. */
function rendererOf(canvas: object = canvasOf()): Renderer {
  let ratio = 2;
  return {
    domElement: canvas,
    info: { render: { calls: 3 } },
    render(scene: unknown) {
      told.push(["render", ratio]);
      scenes.push(scene);
    },
    setPixelRatio: (to: number) => (ratio = to),
    getPixelRatio: () => ratio,
    setSize: (...size: unknown[]) => told.push(["size", ...size]),
    dispose: () => told.push(["dispose"]),
  } as unknown as Renderer;
}

/** What is to be done at the next frame, by its number. */
const frames = new Map<number, () => void>();
let asked = 0;
beforeEach(() => {
  [told.length, scenes.length] = [0, 0];
  frames.clear();
  vi.stubGlobal("requestAnimationFrame", (paint: () => void) => (frames.set(++asked, paint), asked));
  vi.stubGlobal("cancelAnimationFrame", (frame: number) => frames.delete(frame));
});
afterEach(() => vi.unstubAllGlobals());

const canvasOf = () => ({ dataset: {} }) as unknown as HTMLCanvasElement;
type Part = (Mesh | LineSegments) & { readonly material: RawShaderMaterial };
/** What the last picture is made of. */
const partsOf = (): Part[] => (scenes.at(-1) as Scene).children as Part[];
const looksOf = (part: Part) => {
  const { visible, renderOrder, frustumCulled, material } = part;
  return { visible, renderOrder, frustumCulled, transparent: material.transparent, depthWrite: material.depthWrite };
};
const uniform = (part: Part, name: string): unknown => part.material.uniforms[name].value;

const quadsOf = (n: number): Quads => ({
  ...{ n, corners: new Float32Array(8 * n), colours: new Uint8Array(4 * n), heavy: new Uint8Array(n) },
});
const prismsOf = (n: number): Prisms => ({
  ...{ n, corners: new Float32Array(8 * n), z: new Float32Array(n), bounds: new Float32Array(3 * n) },
});

test("in a plane cells cover the lines; what there is nothing of is not drawn", () => {
  const canvas = canvasOf();
  const painter = new Painter(rendererOf(canvas));
  painter.paint();
  const look = { frustumCulled: false, transparent: true, depthWrite: false };
  expect(partsOf().map(looksOf)).toEqual([0, 1].map((renderOrder) => ({ visible: false, renderOrder, ...look })));
  expect(partsOf().map(({ material }) => [material.depthTest, canvas.dataset["painted"]])).toEqual([[false, "0"], [false, "0"]]); // prettier-ignore
  painter.setQuads(quadsOf(1));
  painter.setLines(Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8));
  painter.paint();
  const [lines, quads] = partsOf();
  expect([lines.visible, quads.visible, canvas.dataset["painted"]]).toEqual([true, true, "1"]);
  expect([lines.geometry.drawRange.count, lines.geometry.getAttribute("at").itemSize]).toEqual([4, 2]);
  expect(uniform(lines, "opacity")).toBe(0.28);
  expect(quads.geometry.drawRange.count).toBe(6);
  painter.setQuads(quadsOf(0));
  painter.setLines(new Float32Array(0));
  expect([lines.visible, quads.visible]).toEqual([false, false]);
});

test("the ink is that of the page; the camera is as broad as the picture, and as high as its shape says", () => {
  const painter = new Painter(rendererOf());
  painter.setInk([255, 51, 0]);
  painter.setCamera({ x: 3, y: -2, half: 0.5 }, { width: 800, height: 400 });
  painter.paint();
  for (const part of partsOf()) {
    expect([uniform(part, "ink"), uniform(part, "centre"), uniform(part, "scale")]).toMatchObject([
      [1, 0.2, 0],
      { x: 3, y: -2 },
      { x: 2, y: 4 },
    ]);
  }
});

test("changes are drawn together at the next frame, those after it at another one", () => {
  const painter = new Painter(rendererOf());
  painter.setQuads(quadsOf(1));
  painter.setInk([0, 0, 0]);
  painter.resize(300, 200, 1.5);
  expect([frames.size, told]).toEqual([1, [["size", 300, 200, false]]]);
  for (const paint of frames.values()) paint();
  expect([frames.size, told.length]).toEqual([0, 2]);
  painter.setInk([1, 1, 1]);
  expect(frames.size).toBe(1);
  // Drawn at once there is nothing left to draw; nor when it is gone.
  painter.paint();
  expect(frames.size).toBe(0);
  painter.setInk([2, 2, 2]);
  painter.dispose();
  expect([frames.size, told.at(-1)]).toEqual([0, ["dispose"]]);
});

test("a file has its own number of pixels, with outlines as broad as on the screen; then all is as before", () => {
  const painter = new Painter(rendererOf());
  painter.paint();
  const [, quads] = partsOf();
  const seen: unknown[] = [];
  const read = (): void => void seen.push(uniform(quads, "enlarged"));
  painter.snapshot(6, read);
  expect([seen, uniform(quads, "enlarged"), told.slice(1)]).toEqual([[3], 1, [["render", 6], ["render", 2]]]); // prettier-ignore
  expect(() =>
    painter.snapshot(4, () => {
      throw new Error("no room");
    }),
  ).toThrow("no room");
  expect([uniform(quads, "enlarged"), told.at(-1)]).toEqual([1, ["render", 2]]);
});

test("in three dimensions solid cells come first, and what is seen through last; lines lie between", () => {
  const canvas = canvasOf();
  const painter = new Painter3d(rendererOf(canvas));
  painter.paint();
  expect(partsOf().map(looksOf)).toEqual(
    [false, true, true].map((transparent, renderOrder) => ({
      ...{ visible: false, renderOrder, frustumCulled: false, transparent, depthWrite: !transparent },
    })),
  );
  const [solid, lines, ghosts] = partsOf();
  expect([uniform(solid, "ghosts"), uniform(ghosts, "ghosts")]).toEqual([false, true]);
  const looks = new Uint8Array(2 * LOOK_BYTES);
  looks[LOOK_BYTES + 4] = SHOWN;
  painter.setCells(prismsOf(2), looks);
  painter.setLines(new Float32Array(16));
  painter.paint();
  expect([solid.visible, lines.visible, ghosts.visible, solid.geometry === ghosts.geometry]).toEqual([true, true, true, true]); // prettier-ignore
  expect(canvas.dataset).toEqual({ painted: 1, calls: 3, made: 4, drawn: 2 });
  painter.setCells(prismsOf(0), new Uint8Array(0));
  painter.setLines(new Float32Array(0));
  expect([solid.visible, lines.visible, ghosts.visible]).toEqual([false, false, false]);
});

test("lines have room for twice as many, and new memory only when that is not enough", () => {
  const canvas = canvasOf();
  const painter = new Painter3d(rendererOf(canvas));
  const made = (ends: number): unknown[] => {
    painter.setLines(Float32Array.from({ length: ends }, (_, k) => k + 1));
    painter.paint();
    const { geometry } = partsOf()[1];
    const { array, itemSize } = geometry.getAttribute("at");
    expect([itemSize, ...array.slice(0, ends)]).toEqual([4, ...Array.from({ length: ends }, (_, k) => k + 1)]);
    return [geometry.drawRange.count, array.length, canvas.dataset["made"]];
  };
  expect([made(8), made(16), made(4), made(20)]).toEqual([
    [2, 16, 1],
    [4, 16, 1],
    [1, 16, 1],
    [5, 40, 2],
  ]);
});

test("the eye is a place with perspective, a direction without; cells are thick enough to be seen from the side", () => {
  const painter = new Painter3d(rendererOf());
  painter.setColours([0, 255, 51], [255, 0, 0]);
  const orbit = { azimuth: 30, elevation: 20, distance: 100, x: 1, y: 2, z: 300 };
  for (const projection of ["perspective", "orthographic"] as const) {
    const camera = createCamera(orbit, projection, { width: 400, height: 400 });
    painter.setCamera(camera);
    painter.paint();
    const [x, y, z] = projection === "perspective" ? camera.eye : camera.back;
    for (const part of partsOf()) {
      expect(uniform(part, "eye")).toMatchObject({ x, y, z, w: projection === "perspective" ? 1 : 0 });
      expect((uniform(part, "toClip") as { elements: number[] }).elements).toEqual([...camera.toClip]);
      // 66 cm in 400 pixels are less than the thinnest cell.
      expect([uniform(part, "halfThickness"), uniform(part, "ink"), uniform(part, "paper")]).toEqual([0.4, [0, 1, 0.2], [1, 0, 0]]); // prettier-ignore
    }
  }
});
