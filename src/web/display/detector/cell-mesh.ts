/** The prisms of the detector view in the memory of the graphics card: one indexed mesh that reads its cells from textures. */
import { BufferAttribute, BufferGeometry, DataTexture, FloatType, RGBAFormat, UnsignedByteType } from "three";
import { LOOK_BYTES, SHOWN } from "./cells.js";
import { type Prisms } from "./prisms.js";

/** Cells in a row of a texture. */
export const COLUMNS = 512;
/** Texels of a cell's shape: two corners, two corners, z. */
export const SHAPE_TEXELS = 3;
export const LOOK_TEXELS = LOOK_BYTES / 4;
/** A face towards the eye and four sides, four vertices each. */
export const FACES = 5;

const texture = (texels: number, rows: number, type: typeof FloatType | typeof UnsignedByteType): DataTexture => {
  const length = 4 * texels * COLUMNS * rows;
  const data = type === FloatType ? new Float32Array(length) : new Uint8Array(length);
  return new DataTexture(data, texels * COLUMNS, rows, RGBAFormat, type);
};

/** Shapes and looks are given together: what is drawn is never the one of an event and the other of another. */
export class CellMesh {
  readonly shapes = { value: texture(SHAPE_TEXELS, 1, FloatType) };
  readonly looks = { value: texture(LOOK_TEXELS, 1, UnsignedByteType) };
  geometry = new BufferGeometry();
  /** Buffers and textures made so far. */
  made = 0;
  #capacity = 0;
  #prisms: Prisms | undefined;

  /** LOOK_BYTES of `looks` for each prism; an Error for another number of them. */
  set(prisms: Prisms, looks: Uint8Array): void {
    const { n } = prisms;
    if (looks.length !== LOOK_BYTES * n) throw new Error(`${looks.length} bytes of looks for ${n} cells`);
    if (n > this.#capacity) this.#grow(n);
    if (this.#prisms !== prisms) this.#setShapes(prisms);
    const { value } = this.looks;
    (value.image.data as Uint8Array).set(looks);
    value.needsUpdate = true;
    this.geometry.setDrawRange(0, 6 * FACES * n);
  }

  /** Cells of the mesh that are drawn. */
  shown(): number {
    const bytes = this.looks.value.image.data as Uint8Array;
    let shown = 0;
    for (let i = 0; i < (this.#prisms?.n ?? 0); i++) if ((bytes[LOOK_BYTES * i + 4] & SHOWN) !== 0) shown++;
    return shown;
  }

  #setShapes(prisms: Prisms): void {
    const { n, corners, z } = prisms;
    const { value } = this.shapes;
    const data = value.image.data as Float32Array;
    for (let i = 0; i < n; i++) {
      for (let k = 0; k < 8; k++) data[12 * i + k] = corners[8 * i + k];
      data[12 * i + 8] = z[i];
    }
    value.needsUpdate = true;
    this.#prisms = prisms;
  }

  /** Room for n cells, and for more of the next event. */
  #grow(n: number): void {
    const rows = Math.ceil((1.25 * n) / COLUMNS);
    this.#capacity = rows * COLUMNS;
    this.dispose();
    this.shapes.value = texture(SHAPE_TEXELS, rows, FloatType);
    this.looks.value = texture(LOOK_TEXELS, rows, UnsignedByteType);
    const index = new Uint32Array(6 * FACES * this.#capacity);
    for (let face = 0; face < FACES * this.#capacity; face++) {
      for (const [k, corner] of [0, 1, 2, 0, 2, 3].entries()) index[6 * face + k] = 4 * face + corner;
    }
    this.geometry = new BufferGeometry();
    this.geometry.setIndex(new BufferAttribute(index, 1));
    this.#prisms = undefined;
    this.made += 3;
  }

  dispose(): void {
    this.geometry.dispose();
    this.shapes.value.dispose();
    this.looks.value.dispose();
  }
}
