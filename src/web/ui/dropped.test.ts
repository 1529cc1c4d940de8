import { createRoot } from "solid-js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { droppedFiles, listenToDrops, nameOfFiles } from "./dropped.js";

const file = (name: string): File => ({ name }) as File;
const entryOf = (each: File) => ({ name: each.name, isFile: true, isDirectory: false, file: (done: (f: File) => void) => done(each) }); // prettier-ignore

/** A folder that gives its entries two at a time. */
function folderOf(name: string, entries: readonly object[]) {
  const rest = [...entries];
  return {
    ...{ name, isFile: false, isDirectory: true },
    createReader: () => ({ readEntries: (done: (list: object[]) => void) => done(rest.splice(0, 2)) }),
  };
}
const transfer = (entries: readonly (object | null)[], files: readonly File[]): DataTransfer =>
  ({ items: entries.map((entry) => ({ webkitGetAsEntry: () => entry })), files }) as unknown as DataTransfer;

const [a, b, c] = ["a.root", "b.root", "c.root"].map(file);

test("files are called by their name, or their number", () => {
  expect([nameOfFiles([a]), nameOfFiles([a, b])]).toEqual(["a.root", "2 files"]);
});

test("dropped files are what they are; dropped text is nothing", async () => {
  expect(await droppedFiles(transfer([entryOf(a), entryOf(b)], [a, b]))).toEqual({ name: "2 files", files: [a, b] });
  expect(await droppedFiles(transfer([null], []))).toBe(null);
});

test("of a folder all files count, not those of folders in it", async () => {
  const folder = folderOf("sample", [entryOf(a), folderOf("inner", [entryOf(file("x"))]), entryOf(b), entryOf(c)]);
  expect(await droppedFiles(transfer([folder], []))).toEqual({ name: "sample", files: [a, b, c] });
  expect(await droppedFiles(transfer([folderOf("empty", [])], []))).toEqual({ name: "empty", files: [] });
});

test("two folders, or a folder with files, are too much", async () => {
  const message = "one folder at a time, or only files";
  await expect(droppedFiles(transfer([folderOf("one", []), folderOf("two", [])], []))).rejects.toThrow(message);
  await expect(droppedFiles(transfer([entryOf(a), folderOf("two", [])], [a]))).rejects.toThrow(message);
});

const page = new EventTarget();
beforeAll(() =>
  Object.assign(globalThis, {
    addEventListener: page.addEventListener.bind(page),
    removeEventListener: page.removeEventListener.bind(page),
  }),
);
afterAll(() => {
  Reflect.deleteProperty(globalThis, "addEventListener");
  Reflect.deleteProperty(globalThis, "removeEventListener");
});

test("a page says when something is held over it, opens what is dropped, and says what it cannot open", async () => {
  const said: unknown[][] = [];
  const say = (name: string) => (...args: unknown[]) => void said.push([name, ...args]); // prettier-ignore
  const stop = createRoot((dispose) => {
    listenToDrops({ over: say("over"), files: say("files"), problem: say("problem") });
    return dispose;
  });
  const send = async (type: string, dataTransfer: DataTransfer | null = null): Promise<unknown[][]> => {
    const event = Object.assign(new Event(type, { cancelable: true }), { dataTransfer });
    page.dispatchEvent(event);
    await new Promise((resolve) => setTimeout(resolve));
    // Else the browser would open the file instead of the page.
    expect(event.defaultPrevented).toBe(said.length > 0);
    return said.splice(0);
  };
  expect(await send("dragover", transfer([entryOf(a)], [a]))).toEqual([["over", true]]);
  expect(await send("dragleave")).toEqual([["over", false]]);
  expect(await send("drop", transfer([entryOf(a)], [a]))).toEqual([["over", false], ["files", [a], "a.root"]]); // prettier-ignore
  expect(await send("drop")).toEqual([["over", false]]);
  expect(await send("drop", transfer([null], []))).toEqual([["over", false]]);
  const [, problem] = await send("drop", transfer([folderOf("one", []), folderOf("two", [])], []));
  expect(problem).toEqual(["problem", "What was dropped cannot be opened: one folder at a time, or only files"]);
  stop();
  expect(await send("drop", transfer([entryOf(a)], [a]))).toEqual([]);
});
