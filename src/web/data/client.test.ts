import { afterEach, beforeEach, expect, test } from "vitest";
import { CallError, DataWorker, SurveyPool } from "./client.js";
import { type Setting } from "./protocol.js";
import { ToyWorker, useToyWorkers } from "./worker.test-data.js";

let restore: () => void;
beforeEach(() => void (restore = useToyWorkers(3)));
afterEach(() => restore());

const A = { kind: "chain", chain: "default" } as Setting;
const request = { a: A, b: null, limit: 10 };

test("each call gets its own answer, whichever comes first; what nobody waits for is nothing", async () => {
  const worker = new DataWorker();
  const first = worker.call("keep", 1);
  const second = worker.call("outline", 2, 3);
  const [one, two] = ToyWorker.calls;
  expect([one.name, one.args, two.name, two.args]).toEqual(["keep", [1], "outline", [2, 3]]);
  two.result("second");
  ToyWorker.made[0].say({ id: 99, result: "nobody's" });
  one.result("first");
  expect([await first, await second]).toEqual(["first", "second"]);
  // A second answer to the same call is late.
  one.error("too late");
});

test("an error says whether it is for people, and which trees there are to choose from", async () => {
  const call = new DataWorker().call("prefetch");
  ToyWorker.calls[0].error("two trees", true, ["a", "b"]);
  const error = await call.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(CallError);
  expect(error).toMatchObject({ message: "two trees", expected: true, trees: ["a", "b"] });
});

test.each([
  { said: "out of memory", wanted: "the worker failed: out of memory" },
  { said: "", wanted: "the worker failed: it could not be loaded" },
])("a worker that fails ends all that wait for it: '$said'", async ({ said, wanted }) => {
  const worker = new DataWorker();
  const calls = [worker.call("prefetch"), worker.call("keep", 0)];
  ToyWorker.made[0].dispatchEvent(Object.assign(new Event("error"), { message: said }));
  for (const each of await Promise.allSettled(calls)) {
    expect(each).toMatchObject({ status: "rejected", reason: { message: wanted, expected: false } });
  }
});

test("rows of a survey come one after the other, before its end", async () => {
  const rows: unknown[] = [];
  const ended = new DataWorker().survey({ ...request, source: 0, shard: 0, shards: 1 }, (more) => rows.push(...more));
  ToyWorker.calls[0].progress([1, 2]);
  ToyWorker.calls[0].progress([3]);
  ToyWorker.calls[0].result({ withoutB: "" });
  expect([await ended, rows]).toEqual([{ withoutB: "" }, [1, 2, 3]]);
});

/** Workers call what they open 10, 11, 12 and so on. */
function answerOpens(): void {
  let next = 10;
  ToyWorker.answer = (call) => {
    if (call.name === "open") call.result({ number: next++ });
    else if (call.name !== "survey") call.result(null);
  };
}
const namesOf = (worker: ToyWorker): unknown[] =>
  ToyWorker.calls.filter((call) => call.worker === worker).map(({ name, args }) => [name, ...args]);

test.each([
  { processors: 1, workers: 1 },
  { processors: 3, workers: 3 },
  { processors: 64, workers: 4 },
  { processors: 0, workers: 1 },
])("$processors processors: $workers workers share the events, each with its own number of the source", async ({ processors, workers }) => {
  restore();
  restore = useToyWorkers(processors);
  answerOpens();
  const pool = new SurveyPool();
  await pool.open({ kind: "embedded" });
  expect(ToyWorker.made.length).toBe(workers);
  for (const [k, worker] of ToyWorker.made.entries()) {
    expect(namesOf(worker)).toEqual([
      ["open", { kind: "embedded" }, null],
      ["keep", 10 + k],
    ]);
  }
  ToyWorker.calls = [];
  const ended = pool.survey(request, () => undefined);
  expect(ToyWorker.calls.map(({ args }) => args[0])).toEqual(
    ToyWorker.made.map((_, shard) => ({ ...request, source: 10 + shard, shard, shards: workers })),
  );
  for (const [k, call] of ToyWorker.calls.entries()) call.result({ withoutB: k === workers - 1 ? "no such run" : "" });
  expect(await ended).toEqual({ withoutB: "no such run" });
}); // prettier-ignore

test("a pool keeps its workers; a source that is overtaken by a newer one does not come back", async () => {
  const pool = new SurveyPool();
  const older = pool.open({ kind: "sample", id: "older", url: "" });
  const ofOlder = ToyWorker.calls;
  ToyWorker.calls = [];
  const newer = pool.open({ kind: "sample", id: "newer", url: "" });
  const ofNewer = ToyWorker.calls;
  ToyWorker.answer = (call) => call.result(null);
  expect(ToyWorker.made.length).toBe(3);
  ofNewer.forEach((call, k) => call.result({ number: 20 + k }));
  await newer;
  ofOlder.forEach((call, k) => call.result({ number: 10 + k }));
  await older;
  expect(ToyWorker.calls.filter(({ name }) => name === "keep").map(({ args }) => args)).toEqual([[20], [21], [22]]);
  ToyWorker.answer = (call) => call.result({ withoutB: "" });
  expect(await pool.survey(request, () => undefined)).toEqual({ withoutB: "" });
  expect(ToyWorker.calls.slice(-3).map(({ args }) => (args[0] as { source: number }).source)).toEqual([20, 21, 22]);
});

test("all workers stop, and load what is needed later", async () => {
  answerOpens();
  const pool = new SurveyPool();
  await pool.open({ kind: "embedded" });
  ToyWorker.calls = [];
  pool.stop();
  await pool.prefetch();
  expect(ToyWorker.calls.map(({ name }) => name)).toEqual(["stop", "stop", "stop", "prefetch", "prefetch", "prefetch"]);
});
