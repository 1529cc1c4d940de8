/** Draws quadrilaterals and lines with WebGL: one draw call for all trigger cells, one for the outlines. */
import {
  BufferAttribute,
  BufferGeometry,
  DoubleSide,
  DynamicDrawUsage,
  GLSL3,
  LineSegments,
  Mesh,
  OrthographicCamera,
  RawShaderMaterial,
  Scene,
  Vector2,
} from "three";
import { type Rgb } from "./colours.js";
import { type Size } from "./size.js";
import { Surface } from "./surface.js";
import { type Camera } from "./view-state.js";

/** Quadrilaterals in drawing order: later ones cover earlier ones. */
export interface Quads {
  readonly n: number;
  /** x, y of 4 corners each. */
  readonly corners: Float32Array;
  /** Red, green, blue, opacity. */
  readonly colours: Uint8Array;
  /** 1: a heavier outline (scintillator); 2: the heaviest, which stays when cells are small (differs in a comparison). */
  readonly heavy: Uint8Array;
  /** Hatching: 0 none, 1 rising, 2 falling, 3 both; absent: none. */
  readonly patterns?: Uint8Array;
}

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

function attributesOf(vertices: number): { readonly [K in "at" | "colour" | "style"]: BufferAttribute } {
  const attributes = {
    at: new BufferAttribute(new Float32Array(2 * vertices), 2),
    colour: new BufferAttribute(new Uint8Array(4 * vertices), 4, true),
    // Weight of the outline + 4 * pattern. As floats: graphics drivers convert single bytes slowly.
    style: new BufferAttribute(new Float32Array(vertices), 1),
  };
  for (const attribute of Object.values(attributes)) attribute.setUsage(DynamicDrawUsage);
  return attributes;
}

export class Painter extends Surface {
  readonly #scene = new Scene();
  readonly #camera = new OrthographicCamera();
  readonly #view = { centre: { value: new Vector2() }, scale: { value: new Vector2(1, 1) } };
  readonly #ink = { value: [0, 0, 0] };
  readonly #quadMaterial: RawShaderMaterial;
  readonly #lineMaterial: RawShaderMaterial;
  readonly #quads: Mesh;
  readonly #lines: LineSegments;
  #capacity = 0;
  #attributes = attributesOf(0);

  /** Throws when the browser gives no WebGL context. */
  constructor(canvas: HTMLCanvasElement) {
    super(canvas);
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
    this.#quads = new Mesh(new BufferGeometry(), this.#quadMaterial);
    this.#lines = new LineSegments(new BufferGeometry(), this.#lineMaterial);
    for (const [order, object] of [this.#lines, this.#quads].entries()) {
      object.frustumCulled = false;
      object.renderOrder = order;
      object.visible = false;
      this.#scene.add(object);
    }
  }

  setQuads({ n, corners, colours, heavy, patterns }: Quads): void {
    if (n > this.#capacity) this.#grow(n);
    const { at, colour, style } = this.#attributes;
    (at.array as Float32Array).set(corners.subarray(0, 8 * n));
    const words = new Uint32Array(colours.buffer, colours.byteOffset, n);
    const vertexWords = new Uint32Array((colour.array as Uint8Array).buffer);
    const styles = style.array as Float32Array;
    for (let i = 0; i < n; i++) {
      vertexWords.fill(words[i], 4 * i, 4 * i + 4);
      styles.fill(heavy[i] + 4 * (patterns?.[i] ?? 0), 4 * i, 4 * i + 4);
    }
    for (const attribute of [at, colour, style]) {
      attribute.clearUpdateRanges();
      attribute.addUpdateRange(0, 4 * n * attribute.itemSize);
      attribute.needsUpdate = true;
    }
    this.#quads.geometry.setDrawRange(0, 6 * n);
    this.#quads.visible = n > 0;
    this.request();
  }

  /** Room for n quadrilaterals, and for more of the next event. */
  #grow(n: number): void {
    this.#capacity = Math.ceil(1.25 * n);
    const vertices = 4 * this.#capacity;
    const index = new Uint32Array(6 * this.#capacity);
    for (let i = 0; i < this.#capacity; i++) {
      for (const [k, corner] of [0, 1, 2, 0, 2, 3].entries()) index[6 * i + k] = 4 * i + corner;
    }
    this.#attributes = attributesOf(vertices);
    const geometry = new BufferGeometry();
    geometry.setIndex(new BufferAttribute(index, 1));
    for (const [name, attribute] of Object.entries(this.#attributes)) geometry.setAttribute(name, attribute);
    this.#quads.geometry.dispose();
    this.#quads.geometry = geometry;
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
  }

  override dispose(): void {
    this.#quads.geometry.dispose();
    this.#lines.geometry.dispose();
    this.#quadMaterial.dispose();
    this.#lineMaterial.dispose();
    super.dispose();
  }
}
