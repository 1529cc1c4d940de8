/** Draws quadrilaterals and lines with WebGL: one draw call for all trigger cells, one for the outlines. */
import {
  BufferAttribute,
  BufferGeometry,
  DoubleSide,
  GLSL3,
  LineSegments,
  Mesh,
  OrthographicCamera,
  RawShaderMaterial,
  Scene,
  Vector2,
} from "three";
import { type Rgb } from "../../ui/colours.js";
import { QuadMesh, type Quads } from "../../ui/quad-mesh.js";
import { type Size } from "../../ui/size.js";
import { type Renderer, Surface } from "../../ui/surface.js";
import { type Camera } from "../../ui/plane-camera.js";

// Corner by corner and not by instances: software renderers draw each instance as a call of its own.
const VERTEX = `
precision highp float;
in vec2 at;
in vec4 colour;
in float style;
uniform vec2 centre;
uniform vec2 scale;
out vec4 fill;
out vec2 within;
flat out float weight;
flat out int pattern;
void main() {
  int corner = gl_VertexID & 3;
  within = vec2(corner == 1 || corner == 2 ? 1.0 : 0.0, corner > 1 ? 1.0 : 0.0);
  fill = colour;
  pattern = int(style) / 4;
  weight = style - 4.0 * float(pattern);
  gl_Position = vec4((at - centre) * scale, 0.0, 1.0);
}`;

/** Outlines fade where a cell is only a few pixels wide; hatching goes on from cell to cell. */
const FRAGMENT = `
precision highp float;
in vec4 fill;
in vec2 within;
flat in float weight;
flat in int pattern;
uniform vec3 ink;
uniform float enlarged;
out vec4 result;
float hatch(float across) {
  return 1.0 - smoothstep(1.0, 2.0, abs(mod(across, 8.0) - 4.0));
}
void main() {
  vec2 width = max(enlarged * fwidth(within), vec2(1e-6));
  vec2 pixels = min(within, 1.0 - within) / width;
  float edge = min(pixels.x, pixels.y);
  float size = 1.0 / max(width.x, width.y);
  float line = 1.0 - smoothstep(0.4 + weight, 1.2 + weight, edge);
  bool apart = weight > 1.5;
  float room = apart ? clamp((size - 1.0) / 3.0, 0.0, 1.0) : clamp((size - 5.0) / 8.0, 0.0, 1.0);
  float strength = line * room * min(1.0, mix(0.3, 0.75, weight));
  vec2 place = gl_FragCoord.xy / enlarged;
  float hatched = 0.0;
  if ((pattern & 1) != 0) hatched = hatch(place.x - place.y);
  if ((pattern & 2) != 0) hatched = max(hatched, hatch(place.x + place.y));
  strength = max(strength, 0.65 * hatched);
  result = vec4(mix(fill.rgb, ink, strength), apart ? max(fill.a, strength) : fill.a);
  if (result.a < 0.004) discard;
}`;

const LINE_VERTEX = `
precision highp float;
in vec2 at;
uniform vec2 centre;
uniform vec2 scale;
void main() {
  gl_Position = vec4((at - centre) * scale, 0.0, 1.0);
}`;

const LINE_FRAGMENT = `
precision highp float;
uniform vec3 ink;
uniform float opacity;
out vec4 result;
void main() {
  result = vec4(ink, opacity);
}`;

export class Painter extends Surface {
  readonly #scene = new Scene();
  readonly #camera = new OrthographicCamera();
  readonly #view = { centre: { value: new Vector2() }, scale: { value: new Vector2(1, 1) } };
  readonly #ink = { value: [0, 0, 0] };
  readonly #quadMaterial: RawShaderMaterial;
  readonly #lineMaterial: RawShaderMaterial;
  readonly #quads: Mesh;
  readonly #lines: LineSegments;
  readonly #cells = new QuadMesh();

  constructor(renderer: Renderer) {
    super(renderer);
    // Corners run one way round in one endcap and map, the other way in the other.
    const common = {
      glslVersion: GLSL3,
      side: DoubleSide,
      transparent: true,
      depthTest: false,
      depthWrite: false,
    } as const;
    this.#quadMaterial = new RawShaderMaterial({
      ...common,
      vertexShader: VERTEX,
      fragmentShader: FRAGMENT,
      uniforms: { ...this.#view, ink: this.#ink, enlarged: this.enlarged },
    });
    this.#lineMaterial = new RawShaderMaterial({
      ...common,
      vertexShader: LINE_VERTEX,
      fragmentShader: LINE_FRAGMENT,
      uniforms: { ...this.#view, ink: this.#ink, opacity: { value: 0.28 } },
    });
    this.#quads = new Mesh(this.#cells.geometry, this.#quadMaterial);
    this.#lines = new LineSegments(new BufferGeometry(), this.#lineMaterial);
    for (const [order, object] of [this.#lines, this.#quads].entries()) {
      object.frustumCulled = false;
      object.renderOrder = order;
      object.visible = false;
      this.#scene.add(object);
    }
  }

  setQuads(quads: Quads): void {
    this.#cells.set(quads);
    this.#quads.geometry = this.#cells.geometry;
    this.#quads.visible = quads.n > 0;
    this.request();
  }

  /** x, y of both ends of each line. */
  setLines(segments: Float32Array): void {
    const geometry = new BufferGeometry();
    geometry.setAttribute("at", new BufferAttribute(segments, 2));
    geometry.setDrawRange(0, segments.length / 2);
    this.#lines.geometry.dispose();
    this.#lines.geometry = geometry;
    this.#lines.visible = segments.length > 0;
    this.request();
  }

  setInk([r, g, b]: Rgb): void {
    this.#ink.value = [r / 255, g / 255, b / 255];
    this.request();
  }

  /** `size` is the shape of the picture. */
  setCamera({ x, y, half }: Camera, size: Size): void {
    this.#view.centre.value.set(x, y);
    this.#view.scale.value.set(1 / half, size.width / size.height / half);
    this.request();
  }

  paint(): void {
    this.render(this.#scene, this.#camera);
    this.canvas.dataset["painted"] = String(this.#cells.n);
  }

  override dispose(): void {
    this.#cells.dispose();
    this.#lines.geometry.dispose();
    this.#quadMaterial.dispose();
    this.#lineMaterial.dispose();
    super.dispose();
  }
}
