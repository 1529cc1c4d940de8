/** A canvas that WebGL draws on: at the next frame after a change, and larger for files. */
import { type Camera, type Scene, WebGLRenderer } from "three";

/** What a surface needs of three.js. */
export type Renderer = Pick<
  WebGLRenderer,
  "domElement" | "render" | "setPixelRatio" | "getPixelRatio" | "setSize" | "dispose"
> & { readonly info: { readonly render: { readonly calls: number } } };

/** Throws when the browser gives no WebGL context. */
export function createRenderer(canvas: HTMLCanvasElement): Renderer {
  return new WebGLRenderer({ canvas, antialias: false, alpha: true, powerPreference: "low-power" });
}

export abstract class Surface {
  readonly #renderer: Renderer;
  #frame = 0;
  /** Uniform: outlines of a snapshot are as broad as on the screen. */
  protected readonly enlarged = { value: 1 };

  constructor(renderer: Renderer) {
    this.#renderer = renderer;
  }

  /** Draw calls of the last picture. */
  protected get calls(): number {
    return this.#renderer.info.render.calls;
  }

  protected get canvas(): HTMLCanvasElement {
    return this.#renderer.domElement;
  }

  /** Draws now; changes draw themselves at the next frame. */
  abstract paint(): void;

  protected render(scene: Scene, camera: Camera): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#renderer.render(scene, camera);
  }

  protected request(): void {
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.paint());
  }

  /** In CSS pixels. */
  resize(width: number, height: number, pixelRatio: number): void {
    this.#renderer.setPixelRatio(pixelRatio);
    this.#renderer.setSize(width, height, false);
    this.request();
  }

  /** Paints with `ratio` pixels for one of CSS, lets `read` copy the canvas, and paints as before. */
  snapshot(ratio: number, read: (canvas: HTMLCanvasElement) => void): void {
    const before = this.#renderer.getPixelRatio();
    this.enlarged.value = ratio / before;
    this.#renderer.setPixelRatio(ratio);
    try {
      this.paint();
      read(this.canvas);
    } finally {
      this.enlarged.value = 1;
      this.#renderer.setPixelRatio(before);
      this.paint();
    }
  }

  dispose(): void {
    cancelAnimationFrame(this.#frame);
    this.#renderer.dispose();
  }
}
