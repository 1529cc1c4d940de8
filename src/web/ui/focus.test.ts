import { afterEach, expect, test, vi } from "vitest";
import { refocus } from "./focus.js";

const body = { name: "body" };
let focused: string[] = [];

function stub(activeElement: object | null, there: readonly string[]): void {
  focused = [];
  vi.stubGlobal("document", {
    ...{ body, activeElement },
    querySelector: (selector: string) =>
      there.includes(selector) ? { focus: () => void focused.push(selector) } : null,
  });
}
afterEach(() => void vi.unstubAllGlobals());

test.each([
  { name: "what is there first gets a lost focus", active: body, there: ["b", "c"], want: [["b"], true] },
  { name: "of a page that has no body yet as well", active: null, there: ["a"], want: [["a"], true] },
  { name: "what has the focus keeps it", active: { name: "input" }, there: ["a"], want: [[], true] },
  { name: "where none is there yet one has to ask again", active: body, there: [], want: [[], false] },
])("$name", ({ active, there, want }) => {
  stub(active, there);
  const isDone = refocus("a", "b", "c");
  expect([focused, isDone]).toEqual(want);
});
