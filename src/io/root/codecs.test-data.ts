/** Codecs for files that tests of this folder write: plain and zlib alone. */
import { unzlibSync } from "fflate";
import { type RootCodecs } from "./codecs.js";

const none = (): never => {
  throw new Error("not a codec of these tests");
};

export const PLAIN_CODECS: RootCodecs = {
  zlib: (block) => unzlibSync(block),
  deflate: none,
  lz4: none,
  xz: none,
  zstd: none,
  xxhash64: none,
};
