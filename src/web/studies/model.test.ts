import { createRoot, createSignal } from "solid-js";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Call, ToyWorker, useToyWorkers } from "../data/worker.test-data.js";
import { createStudiesModel } from "./model.js";
import { type StudySource } from "./protocol.js";
import { DEFAULT_STUDY, type StudyState } from "./state.js";

/** The media query for narrow pages. */
class ToyQuery extends EventTarget {
  matches = false;
  set(matches: boolean): void {
    this.matches = matches;
    this.dispatchEvent(new Event("change"));
  }
}
let query: ToyQuery;
let restore: () => void;
let dispose: () => void = () => undefined;
beforeEach(() => {
  restore = useToyWorkers();
  query = new ToyQuery();
  Object.assign(globalThis, { matchMedia: () => query });
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
});
afterEach(() => {
  dispose();
  vi.useRealTimers();
  Reflect.deleteProperty(globalThis, "matchMedia");
  restore();
});

const study = (id: string): StudySource => ({ kind: "study", id, url: "" });
const wait = (milliseconds: number): Promise<unknown> => vi.advanceTimersByTimeAsync(milliseconds);
const pages = (): Call[] => ToyWorker.calls.filter(({ name }) => name === "page");
/** State, patience and whether the page is narrow. */
const wish = ({ args }: Call): unknown[] => [(args[0] as StudyState).page, args[2], args[3]];
const answerOf = (sentence: string, exact = true) => ({ sentence, exact });

function createModel(first: StudySource | null = study("one")) {
  const [source, setSource] = createSignal<StudySource | null>(first);
  const [state, setState] = createSignal<StudyState>(DEFAULT_STUDY);
  const model = createRoot((end) => {
    dispose = end;
    return createStudiesModel(source, state);
  });
  const page = (name: string): void => void setState({ ...DEFAULT_STUDY, page: name });
  return { model, setSource, page, sentence: () => model.answer()?.sentence };
}

async function createOpen() {
  const made = createModel();
  ToyWorker.last("open").result({ name: "one" });
  await wait(0);
  return made;
}

test("a study that is opened is read, then asked for its page; what is exact stands", async () => {
  const { model, sentence } = createModel();
  expect([model.busy(), model.info(), pages().length]).toEqual(["Reading one …", null, 0]);
  ToyWorker.last("open").result({ name: "one" });
  await wait(0);
  expect([model.busy(), model.info()?.name, pages().map(wish)]).toEqual(["", "one", [["", 0, false]]]);
  pages()[0].result(answerOf("exact"));
  await wait(1000);
  expect([sentence(), pages().length]).toEqual(["exact", 1]);
});

test("of many wishes the last one counts: while one is answered the others wait", async () => {
  const { page, sentence } = await createOpen();
  for (const name of ["a", "b", "c"]) page(name);
  expect(pages().length).toBe(1);
  pages()[0].result(answerOf("first"));
  await wait(0);
  expect([sentence(), pages().map(wish)[1]]).toEqual(["first", ["c", 0, false]]);
  pages()[1].result(answerOf("last"));
  await wait(1000);
  expect([sentence(), pages().length]).toEqual(["last", 2]);
});

test("intervals come when nothing has moved for a while, in slices, and are shown each second", async () => {
  const { sentence } = await createOpen();
  pages()[0].result(answerOf("rough", false));
  await wait(179);
  expect(pages().length).toBe(1);
  await wait(1);
  expect(wish(pages()[1])).toEqual(["", 50, false]);
  await wait(1000);
  pages()[1].result(answerOf("not yet shown", false));
  await wait(0);
  expect([sentence(), pages().length]).toEqual(["rough", 3]);
  await wait(1);
  pages()[2].result(answerOf("after a second", false));
  await wait(0);
  expect(sentence()).toBe("after a second");
  await wait(1000);
  pages()[3].result(answerOf("not a second later", false));
  await wait(0);
  expect(sentence()).toBe("after a second");
  pages()[4].result(answerOf("all of it"));
  await wait(1000);
  expect([sentence(), pages().length]).toEqual(["all of it", 5]);
});

test("what is moved does not wait for all intervals", async () => {
  const { page, sentence } = await createOpen();
  pages()[0].result(answerOf("rough", false));
  await wait(180);
  page("a");
  expect(pages().length).toBe(2);
  pages()[1].result(answerOf("of the page before"));
  await wait(0);
  expect([sentence(), wish(pages()[2])]).toEqual(["rough", ["a", 0, false]]);
  pages()[2].result(answerOf("new, rough", false));
  await wait(100);
  // Moved again before it rested.
  page("b");
  await wait(100);
  expect(pages().length).toBe(4);
  pages()[3].result(answerOf("newest", false));
  await wait(180);
  expect(pages().length).toBe(5);
});

