/** Draws prisms and lines in three dimensions with WebGL: three draw calls, whatever the number of cells. */
import {
  BufferAttribute,
  BufferGeometry,
  Camera,
  DoubleSide,
  GLSL3,
  LineSegments,
  Matrix4,
  Mesh,
  RawShaderMaterial,
  Scene,
  Vector4,
} from "three";
import { type Rgb } from "../../ui/colours.js";
import { type Camera3d } from "./camera.js";
import { CellMesh, COLUMNS, FACES, LOOK_TEXELS, SHAPE_TEXELS } from "./cell-mesh.js";
import { DIFFERS, GHOST, SCINTILLATOR, SHOWN } from "./cells.js";
import { type Renderer, Surface } from "../../ui/surface.js";
import { halfThickness, type Prisms } from "./prisms.js";

// One indexed mesh that reads its cells from textures: software renderers draw each instance as a call of its own, and
// attributes would repeat each cell twenty times.
const VERTEX = `
precision highp float;
precision highp int;
precision highp sampler2D;
uniform sampler2D shapes;
uniform sampler2D looks;
uniform mat4 toClip;
uniform vec4 eye;
uniform bool ghosts;
uniform float halfThickness;
uniform vec3 paper;
out vec4 fill;
out vec2 within;
flat out float weight;
flat out float marked;
void main() {
  gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
  int cell = gl_VertexID / ${4 * FACES};
  int face = (gl_VertexID % ${4 * FACES}) / 4;
  int corner = gl_VertexID & 3;
  ivec2 at = ivec2(cell % ${COLUMNS}, cell / ${COLUMNS});
  int flags = int(255.0 * texelFetch(looks, ivec2(${LOOK_TEXELS} * at.x + 1, at.y), 0).r + 0.5);
  if ((flags & ${SHOWN}) == 0 || ((flags & ${GHOST}) != 0) != ghosts) return;
  vec4 first = texelFetch(shapes, ivec2(${SHAPE_TEXELS} * at.x, at.y), 0);
  vec4 last = texelFetch(shapes, ivec2(${SHAPE_TEXELS} * at.x + 1, at.y), 0);
  float z = texelFetch(shapes, ivec2(${SHAPE_TEXELS} * at.x + 2, at.y), 0).x;
  vec2 corners[4] = vec2[4](first.xy, first.zw, last.xy, last.zw);
  within = vec2(corner == 1 || corner == 2 ? 1.0 : 0.0, corner > 1 ? 1.0 : 0.0);
  vec3 place;
  float shade = 1.0;
  if (face == 4) {
    place = vec3(corners[corner], z + (eye.z > z * eye.w ? halfThickness : -halfThickness));
  } else {
    vec2 a = corners[face];
    vec2 b = corners[(face + 1) & 3];
    vec2 normal = normalize(vec2(b.y - a.y, a.x - b.x));
    // Sides that look away: the prism itself hides them.
    if (dot(normal, eye.xy - a * eye.w) <= 0.0) return;
    shade = 0.72 + 0.12 * normal.y;
    place = vec3(within.x < 0.5 ? a : b, z + (within.y < 0.5 ? -halfThickness : halfThickness));
  }
  vec4 colour = texelFetch(looks, ivec2(${LOOK_TEXELS} * at.x, at.y), 0);
  // Cells of clusters hide what is behind them; their opacity says how far they stand out from the paper.
  fill = ghosts ? vec4(shade * colour.rgb, colour.a) : vec4(mix(paper, shade * colour.rgb, colour.a), 1.0);
  weight = (flags & ${SCINTILLATOR}) != 0 ? 1.0 : 0.0;
  marked = (flags & ${DIFFERS}) != 0 ? 1.0 : 0.0;
  gl_Position = toClip * vec4(place, 1.0);
}`;

/** Outlines fade where a face is only a few pixels wide, but for those of marked cells. */
const FRAGMENT = `
precision highp float;
in vec4 fill;
in vec2 within;
flat in float weight;
flat in float marked;
uniform vec3 ink;
uniform float enlarged;
out vec4 result;
void main() {
  vec2 width = max(enlarged * fwidth(within), vec2(1e-6));
  vec2 pixels = min(within, 1.0 - within) / width;
  float edge = min(pixels.x, pixels.y);
  float size = 1.0 / max(width.x, width.y);
  // Some of the colour is left on small faces.
  float broad = min(weight + 1.5 * marked, 0.12 * size);
  float line = 1.0 - smoothstep(0.4 + broad, 1.2 + broad, edge);
  float strength = line * max(marked, clamp((size - 5.0) / 8.0, 0.0, 1.0) * mix(0.3, 0.75, weight));
  result = vec4(mix(fill.rgb, ink, strength), max(fill.a, line * marked));
}`;

