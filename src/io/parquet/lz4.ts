/** Decompresses one LZ4 block (not a frame) into `size` bytes. Format: lz4_Block_format.md of the LZ4 project. */
export function lz4Block(block: Uint8Array, size: number): Uint8Array {
  const out = new Uint8Array(size);
  let from = 0;
  let to = 0;
  /** A length goes on as long as its bytes are 255. */
  const lengthFrom = (nibble: number): number => {
    let length = nibble;
    if (nibble === 15) {
      let byte: number;
      do {
        if (from >= block.length) throw new Error("LZ4: a length runs over the end of the block");
        byte = block[from++];
        length += byte;
      } while (byte === 255);
    }
    return length;
  };
  while (from < block.length) {
    const token = block[from++];
    const literals = lengthFrom(token >> 4);
    if (from + literals > block.length || to + literals > size) throw new Error("LZ4: literals do not fit");
    out.set(block.subarray(from, from + literals), to);
    from += literals;
    to += literals;
    // The last sequence has no match.
    if (from === block.length) break;
    if (from + 2 > block.length) throw new Error("LZ4: the block ends within a sequence");
    const offset = block[from] | (block[from + 1] << 8);
    from += 2;
    const length = lengthFrom(token & 15) + 4;
    if (offset === 0 || offset > to || to + length > size) throw new Error("LZ4: a match does not fit");
    // Byte by byte: a match may overlap what it writes.
    for (let k = 0; k < length; k++, to++) out[to] = out[to - offset];
  }
  return out.subarray(0, to);
}