test.each([
  { took: 59, patience: Infinity },
  { took: 60, patience: 0 },
])("intervals that took $took ms: the next page has $patience ms for its own", async ({ took, patience }) => {
  const { page } = await createOpen();
  pages()[0].result(answerOf("rough", false));
  await wait(180);
  await wait(took);
  pages()[1].result(answerOf("exact"));
  await wait(0);
  page("a");
  expect(wish(pages()[2])).toEqual(["a", patience, false]);
});

test("a narrow page and a zoom are wishes too", async () => {
  const { model } = await createOpen();
  pages()[0].result(answerOf("wide"));
  await wait(0);
  query.set(true);
  expect(wish(pages()[1])).toEqual(["", 0, true]);
  pages()[1].result(answerOf("narrow"));
  await wait(0);
  model.setZooms({ a: [[1, 2]] });
  expect(pages()[2].args[1]).toEqual({ a: [[1, 2]] });
});

test("a study that is left is not answered for, and what it still computes is stopped", async () => {
  const { model, setSource, sentence } = await createOpen();
  model.setZooms({ a: [null] });
  const [old] = pages();
  setSource(study("two"));
  expect([ToyWorker.made.length, ToyWorker.made[0].isStopped, model.info(), model.zooms()]).toEqual([2, true, null, {}]);
  old.result(answerOf("of one"));
  ToyWorker.last("open").result({ name: "two" });
  await wait(0);
  expect([sentence(), model.info()?.name, pages().length]).toEqual([undefined, "two", 2]);
  pages()[1].result(answerOf("of two"));
  await wait(0);
  expect(sentence()).toBe("of two");
  // Nothing is under way: the worker stays.
  setSource({ kind: "files", name: "three", files: [] });
  expect([ToyWorker.made.length, model.busy(), model.answer()]).toEqual([2, "Reading three …", null]);
  setSource(null);
  ToyWorker.last("open").result({ name: "three" });
  await wait(1000);
  expect([model.info(), pages().length]).toEqual([null, 2]);
}); // prettier-ignore

test("nothing is open while nothing is asked for, or where it could not be opened; not while it is on its way", async () => {
  const { model, setSource } = createModel(null);
  const empty = [model.isEmpty()];
  setSource(study("one"));
  empty.push(model.isEmpty());
  ToyWorker.last("open").error("one has no results yet");
  await wait(0);
  empty.push(model.isEmpty());
  // A message that is dismissed leaves no empty page.
  model.setProblem("");
  empty.push(model.isEmpty());
  model.again();
  empty.push(model.isEmpty());
  ToyWorker.last("open").result({ name: "one" });
  await wait(0);
  empty.push(model.isEmpty());
  expect(empty).toEqual([true, false, true, true, false, false]);
});

test("what goes wrong is said: in people's words where it was expected", async () => {
  const { model, page } = createModel();
  ToyWorker.last("open").error("study.json is not there");
  await wait(0);
  expect([model.problem(), model.busy()]).toEqual(["study.json is not there", ""]);
  model.again();
  expect(model.problem()).toBe("");
  ToyWorker.last("open").result({ name: "one" });
  await wait(0);
  pages()[0].error("x is undefined", false);
  await wait(0);
  expect(model.problem()).toBe("Something went wrong: x is undefined");
  // It can be asked again.
  page("a");
  pages()[1].result(answerOf("better", false));
  await wait(180);
  expect(model.problem()).toBe("");
  pages()[2].error("out of memory", true);
  await wait(1000);
  expect([model.problem(), pages().length]).toEqual(["out of memory", 3]);
  page("b");
  expect(pages().length).toBe(4);
});

test("a worker that cannot be loaded ends what waits for it; with its page it goes", async () => {
  const { model } = createModel();
  ToyWorker.made[0].dispatchEvent(Object.assign(new Event("error"), { message: "" }));
  await wait(0);
  expect(model.problem()).toBe("Something went wrong: the worker of studies failed: it could not be loaded");
  dispose();
  expect(ToyWorker.made[0].isStopped).toBe(true);
  query.set(true);
  expect(pages().length).toBe(0);
});

test("nothing is read while nothing is chosen", async () => {
  const { model, page } = createModel(null);
  page("a");
  await wait(1000);
  expect([ToyWorker.calls.length, model.busy()]).toEqual([0, ""]);
});
