/** How the bytes of a branch's entries are laid out, from the branch's record in the tree. */
import { SCALARS, type Scalar, scalarOfLeaf, scalarOfStreamerType, scalarOfType } from "./scalars.js";

/** What a container holds. */
export type Item =
  | { readonly kind: "scalar"; readonly scalar: Scalar }
  | { readonly kind: "string" }
  | { readonly kind: "list"; readonly item: Item };

export type Layout =
  /** The same number of values in every entry. */
  | { readonly kind: "fixed"; readonly scalar: Scalar; readonly length: number }
  /** `x[n]`: the number of items follows from the size of the entry; `length` values an item, after `skip` bytes. */
  | { readonly kind: "counted"; readonly scalar: Scalar; readonly length: number; readonly skip: number }
  /** One string, after `skip` bytes. */
  | { readonly kind: "string"; readonly skip: number }
  /** A container, streamed object by object: byte count, version, number of items, items. */
  | { readonly kind: "list"; readonly item: Item }
  /** Only branches below it hold data. */
  | { readonly kind: "parent" }
  | { readonly kind: "unsupported"; readonly reason: string };

/** The members of a leaf's and a branch's record that decide. */
export interface LeafRecord {
  readonly className: string;
  readonly unsigned: boolean;
  /** Values per item. */
  readonly length: number;
  readonly counted: boolean;
}
export interface BranchRecord {
  readonly className: string;
  readonly leaves: readonly LeafRecord[];
  readonly hasBaskets: boolean;
  /** The rest: branches of class TBranchElement only. */
  readonly objectClass: string;
  readonly type: number;
  readonly streamerType: number;
  /** C++ type of the member that the branch holds, when the streamer infos know it. */
  readonly memberType: string | undefined;
}

export interface TypedLayout {
  readonly layout: Layout;
  /** As in C++: "vector<float>", "float[n]". */
  readonly typeName: string;
}

/** The layout of a branch and the name of its type. What cannot be decoded has the kind "unsupported" and a reason. */
export function layoutOf(branch: BranchRecord): TypedLayout {
  if (branch.className === "TBranchElement") return elementLayout(branch);
  if (branch.className !== "TBranch") return unsupported(branch.className, `a branch of class ${branch.className}`);
  if (branch.leaves.length !== 1) {
    return branch.leaves.length === 0
      ? parentOf("", branch)
      : unsupported("leaf list", `a list of ${branch.leaves.length} leaves`);
  }
  const [leaf] = branch.leaves;
  if (leaf.className === "TLeafC") return { layout: { kind: "string", skip: 0 }, typeName: "char*" };
  const scalar = scalarOfLeaf(leaf.className, leaf.unsigned);
  if (scalar === undefined) return unsupported(leaf.className, `a leaf of class ${leaf.className}`);
  return leaf.counted ? counted(scalar, leaf.length, 0) : fixed(scalar, leaf.length);
}

// Streamer types of TStreamerElement: basic types are 1 to 19; + 20 for fixed arrays, + 40 for counted ones.
const FIXED_ARRAY = 20;
const COUNTED_ARRAY = 40;
const TSTRING = 65;
const STL = 300;
const STREAMER = 500;
// TBranchElement::fType: 3 and 4 hold the number of objects of a collection, 31 and 41 a member of each of them.
const COUNTS: readonly number[] = [3, 4];
const MEMBERS: readonly number[] = [31, 41];

function elementLayout(branch: BranchRecord): TypedLayout {
  const { objectClass, type, streamerType } = branch;
  const member = branch.memberType ?? "";
  if (COUNTS.includes(type)) return { layout: { kind: "fixed", scalar: "int32", length: 1 }, typeName: objectClass };
  if (!branch.hasBaskets && branch.leaves.length <= 1 && type > 0) return parentOf(objectClass, branch);
  if (streamerType < 0) return objectLayout(objectClass, 0, branch);
  const inCollection = MEMBERS.includes(type);
  const length = branch.leaves[0]?.length ?? 1;
  const basic = scalarOfStreamerType(streamerType % FIXED_ARRAY);
  if (streamerType < COUNTED_ARRAY && basic !== undefined) {
    if (inCollection) return counted(basic, streamerType > FIXED_ARRAY ? length : 1, 0);
    return fixed(basic, streamerType > FIXED_ARRAY ? length : 1);
  }
  if (inCollection)
    return unsupported(member || objectClass, `a member of type ${member || streamerType} in a collection`);
  if (streamerType < COUNTED_ARRAY + FIXED_ARRAY && basic !== undefined) return counted(basic, 1, 1);
  if (streamerType === TSTRING) return { layout: { kind: "string", skip: 0 }, typeName: "TString" };
  if (streamerType === STL || streamerType === STREAMER) return objectLayout(member, 6, branch);
  return parentOf(member || objectClass, branch);
}

/** A whole object: a container, a string with `skip` bytes of byte count and version in front, or a class. */
function objectLayout(typeName: string, skip: number, branch: BranchRecord): TypedLayout {
  const item = parseType(typeName);
  if (item?.kind === "list") return { layout: item, typeName };
  if (item?.kind === "string") return { layout: { kind: "string", skip }, typeName };
  return parentOf(typeName, branch);
}

function parentOf(typeName: string, branch: BranchRecord): TypedLayout {
  return branch.hasBaskets
    ? unsupported(typeName, `an object of class ${typeName}`)
    : { layout: { kind: "parent" }, typeName };
}

function fixed(scalar: Scalar, length: number): TypedLayout {
  const { cpp } = SCALARS[scalar];
  return { layout: { kind: "fixed", scalar, length }, typeName: length === 1 ? cpp : `${cpp}[${length}]` };
}

function counted(scalar: Scalar, length: number, skip: number): TypedLayout {
  const { cpp } = SCALARS[scalar];
  return {
    layout: { kind: "counted", scalar, length, skip },
    typeName: `${cpp}[n]${length === 1 ? "" : `[${length}]`}`,
  };
}

function unsupported(typeName: string, reason: string): TypedLayout {
  return { layout: { kind: "unsupported", reason }, typeName };
}

// Streamed alike: byte count, version, number of items, items.
const CONTAINERS =
  /^(?:ROOT::VecOps::RVec|(?:std::)?(?:vector|list|deque|set|multiset|unordered_set|unordered_multiset))<(.*)>$/;

/** A container, string or number type from its C++ name; undefined for anything else (maps, classes). */
export function parseType(typeName: string): Item | undefined {
  const name = typeName.trim();
  if (name === "string" || name === "std::string" || name === "TString") return { kind: "string" };
  const scalar = scalarOfType(name);
  if (scalar !== undefined) return { kind: "scalar", scalar };
  const inside = CONTAINERS.exec(name)?.[1];
  if (inside === undefined) return undefined;
  const item = parseType(firstArgument(inside));
  return item === undefined ? undefined : { kind: "list", item };
}

/** "float" of "float,allocator<float> ". */
function firstArgument(list: string): string {
  let depth = 0;
  for (let i = 0; i < list.length; i++) {
    if (list[i] === "<") depth++;
    else if (list[i] === ">") depth--;
    else if (list[i] === "," && depth === 0) return list.slice(0, i);
  }
  return list;
}
