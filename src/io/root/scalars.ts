/** The number types of ROOT branches, and their names in C++, in leaves and in streamer infos. */

export type Scalar =
  | "bool"
  | "int8"
  | "uint8"
  | "int16"
  | "uint16"
  | "int32"
  | "uint32"
  | "int64"
  | "uint64"
  | "float"
  | "double";

export type ScalarArray =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array
  | Float32Array
  | Float64Array;

interface ScalarInfo {
  readonly bytes: 1 | 2 | 4 | 8;
  /** As shown to people. */
  readonly cpp: string;
  readonly create: (length: number) => ScalarArray;
}

export const SCALARS: Readonly<Record<Scalar, ScalarInfo>> = {
  bool: { bytes: 1, cpp: "bool", create: (n) => new Uint8Array(n) },
  int8: { bytes: 1, cpp: "char", create: (n) => new Int8Array(n) },
  uint8: { bytes: 1, cpp: "unsigned char", create: (n) => new Uint8Array(n) },
  int16: { bytes: 2, cpp: "short", create: (n) => new Int16Array(n) },
  uint16: { bytes: 2, cpp: "unsigned short", create: (n) => new Uint16Array(n) },
  int32: { bytes: 4, cpp: "int", create: (n) => new Int32Array(n) },
  uint32: { bytes: 4, cpp: "unsigned int", create: (n) => new Uint32Array(n) },
  int64: { bytes: 8, cpp: "Long64_t", create: (n) => new BigInt64Array(n) },
  uint64: { bytes: 8, cpp: "ULong64_t", create: (n) => new BigUint64Array(n) },
  float: { bytes: 4, cpp: "float", create: (n) => new Float32Array(n) },
  double: { bytes: 8, cpp: "double", create: (n) => new Float64Array(n) },
};

const NAMES: Readonly<Record<Scalar, readonly string[]>> = {
  bool: ["bool", "Bool_t"],
  int8: ["char", "signed char", "Char_t", "int8_t", "Int8_t"],
  uint8: ["unsigned char", "UChar_t", "uint8_t", "UInt8_t", "Byte_t"],
  int16: ["short", "Short_t", "int16_t", "Int16_t"],
  uint16: ["unsigned short", "UShort_t", "uint16_t", "UInt16_t"],
  int32: ["int", "Int_t", "int32_t", "Int32_t"],
  uint32: ["unsigned", "unsigned int", "UInt_t", "uint32_t", "UInt32_t"],
  // ROOT writes long with 8 bytes on every platform.
  int64: ["long", "Long_t", "long long", "Long64_t", "int64_t"],
  uint64: ["unsigned long", "ULong_t", "unsigned long long", "ULong64_t", "uint64_t"],
  float: ["float", "Float_t"],
  double: ["double", "Double_t"],
};

const byName = new Map<string, Scalar>(
  Object.entries(NAMES).flatMap(([scalar, names]) => names.map((name) => [name, scalar as Scalar] as const)),
);

/** The scalar of a C++ type name; undefined for anything else. */
export function scalarOfType(cppName: string): Scalar | undefined {
  return byName.get(cppName.trim().replace(/^const /, ""));
}

/** The scalar of a streamer type number (1 to 18); undefined for those with an encoding of their own. */
export function scalarOfStreamerType(type: number): Scalar | undefined {
  const scalars: Readonly<Record<number, Scalar>> = {
    1: "int8",
    2: "int16",
    3: "int32",
    4: "int64",
    5: "float",
    6: "int32",
    8: "double",
    10: "int8",
    11: "uint8",
    12: "uint16",
    13: "uint32",
    14: "uint64",
    15: "uint32",
    16: "int64",
    17: "uint64",
    18: "bool",
  };
  return scalars[type];
}

/** The scalar of a leaf class such as TLeafF; undefined for strings, objects and truncated floats. */
export function scalarOfLeaf(className: string, unsigned: boolean): Scalar | undefined {
  switch (className) {
    case "TLeafO":
      return "bool";
    case "TLeafB":
      return unsigned ? "uint8" : "int8";
    case "TLeafS":
      return unsigned ? "uint16" : "int16";
    case "TLeafI":
      return unsigned ? "uint32" : "int32";
    case "TLeafL":
    case "TLeafG":
      return unsigned ? "uint64" : "int64";
    case "TLeafF":
      return "float";
    case "TLeafD":
      return "double";
    default:
      return undefined;
  }
}
