/** Draws quadrilaterals and lines with WebGL: one draw call for all trigger cells, one for the outlines. */
import {
  BufferAttribute,
  BufferGeometry,
  DoubleSide,
  GLSL3,
  InstancedBufferAttribute,
  InstancedBufferGeometry,
  LineSegments,
  Mesh,
  OrthographicCamera,
  RawShaderMaterial,
  Scene,
  Vector2,
  WebGLRenderer,
} from "three";
import { type Rgb } from "./colours.js";
import { type Camera } from "./view-state.js";

/** Quadrilaterals in drawing order: later ones cover earlier ones. */
export interface Quads {
  readonly n: number;
  /** x, y of 4 corners each. */
  readonly corners: Float32Array;
  /** Red, green, blue, opacity. */
  readonly colours: Uint8Array;
  /** 1: a heavier outline (scintillator). */
  readonly heavy: Uint8Array;
}

const VERTEX = `
precision highp float;
in float corner;
in vec4 first;
in vec4 last;
in vec4 colour;
in float heavy;
uniform vec2 centre;
uniform vec2 scale;
out vec4 fill;
out vec2 within;
flat out float weight;
void main() {
  vec2 at = corner < 0.5 ? first.xy : corner < 1.5 ? first.zw : corner < 2.5 ? last.xy : last.zw;
  within = corner < 0.5 ? vec2(0.0, 0.0) : corner < 1.5 ? vec2(1.0, 0.0) : corner < 2.5 ? vec2(1.0, 1.0) : vec2(0.0, 1.0);
  fill = colour;
  weight = heavy;
  gl_Position = vec4((at - centre) * scale, 0.0, 1.0);
}`;

/** Outlines fade where a cell is only a few pixels wide. */
const FRAGMENT = `
precision highp float;
in vec4 fill;
in vec2 within;
flat in float weight;
uniform vec3 ink;
out vec4 result;
void main() {
  vec2 width = max(fwidth(within), vec2(1e-6));
  vec2 pixels = min(within, 1.0 - within) / width;
  float edge = min(pixels.x, pixels.y);
  float size = 1.0 / max(width.x, width.y);
  float line = 1.0 - smoothstep(0.4 + weight, 1.2 + weight, edge);
  float strength = line * clamp((size - 5.0) / 8.0, 0.0, 1.0) * mix(0.3, 0.75, weight);
  result = vec4(mix(fill.rgb, ink, strength), fill.a);
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

export class Painter {
  readonly #renderer: WebGLRenderer;
  readonly #scene = new Scene();
  readonly #camera = new OrthographicCamera();
  readonly #view = { centre: { value: new Vector2() }, scale: { value: new Vector2(1, 1) } };
  readonly #ink = { value: [0, 0, 0] };
  readonly #quadMaterial: RawShaderMaterial;
  readonly #lineMaterial: RawShaderMaterial;
  readonly #quads: Mesh;
  readonly #lines: LineSegments;
  #width = 1;
  #height = 1;
  #frame = 0;

  /** Throws when the browser gives no WebGL context. */
  constructor(canvas: HTMLCanvasElement) {
    this.#renderer = new WebGLRenderer({ canvas, antialias: false, alpha: true, powerPreference: "low-power" });
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
      uniforms: { ...this.#view, ink: this.#ink },
    });
    this.#lineMaterial = new RawShaderMaterial({
      ...common,
      vertexShader: LINE_VERTEX,
      fragmentShader: LINE_FRAGMENT,
      uniforms: { ...this.#view, ink: this.#ink, opacity: { value: 0.28 } },
    });
    this.#quads = new Mesh(new InstancedBufferGeometry(), this.#quadMaterial);
    this.#lines = new LineSegments(new BufferGeometry(), this.#lineMaterial);
    for (const [order, object] of [this.#lines, this.#quads].entries()) {
      object.frustumCulled = false;
      object.renderOrder = order;
      object.visible = false;
      this.#scene.add(object);
    }
  }

  setQuads({ n, corners, colours, heavy }: Quads): void {
    const geometry = new InstancedBufferGeometry();
    geometry.setAttribute("corner", new BufferAttribute(new Float32Array([0, 1, 2, 3]), 1));
    geometry.setIndex([0, 1, 2, 0, 2, 3]);
    const first = new Float32Array(4 * n);
    const last = new Float32Array(4 * n);
    for (let i = 0; i < n; i++) {
      first.set(corners.subarray(8 * i, 8 * i + 4), 4 * i);
      last.set(corners.subarray(8 * i + 4, 8 * i + 8), 4 * i);
    }
    geometry.setAttribute("first", new InstancedBufferAttribute(first, 4));
    geometry.setAttribute("last", new InstancedBufferAttribute(last, 4));
    geometry.setAttribute("colour", new InstancedBufferAttribute(colours.slice(0, 4 * n), 4, true));
    // As floats: graphics drivers convert single bytes slowly.
    geometry.setAttribute("heavy", new InstancedBufferAttribute(Float32Array.from(heavy), 1));
    geometry.instanceCount = n;
    this.#quads.geometry.dispose();
    this.#quads.geometry = geometry;
    this.#quads.visible = n > 0;
    this.#request();
  }

  /** x, y of both ends of each line. */
  setLines(segments: Float32Array): void {
    const geometry = new BufferGeometry();
    geometry.setAttribute("at", new BufferAttribute(segments, 2));
    geometry.setDrawRange(0, segments.length / 2);
    this.#lines.geometry.dispose();
    this.#lines.geometry = geometry;
    this.#lines.visible = segments.length > 0;
    this.#request();
  }

  setInk([r, g, b]: Rgb): void {
    this.#ink.value = [r / 255, g / 255, b / 255];
    this.#request();
  }

  /** In CSS pixels. */
  resize(width: number, height: number, pixelRatio: number): void {
    this.#width = width;
    this.#height = height;
    this.#renderer.setPixelRatio(pixelRatio);
    this.#renderer.setSize(width, height, false);
    this.#request();
  }

  setCamera({ x, y, half }: Camera): void {
    this.#view.centre.value.set(x, y);
    this.#view.scale.value.set(1 / half, this.#width / this.#height / half);
    this.#request();
  }

  /** Draws now; changes draw themselves at the next frame. */
  paint(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#renderer.render(this.#scene, this.#camera);
  }

  dispose(): void {
    cancelAnimationFrame(this.#frame);
    this.#quads.geometry.dispose();
    this.#lines.geometry.dispose();
    this.#quadMaterial.dispose();
    this.#lineMaterial.dispose();
    this.#renderer.dispose();
  }

  #request(): void {
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.paint());
  }
}
