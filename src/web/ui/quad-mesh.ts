/** Quadrilaterals in the memory of the graphics card: corner by corner, in one buffer that grows. */
import { BufferAttribute, BufferGeometry, DynamicDrawUsage } from "three";

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

export class QuadMesh {
  geometry = new BufferGeometry();
  /** Quadrilaterals that are drawn. */
  n = 0;
  #capacity = 0;
  #attributes = attributesOf(0);

  set({ n, corners, colours, heavy, patterns }: Quads): void {
    if (n > this.#capacity) this.#grow(n);
    this.n = n;
    const { at, colour, style } = this.#attributes;
    (at.array as Float32Array).set(corners.subarray(0, 8 * n));
    const words = new Uint32Array(colours.buffer, colours.byteOffset, n);
    const vertexWords = new Uint32Array((colour.array as Uint8Array).buffer);
    const styles = style.array as Float32Array;
    for (let i = 0; i < n; i++) {
      const style = heavy[i] + 4 * (patterns?.[i] ?? 0);
      for (let vertex = 4 * i; vertex < 4 * i + 4; vertex++) {
        vertexWords[vertex] = words[i];
        styles[vertex] = style;
      }
    }
    for (const attribute of [at, colour, style]) {
      attribute.clearUpdateRanges();
      attribute.addUpdateRange(0, 4 * n * attribute.itemSize);
      attribute.needsUpdate = true;
    }
    this.geometry.setDrawRange(0, 6 * n);
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
    this.dispose();
    this.geometry = new BufferGeometry();
    this.geometry.setIndex(new BufferAttribute(index, 1));
    for (const [name, attribute] of Object.entries(this.#attributes)) this.geometry.setAttribute(name, attribute);
  }

  dispose(): void {
    this.geometry.dispose();
  }
}
