import { createRoot, createSignal } from "solid-js";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { DEFAULT_PARAMS } from "../../chain/index.js";
import { type Setting, type SurveyRow } from "../data/protocol.js";
import { type Call, ToyWorker, useToyWorkers } from "../data/worker.test-data.js";
import { createProblems } from "./problems.js";
import { createSurveyModel, type Surveyed } from "./survey-model.js";

let restore: () => void;
beforeEach(() => {
  restore = useToyWorkers(1);
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  ToyWorker.answer = (call) => {
    if (call.name === "open") call.result({ number: 1 });
    else if (call.name !== "survey") call.result(null);
  };
});
afterEach(() => {
  vi.useRealTimers();
  restore();
});

const side = (clusters: number): SurveyRow["a"] => ({ seeds: clusters, clusters, falseClusters: 0, particles: [] });
const row = (index: number, clusters = 1, ofB?: number): SurveyRow => ({
  ...{ index, nTc: 5, particle: null, bad: "", differing: 0, share: 0 },
  a: side(clusters),
  b: ofB === undefined ? null : side(ofB),
});
const setting = { kind: "chain", chain: "default", params: DEFAULT_PARAMS } as Setting;
const first: Surveyed = { a: setting, b: null, acceptance: DEFAULT_PARAMS.base, limit: 3, name: "first" };

const wait = (milliseconds: number): Promise<unknown> => vi.advanceTimersByTimeAsync(milliseconds);

async function createOpen() {
  const [request, setRequest] = createSignal<Surveyed | null>(first);
  const problems = createProblems();
  const model = createRoot(() => createSurveyModel(request, problems));
  await model.open({ kind: "embedded" });
  await wait(0);
  const indices = (): number[] => model.rows().map(({ index }) => index);
  return { model, setRequest, problem: problems.problem, indices };
}
const surveys = (): Call[] => ToyWorker.calls.filter(({ name }) => name === "survey");

test("what comes in is shown after a while, all of it at the end; rows stand by entry, up to the limit", async () => {
  const { model, indices } = await createOpen();
  expect([surveys().length, model.surveying(), model.surveyed()]).toEqual([1, true, ""]);
  const [call] = surveys();
  expect(call.args[0]).toMatchObject({ source: 1, limit: 3, shard: 0, shards: 1 });
  call.progress([row(1)]);
  expect(indices()).toEqual([]);
  await wait(120);
  call.progress([row(0), row(3)]);
  expect(indices()).toEqual([]);
  await wait(1);
  call.progress([row(2)]);
  expect(indices()).toEqual([0, 1, 2]);
  // From here 120 ms again.
  await wait(120);
  call.progress([row(2, 9)]);
  expect(model.rows()[2].a.clusters).toBe(1);
  call.result({ withoutB: "" });
  await wait(0);
  expect(model.rows()[2].a.clusters).toBe(9);
  expect([model.surveying(), model.surveyed(), model.failed(), model.withoutB()]).toEqual([false, "first", false, ""]);
  expect(model.statistics()).toMatchObject({ b: null });
});

test("a survey that takes long waits for the controls to rest, a short one follows them", async () => {
  const { model, setRequest } = await createOpen();
  await wait(250);
  surveys()[0].result({ withoutB: "" });
  await wait(0);
  setRequest({ ...first, name: "second" });
  await wait(499);
  expect(surveys().length).toBe(1);
  await wait(1);
  expect(surveys().length).toBe(2);
  await wait(249);
  surveys()[1].result({ withoutB: "" });
  await wait(0);
  expect(model.surveyed()).toBe("second");
  setRequest({ ...first, name: "third" });
  setRequest({ ...first, name: "fourth" });
  await wait(0);
  expect(surveys().length).toBe(3);
  surveys()[2].result({ withoutB: "" });
  await wait(0);
  expect(model.surveyed()).toBe("fourth");
});