const LINE_VERTEX = `
precision highp float;
in vec4 at;
uniform mat4 toClip;
out float opacity;
void main() {
  opacity = at.w;
  gl_Position = toClip * vec4(at.xyz, 1.0);
}`;

const LINE_FRAGMENT = `
precision highp float;
in float opacity;
uniform vec3 ink;
out vec4 result;
void main() {
  result = vec4(ink, opacity);
}`;

export class Painter3d extends Surface {
  readonly #cells = new CellMesh();
  readonly #scene = new Scene();
  readonly #camera = new Camera();
  readonly #shared = {
    toClip: { value: new Matrix4() },
    eye: { value: new Vector4() },
    halfThickness: { value: 0 },
    ink: { value: [0, 0, 0] },
    paper: { value: [1, 1, 1] },
    enlarged: this.enlarged,
    shapes: this.#cells.shapes,
    looks: this.#cells.looks,
  };
  readonly #materials: readonly RawShaderMaterial[];
  readonly #solid: Mesh;
  readonly #ghosts: Mesh;
  readonly #lines: LineSegments;
  /** Buffers and textures made so far, and pictures drawn: tests read them at the canvas. */
  #made = 0;
  #drawn = 0;

  constructor(renderer: Renderer) {
    super(renderer);
    const material = (vertexShader: string, fragmentShader: string, isSolid: boolean): RawShaderMaterial =>
      new RawShaderMaterial({
        glslVersion: GLSL3,
        vertexShader,
        fragmentShader,
        side: DoubleSide,
        transparent: !isSolid,
        depthWrite: isSolid,
        uniforms: { ...this.#shared, ghosts: { value: !isSolid } },
      });
    this.#materials = [
      material(VERTEX, FRAGMENT, true),
      material(LINE_VERTEX, LINE_FRAGMENT, false),
      material(VERTEX, FRAGMENT, false),
    ];
    this.#solid = new Mesh(this.#cells.geometry, this.#materials[0]);
    this.#lines = new LineSegments(new BufferGeometry(), this.#materials[1]);
    this.#ghosts = new Mesh(this.#cells.geometry, this.#materials[2]);
    for (const [order, object] of [this.#solid, this.#lines, this.#ghosts].entries()) {
      object.frustumCulled = false;
      object.renderOrder = order;
      object.visible = false;
      this.#scene.add(object);
    }
  }

  /** LOOK_BYTES of `looks` for each prism. */
  setCells(prisms: Prisms, looks: Uint8Array): void {
    this.#cells.set(prisms, looks);
    for (const object of [this.#solid, this.#ghosts]) {
      object.geometry = this.#cells.geometry;
      object.visible = prisms.n > 0;
    }
    this.request();
  }

  /** x, y, z and opacity of both ends of each line. */
  setLines(ends: Float32Array): void {
    const { geometry } = this.#lines;
    let at = geometry.getAttribute("at") as BufferAttribute | undefined;
    if (at === undefined || at.array.length < ends.length) {
      geometry.dispose();
      at = new BufferAttribute(new Float32Array(2 * ends.length), 4);
      this.#lines.geometry = new BufferGeometry().setAttribute("at", at);
      this.#made++;
    }
    (at.array as Float32Array).set(ends);
    at.needsUpdate = true;
    this.#lines.geometry.setDrawRange(0, ends.length / 4);
    this.#lines.visible = ends.length > 0;
    this.request();
  }

  setColours(ink: Rgb, paper: Rgb): void {
    this.#shared.ink.value = ink.map((value) => value / 255);
    this.#shared.paper.value = paper.map((value) => value / 255);
    this.request();
  }

  setCamera({ toClip, eye, back, projection, unit }: Camera3d): void {
    this.#shared.halfThickness.value = halfThickness(unit);
    this.#shared.toClip.value.fromArray(toClip);
    if (projection === "perspective") this.#shared.eye.value.set(...eye, 1);
    else this.#shared.eye.value.set(...back, 0);
    this.request();
  }

  paint(): void {
    this.render(this.#scene, this.#camera);
    Object.assign(this.canvas.dataset, {
      painted: this.#cells.shown(),
      calls: this.calls,
      made: this.#made + this.#cells.made,
      drawn: ++this.#drawn,
    });
  }

  override dispose(): void {
    this.#cells.dispose();
    this.#lines.geometry.dispose();
    for (const material of this.#materials) material.dispose();
    super.dispose();
  }
}
