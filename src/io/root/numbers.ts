/** Branches of numbers: their shape is checked before anything is read, and errors about a value say in which entry it is. */
import { InputError, type RawNumbers } from "../../core/index.js";
import { type RootColumn } from "./column.js";
import { checkDecodable } from "./decode.js";
import { type Layout } from "./layout.js";
import { findBranch, nameOf, type RootTree } from "./tree.js";

/** What an entry holds: a number, or a list of them of any length. */
export type Shape = "number" | "vector";

const EXPECTED: Readonly<Record<Shape, string>> = {
  number: "one number an entry, as int",
  vector: "a flat list of numbers, as vector<float> or float[n]",
};

/** InputError unless the branch has one of the shapes: containers of containers, `x[n][2]`, `x[3]` and texts have none. */
export function checkShape(tree: RootTree, name: string, shapes: readonly Shape[]): void {
  const branch = findBranch(tree, name);
  checkDecodable(branch.layout, nameOf(tree, branch));
  const shape = shapeOf(branch.layout);
  if (shape !== undefined && shapes.includes(shape)) return;
  const expected = shapes.map((each) => EXPECTED[each]).join(", or ");
  throw new InputError(`${nameOf(tree, branch)} holds ${branch.typeName}, expected ${expected}`);
}

function shapeOf(layout: Layout): Shape | undefined {
  if (layout.kind === "fixed" && layout.length === 1) return "number";
  if (layout.kind === "counted" && layout.length === 1) return "vector";
  return layout.kind === "list" && layout.item.kind === "scalar" ? "vector" : undefined;
}

/** The values of a branch whose shape was checked. */
export function numbersOf({ values }: RootColumn): RawNumbers {
  if (!ArrayBuffer.isView(values)) throw new Error("a column of texts where numbers were asked for");
  return values;
}

/** Names a value of a column of entries `start` on by its index, for errors. */
export function placeOf(
  tree: RootTree,
  name: string,
  { offsets }: Pick<RootColumn, "offsets">,
  start: number,
): (index: number) => string {
  return (index) => {
    const entry = offsets === undefined ? index : offsets.findLastIndex((offset) => offset <= index);
    return `${nameOf(tree, findBranch(tree, name))}, entry ${start + entry}`;
  };
}