test("what is out of date stops and is not shown; rows of before stay until newer ones are there", async () => {
  const { model, setRequest, indices } = await createOpen();
  surveys()[0].progress([row(0), row(1)]);
  surveys()[0].result({ withoutB: "" });
  await wait(0);
  setRequest({ ...first, name: "second" });
  await wait(0);
  expect(ToyWorker.calls.map(({ name }) => name)).not.toContain("stop");
  setRequest({ ...first, name: "third", limit: 2 });
  expect(ToyWorker.last("stop").args).toEqual([]);
  await wait(0);
  await wait(200);
  surveys()[1].progress([row(0, 7)]);
  surveys()[1].result({ withoutB: "late" });
  await wait(0);
  expect([model.withoutB(), model.surveyed(), model.surveying()]).toEqual(["", "first", true]);
  surveys()[2].progress([row(1, 8)]);
  expect([indices(), model.rows().map(({ a }) => a.clusters)]).toEqual([[0, 1], [1, 8]]); // prettier-ignore
  surveys()[2].error("broken");
  await wait(0);
  expect([model.failed(), model.surveying()]).toEqual([true, false]);
});

test("statistics have a side B where rows have one", async () => {
  const { model, setRequest, problem } = await createOpen();
  setRequest({ ...first, b: setting, name: "both" });
  await wait(500);
  surveys()[1].progress([row(0, 1, 2)]);
  surveys()[1].result({ withoutB: "" });
  await wait(0);
  expect([model.statistics()?.b === null, problem()]).toEqual([false, ""]);
  setRequest({ ...first, b: setting, name: "without" });
  await wait(0);
  surveys()[2].progress([row(0, 1)]);
  surveys()[2].result({ withoutB: "the run is of another sample" });
  await wait(0);
  expect([model.statistics()?.b, model.withoutB()]).toEqual([null, "the run is of another sample"]);
  expect(problem()).toBe("There is nothing to compare with: the run is of another sample");
});

test("a survey that fails says so, until one does not", async () => {
  const { model, setRequest, problem } = await createOpen();
  surveys()[0].error("the disk is full");
  await wait(0);
  expect([model.failed(), model.surveying(), problem()]).toEqual([
    true, false, "The event table is incomplete: the disk is full",
  ]); // prettier-ignore
  setRequest({ ...first, name: "again" });
  await wait(500);
  expect(model.failed()).toBe(false);
  surveys()[1].result({ withoutB: "" });
  await wait(0);
  expect([problem(), model.surveyed()]).toEqual(["", "again"]);
});

test("a source that is closed leaves nothing, and its answers come to nothing", async () => {
  const { model, setRequest } = await createOpen();
  const [call] = surveys();
  await wait(130);
  call.progress([row(0)]);
  expect(model.rows().length).toBe(1);
  model.close();
  expect([model.rows(), model.statistics(), model.surveying(), model.failed(), model.withoutB()]).toEqual([
    [], null, false, false, "",
  ]); // prettier-ignore
  call.progress([row(1)]);
  call.error("late");
  setRequest({ ...first, name: "second" });
  await wait(1000);
  expect([model.rows(), model.failed(), model.surveyed(), surveys().length]).toEqual([[], false, "", 1]);
  // The next one has its own rows, and waits as the first did.
  await model.open({ kind: "embedded" });
  await wait(0);
  expect(surveys().length).toBe(2);
  surveys()[1].progress([row(2)]);
  surveys()[1].result({ withoutB: "" });
  await wait(0);
  expect(model.rows().map(({ index }) => index)).toEqual([2]);
});

test("a source that cannot be read says so, unless another one is open by then", async () => {
  const problems = createProblems();
  const model = createRoot(() => createSurveyModel(() => first, problems));
  ToyWorker.answer = () => undefined;
  const open = async (isClosed: boolean): Promise<unknown[]> => {
    const opening = model.open({ kind: "embedded" });
    if (isClosed) model.close();
    ToyWorker.last("open").error("no such file");
    await opening;
    await wait(1000);
    return [model.failed(), problems.problem(), surveys().length];
  };
  expect(await open(true)).toEqual([false, "", 0]);
  expect(await open(false)).toEqual([true, "The event table cannot be read: no such file", 0]);
  const opening = model.open({ kind: "embedded" });
  model.close();
  ToyWorker.answer = (call) => call.result(null);
  ToyWorker.last("open").result({ number: 3 });
  await opening;
  await wait(1000);
  expect([model.failed(), surveys().length]).toEqual([false, 0]);
});

test("nothing is surveyed while nothing is open", async () => {
  const [request, setRequest] = createSignal<Surveyed | null>(null);
  const model = createRoot(() => createSurveyModel(request, createProblems()));
  setRequest(first);
  await wait(1000);
  setRequest(null);
  await model.open({ kind: "embedded" });
  await wait(1000);
  expect(surveys().length).toBe(0);
  await model.prefetch();
  expect(ToyWorker.last("prefetch").args).toEqual([]);
});
