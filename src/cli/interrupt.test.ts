/** What signals do to work that asked to be told, and to a command that did not. */
import { EventEmitter } from "node:events";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { InterruptedError } from "../core/index.js";
import { processInterrupt } from "./interrupt.js";

let source: EventEmitter;
let exits: unknown[];
beforeEach(() => {
  source = new EventEmitter();
  exits = [];
  vi.spyOn(process, "exit").mockImplementation((code) => void exits.push(code) as never);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});
const listeners = (): number[] => ["SIGINT", "SIGTERM"].map((name) => source.listenerCount(name));

test("all work that asked for it is stopped by the first signal, which is kept; the program goes on", () => {
  // What a second signal ends a moment later is of no interest here.
  vi.useFakeTimers();
  const interrupt = processInterrupt(source);
  const signals = [interrupt.signal(), interrupt.signal()];
  expect([interrupt.received(), ...signals.map(({ aborted }) => aborted)]).toEqual([null, false, false]);
  source.emit("SIGTERM", "SIGTERM");
  for (const { reason } of signals) expect(reason).toEqual(new InterruptedError("interrupted by SIGTERM"));
  expect([interrupt.received(), listeners()]).toEqual(["SIGTERM", [1, 1]]);
  // After a second one a third kills: nobody listens any more.
  source.emit("SIGINT", "SIGINT");
  expect([interrupt.received(), listeners(), exits]).toEqual(["SIGTERM", [0, 0], []]);
});

test.each([
  { signal: "SIGINT", code: 130 },
  { signal: "SIGTERM", code: 143 },
])("a command that asked for nothing ends at $signal with $code", async ({ signal, code }) => {
  processInterrupt(source);
  source.emit(signal, signal);
  await vi.waitFor(() => expect(exits).toEqual([code]), 10_000);
});
