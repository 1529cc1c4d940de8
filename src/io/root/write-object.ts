/** Objects to bytes as TBufferFile writes them: every class with a byte count and a version, pointers once. */
import { ByteBuilder } from "./byte-builder.js";
import { CLASSES, STREAMER_CLASSES } from "./write-classes.js";

export type MemberValue =
  | number
  | string
  | boolean
  | ArrayLike<number>
  | RootObject
  | readonly RootObject[]
  | undefined;

/** An object of one of our classes. Members that are missing are 0, "" or null. */
export interface RootObject {
  readonly className: string;
  readonly members: Readonly<Record<string, MemberValue>>;
}

const BYTE_COUNT = 0x40000000;
const NEW_CLASS = 0xffffffff;
const KNOWN_CLASS = 0x80000000;
/** References are positions + 2, so that 0 and 1 are free for null and the record's own object. */
const REFERENCE = 2;
/** TObject bits of every object: on the heap, not deleted. */
const OBJECT_BITS = 0x03000000;

/** Writes one record's object. `keyBytes`: references count from the start of the record's key. */
export class ObjectWriter {
  readonly out = new ByteBuilder(65_536);
  readonly #keyBytes: number;
  readonly #classes = new Map<string, number>();
  readonly #objects = new Map<RootObject, number>();

  constructor(keyBytes: number) {
    this.#keyBytes = keyBytes;
  }

  /** The object with byte count and version. */
  object({ className, members }: RootObject): void {
    this.#versioned(className, members);
  }

  /** A pointer: null, a reference to an object written before, or the object with its class. */
  pointer(object: RootObject | undefined): void {
    const { out } = this;
    const known = object && this.#objects.get(object);
    if (object === undefined || known !== undefined) {
      out.u32(known ?? 0);
      return;
    }
    const start = this.#begin();
    this.#objects.set(object, this.#keyBytes + start + REFERENCE);
    const { className } = object;
    const knownClass = this.#classes.get(className);
    if (knownClass === undefined) {
      this.#classes.set(className, this.#keyBytes + out.length + REFERENCE);
      out.u32(NEW_CLASS);
      out.characters(className);
    } else {
      out.u32((KNOWN_CLASS | knownClass) >>> 0);
    }
    if (className === "TObjArray") this.#array(object.members["items"] as readonly RootObject[]);
    else this.object(object);
    this.#end(start);
  }

  /** A TList with byte count and version; its objects have no options. */
  list(objects: readonly RootObject[]): void {
    const start = this.#begin();
    this.out.u16(5);
    this.#baseObject();
    this.out.string("");
    this.out.u32(objects.length);
    for (const object of objects) {
      this.pointer(object);
      this.out.string("");
    }
    this.#end(start);
  }

  #begin(): number {
    return this.out.skip(4);
  }

  /** Fills in the byte count that `#begin` left room for. */
  #end(start: number): void {
    this.out.view.setUint32(start, (BYTE_COUNT | (this.out.length - start - 4)) >>> 0);
  }

  #baseObject(): void {
    this.out.u16(1);
    this.out.u32(0);
    this.out.u32(OBJECT_BITS);
  }

  #versioned(className: string, members: RootObject["members"]): void {
    const info = CLASSES[className] ?? STREAMER_CLASSES[className];
    const start = this.#begin();
    // Classes without a version of their own are told apart by their checksum.
    if (className === "ROOT::TIOFeatures") {
      this.out.u16(0);
      this.out.u32(info.checksum);
    } else {
      this.out.u16(info.version);
    }
    for (const member of info.members) {
      const [name, type] = member.split(": ");
      if (type === undefined) this.#base(name, members);
      else this.#member(type, members[name], members);
    }
    this.#end(start);
  }

  #base(className: string, members: RootObject["members"]): void {
    if (className === "TObject") this.#baseObject();
    else this.#versioned(className, members);
  }

  #member(type: string, value: MemberValue, members: RootObject["members"]): void {
    const [, itemType, counter] = /^(.*)\[(\w+)\]$/.exec(type) ?? [];
    if (itemType !== undefined) {
      const values = (value ?? []) as ArrayLike<number>;
      const fixedLength = Number(counter);
      // An array with a counter has a byte in front that says whether it is there.
      if (Number.isNaN(fixedLength)) this.out.u8(Number(members[counter] ?? 0) > 0 ? 1 : 0);
      const length = Number.isNaN(fixedLength) ? Number(members[counter] ?? 0) : fixedLength;
      for (let i = 0; i < length; i++) this.#number(itemType, values[i] ?? 0);
    } else if (type === "TObjArray*") this.pointer({ className: "TObjArray", members: { items: value } });
    else if (type.endsWith("*")) this.pointer(value as RootObject | undefined);
    else if (type === "TString") this.out.string((value ?? "") as string);
    else if (type === "TObjArray") this.#array((value ?? []) as readonly RootObject[]);
    else if (type.startsWith("TArray")) this.out.u32(0);
    else if (type in CLASSES) this.#versioned(type, {});
    else this.#number(type, Number(value ?? 0));
  }

  #array(objects: readonly RootObject[]): void {
    const start = this.#begin();
    this.out.u16(3);
    this.#baseObject();
    this.out.string("");
    this.out.u32(objects.length);
    this.out.u32(0);
    for (const object of objects) this.pointer(object);
    this.#end(start);
  }

  #number(type: string, value: number): void {
    switch (type) {
      case "bool":
      case "char":
      case "unsigned char":
        return this.out.u8(value);
      case "short":
        return this.out.u16(value);
      case "float":
        return this.out.f32(value);
      case "double":
        return this.out.f64(value);
      case "long long":
        return this.out.u64(value);
      default:
        return this.out.u32(value);
    }
  }
}
