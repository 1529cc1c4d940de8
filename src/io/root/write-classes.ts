/**
 * The classes of the objects that we write, as ROOT 6 has them: versions, checksums and members in the order in which
 * they are streamed. From this table come both the objects' bytes and the streamer infos that describe them to readers.
 */

export interface RootClass {
  readonly version: number;
  readonly checksum: number;
  /** Base classes, "member: type", and "member: type[counter]" for arrays whose length another member gives. */
  readonly members: readonly string[];
}

const range = (type: string): string[] => ["TLeaf", `fMinimum: ${type}`, `fMaximum: ${type}`];

export const CLASSES: Readonly<Record<string, RootClass>> = {
  TObject: { version: 1, checksum: 2417737773, members: ["fUniqueID: unsigned int", "fBits: unsigned int"] },
  TNamed: { version: 1, checksum: 3753331260, members: ["TObject", "fName: TString", "fTitle: TString"] },
  TAttLine: {
    version: 2,
    checksum: 2483504457,
    members: ["fLineColor: short", "fLineStyle: short", "fLineWidth: short"],
  },
  TAttFill: { version: 2, checksum: 4292422290, members: ["fFillColor: short", "fFillStyle: short"] },
  TAttMarker: {
    version: 2,
    checksum: 689802220,
    members: ["fMarkerColor: short", "fMarkerStyle: short", "fMarkerSize: float"],
  },
  "ROOT::TIOFeatures": { version: 1, checksum: 446770960, members: ["fIOBits: unsigned char"] },
  TTree: {
    version: 20,
    checksum: 1919213695,
    members: [
      "TNamed",
      "TAttLine",
      "TAttFill",
      "TAttMarker",
      "fEntries: long long",
      "fTotBytes: long long",
      "fZipBytes: long long",
      "fSavedBytes: long long",
      "fFlushedBytes: long long",
      "fWeight: double",
      "fTimerInterval: int",
      "fScanField: int",
      "fUpdate: int",
      "fDefaultEntryOffsetLen: int",
      "fNClusterRange: counter",
      "fMaxEntries: long long",
      "fMaxEntryLoop: long long",
      "fMaxVirtualSize: long long",
      "fAutoSave: long long",
      "fAutoFlush: long long",
      "fEstimate: long long",
      "fClusterRangeEnd: long long[fNClusterRange]",
      "fClusterSize: long long[fNClusterRange]",
      "fIOFeatures: ROOT::TIOFeatures",
      "fBranches: TObjArray",
      "fLeaves: TObjArray",
      "fAliases: TList*",
      "fIndexValues: TArrayD",
      "fIndex: TArrayI",
      "fTreeIndex: TVirtualIndex*",
      "fFriends: TList*",
      "fUserInfo: TList*",
      "fBranchRef: TBranchRef*",
    ],
  },
  TBranch: {
    version: 13,
    checksum: 278366892,
    members: [
      "TNamed",
      "TAttFill",
      "fCompress: int",
      "fBasketSize: int",
      "fEntryOffsetLen: int",
      "fWriteBasket: int",
      "fEntryNumber: long long",
      "fIOFeatures: ROOT::TIOFeatures",
      "fOffset: int",
      "fMaxBaskets: counter",
      "fSplitLevel: int",
      "fEntries: long long",
      "fFirstEntry: long long",
      "fTotBytes: long long",
      "fZipBytes: long long",
      "fBranches: TObjArray",
      "fLeaves: TObjArray",
      "fBaskets: TObjArray",
      "fBasketBytes: int[fMaxBaskets]",
      "fBasketEntry: long long[fMaxBaskets]",
      "fBasketSeek: long long[fMaxBaskets]",
      "fFileName: TString",
    ],
  },
  TBranchElement: {
    version: 10,
    checksum: 3880738403,
    members: [
      "TBranch",
      "fClassName: TString",
      "fParentName: TString",
      "fClonesName: TString",
      "fCheckSum: unsigned int",
      "fClassVersion: short",
      "fID: int",
      "fType: int",
      "fStreamerType: int",
      "fMaximum: int",
      "fBranchCount: TBranchElement*",
      "fBranchCount2: TBranchElement*",
    ],
  },
  TLeaf: {
    version: 2,
    checksum: 1830715730,
    members: [
      "TNamed",
      "fLen: int",
      "fLenType: int",
      "fOffset: int",
      "fIsRange: bool",
      "fIsUnsigned: bool",
      "fLeafCount: TLeaf*",
    ],
  },
  TLeafElement: { version: 1, checksum: 2689566867, members: ["TLeaf", "fID: int", "fType: int"] },
  TLeafO: { version: 1, checksum: 44976339, members: range("bool") },
  TLeafB: { version: 1, checksum: 253643614, members: range("char") },
  TLeafS: { version: 1, checksum: 353169103, members: range("short") },
  TLeafI: { version: 1, checksum: 2120920601, members: range("int") },
  TLeafL: { version: 1, checksum: 3727820898, members: range("long long") },
  TLeafF: { version: 1, checksum: 987602290, members: range("float") },
  TLeafD: { version: 1, checksum: 294553462, members: range("double") },
};

/** The classes of the streamer infos themselves: every reader knows them. */
const ELEMENT = [
  "TNamed",
  "fType: int",
  "fSize: int",
  "fArrayLength: int",
  "fArrayDim: int",
  "fMaxIndex: int[5]",
  "fTypeName: TString",
];
const derived = { version: 2, checksum: 0, members: ["TStreamerElement"] };
export const STREAMER_CLASSES: Readonly<Record<string, RootClass>> = {
  TStreamerInfo: {
    version: 9,
    checksum: 0,
    members: ["TNamed", "fCheckSum: unsigned int", "fClassVersion: int", "fElements: TObjArray*"],
  },
  TStreamerElement: { version: 4, checksum: 0, members: ELEMENT },
  TStreamerBase: { version: 3, checksum: 0, members: ["TStreamerElement", "fBaseVersion: int"] },
  TStreamerBasicPointer: {
    version: 2,
    checksum: 0,
    members: ["TStreamerElement", "fCountVersion: int", "fCountName: TString", "fCountClass: TString"],
  },
  TStreamerBasicType: derived,
  TStreamerString: derived,
  TStreamerObject: derived,
  TStreamerObjectAny: derived,
  TStreamerObjectPointer: derived,
};
