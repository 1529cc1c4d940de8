/**
 * Objects of a ROOT file (trees, branches) from its streamer infos, by jsroot. Its interpreter is used and nothing
 * else; where it would skip what does not fit and go on, we stop.
 */
import { type StreamerFile, TBuffer, addUserStreamer, reconstructObject } from "#jsroot";
import { FormatError } from "../../core/index.js";

const CAPTURE = "bye-splits capture";

/** jsroot does not export its TFile; a streamer of our own is handed one: told each time, since another copy of this module may share jsroot. */
function createStreamerFile(): StreamerFile {
  let captured: StreamerFile | undefined;
  addUserStreamer(CAPTURE, (buffer) => {
    captured = buffer.fFile;
  });
  const empty = new DataView(new ArrayBuffer(16));
  reconstructObject(CAPTURE, empty, empty);
  if (captured === undefined) throw new Error("jsroot did not call its user streamer");
  return captured;
}

class CheckedBuffer extends TBuffer {
  readonly what: string;

  constructor(bytes: Uint8Array, keyBytes: number, file: StreamerFile, what: string) {
    super(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), 0, file);
    this.what = what;
    // References inside a record count from the start of its key.
    this.fTagOffset = keyBytes;
  }

  override checkByteCount(version: Parameters<TBuffer["checkByteCount"]>[0], className?: string): boolean {
    if (version.bytecnt === undefined || version.off + version.bytecnt === this.o) return true;
    throw new FormatError(
      `${this.what}: an object of class ${className ?? "?"} has ${version.bytecnt} bytes, ${this.o - version.off} were understood: the file is corrupt`,
    );
  }

  override readClass(): ReturnType<TBuffer["readClass"]> {
    const info = super.readClass();
    if (info.objtag === undefined && info.name === -1) {
      throw new FormatError(`${this.what}: an object of unknown class: the file is corrupt`);
    }
    return info;
  }
}

/** The classes of one file, as its streamer infos describe them. */
export class Streamers {
  readonly #file = createStreamerFile();

  /** From the contents of the file's StreamerInfo record, whose key has `keyBytes` bytes. */
  constructor(infos: Uint8Array, keyBytes: number, what: string) {
    parse(what, () => this.#file.extractStreamerInfos(new CheckedBuffer(infos, keyBytes, this.#file, what)));
    // jsroot reports failures on the console only.
    if (this.#file.fStreamerInfos === null) {
      throw new FormatError(`${what}: the streamer infos cannot be read: the file is corrupt`);
    }
  }

  /** The members of the object in a record, by name; `what` names file and object in errors. */
  read(className: string, contents: Uint8Array, keyBytes: number, what: string): object {
    return parse(what, () => {
      const buffer = new CheckedBuffer(contents, keyBytes, this.#file, what);
      const object = {};
      buffer.mapObject(1, object);
      return buffer.classStreamer(object, className);
    });
  }

  /** The C++ type of a class's member, as in its streamer info; undefined when the file does not say. */
  memberType(className: string, version: number, checksum: number, member: string): string | undefined {
    const info = this.#file.findStreamerInfo(className, version, checksum) ?? this.#file.findStreamerInfo(className);
    return info?.fElements?.arr.find((element) => element.fName === member)?.fTypeName;
  }
}

/** Whatever jsroot throws on corrupt data (RangeError, TypeError, its own) becomes a FormatError. */
function parse<T>(what: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof FormatError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new FormatError(`${what}: ${reason}: the file is corrupt`, { cause: error });
  }
}
