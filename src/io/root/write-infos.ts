/** The StreamerInfo record: what our table of classes says, for readers that have never seen these classes. */
import { CLASSES, type RootClass } from "./write-classes.js";
import { type MemberValue, type RootObject, ObjectWriter } from "./write-object.js";

// The types of TStreamerElement and the sizes of members in memory.
const BASIC: Readonly<Record<string, readonly [type: number, size: number]>> = {
  short: [2, 2],
  int: [3, 4],
  counter: [6, 4],
  float: [5, 4],
  double: [8, 8],
  "unsigned char": [11, 1],
  "unsigned int": [13, 4],
  "long long": [16, 8],
  bool: [18, 1],
  char: [1, 1],
};
const ARRAY = 40;
const BASES: Readonly<Record<string, number>> = { TObject: 66, TNamed: 67 };

/** The contents of the record, for a key of `keyBytes` bytes. */
export function streamerInfos(keyBytes: number): Uint8Array {
  const writer = new ObjectWriter(keyBytes);
  writer.list(
    Object.entries(CLASSES).map(([name, info]) => ({
      className: "TStreamerInfo",
      members: {
        fName: name,
        fCheckSum: info.checksum,
        fClassVersion: info.version,
        fElements: info.members.map((member) => element(name, info, member)),
      },
    })),
  );
  return writer.out.bytes;
}

function element(owner: string, { version }: RootClass, member: string): RootObject {
  const [name, type] = member.split(": ");
  const make = (className: string, fType: number, size: number, members: Record<string, MemberValue>): RootObject => ({
    className,
    members: { fName: name, fType, fSize: size, ...members },
  });
  if (type === undefined) {
    const base = CLASSES[name];
    const fMaxIndex = [0, base.checksum, 0, 0, 0];
    return make("TStreamerBase", BASES[name] ?? 0, 0, { fTypeName: "BASE", fBaseVersion: base.version, fMaxIndex });
  }
  const [, itemType, counter] = /^(.*)\[(\w+)\]$/.exec(type) ?? [];
  if (itemType !== undefined) {
    return make("TStreamerBasicPointer", ARRAY + BASIC[itemType][0], 8, {
      fTitle: `[${counter}]`,
      fTypeName: `${itemType}*`,
      fCountVersion: version,
      fCountName: counter,
      fCountClass: owner,
    });
  }
  if (type in BASIC) {
    const fTypeName = type === "counter" ? "int" : type;
    return make("TStreamerBasicType", BASIC[type][0], BASIC[type][1], { fTypeName });
  }
  if (type === "TString") return make("TStreamerString", 65, 24, { fTypeName: type });
  if (type === "TObjArray") return make("TStreamerObject", 61, 64, { fTypeName: type });
  if (type.endsWith("*")) return make("TStreamerObjectPointer", 64, 8, { fTypeName: type });
  return make("TStreamerObjectAny", 62, type.startsWith("TArray") ? 24 : 1, { fTypeName: type });
}
