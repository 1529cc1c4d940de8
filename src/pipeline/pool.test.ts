import { expect, test } from "vitest";
import { threadsFor } from "./pool.js";

test.each([
  { name: "so many as asked for", workers: 4, seconds: 0, parts: 10, want: 4 },
  { name: "no more than there are parts", workers: 4, seconds: 100, parts: 2, want: 2 },
  { name: "one where there is nothing to do", workers: 4, seconds: 100, parts: 0, want: 1 },
  { name: "at most so many as have 0.15 s of work each", workers: { atMost: 4 }, seconds: 0.35, parts: 10, want: 2 },
  { name: "one for little work", workers: { atMost: 4 }, seconds: 0.1, parts: 10, want: 1 },
  { name: "no more than the limit for much work", workers: { atMost: 4 }, seconds: 100, parts: 10, want: 4 },
])("threads: $name", ({ workers, seconds, parts, want }) => {
  expect(threadsFor(workers, seconds, parts)).toBe(want);
});
