// The part of jsroot that scripts/build-jsroot.mjs bundles. jsroot itself has no types.
declare module "#jsroot" {
  interface StreamerElement {
    readonly fName: string;
    readonly fType: number;
    readonly fTypeName: string;
  }
  interface StreamerInfo {
    readonly fName: string;
    readonly fElements?: { readonly arr: readonly StreamerElement[] };
  }
  /** jsroot's TFile: here only the holder of the streamer infos of one file. */
  export interface StreamerFile {
    readonly fStreamerInfos: { readonly arr: readonly StreamerInfo[] } | null;
    extractStreamerInfos(buffer: TBuffer): void;
    findStreamerInfo(className: string, version?: number, checksum?: number): StreamerInfo | null;
  }
  interface Version {
    readonly val: number;
    readonly bytecnt?: number;
    readonly off: number;
  }
  export class TBuffer {
    constructor(view: DataView, position: number, file: StreamerFile);
    o: number;
    fTagOffset: number;
    readonly fFile: StreamerFile;
    mapObject(tag: number, object: object): void;
    classStreamer(object: object, className: string): object;
    checkByteCount(version: Version, className?: string): boolean;
    readClass(): { readonly name: string | -1; readonly objtag?: number };
  }
  export function addUserStreamer(className: string, streamer: (buffer: TBuffer, object: object) => void): void;
  export function reconstructObject(className: string, object: DataView, infos: DataView): object;
}
