/** A worker thread of the skim: answers each step with its entries. */
import { workerData } from "node:worker_threads";
import { type Column } from "../core/index.js";
import { createSkimProcessor, type SkimStep, type SkimTask } from "./skim-process.js";
import { answer } from "./worker-pool.js";

const processor = createSkimProcessor(workerData as SkimTask);

answer(
  (step) => processor.process(step as SkimStep),
  ({ batch }) =>
    Object.values(batch).flatMap(({ columns }) =>
      Object.values<Column>(columns).flatMap((column) => (Array.isArray(column) ? [] : [column.buffer as ArrayBuffer])),
    ),
);
