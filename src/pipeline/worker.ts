/** A worker thread: opens the sample by itself, then answers each batch number with its results. */
import { parentPort, workerData } from "node:worker_threads";
import { type Column } from "../core/index.js";
import { type ChainTask, createProcessor, tablesOf } from "./process.js";
import { packError } from "./worker-error.js";

const port = parentPort;
if (port === null) throw new Error("worker.js runs in worker threads only");

const opened = createProcessor(workerData as ChainTask);
// Told with the first batch; unhandled, it would end the thread without a word.
opened.catch(() => {});

port.on("message", (batch: number) => {
  void (async () => {
    try {
      const results = await (await opened).process(batch);
      const buffers = new Set<ArrayBuffer>();
      for (const result of results) {
        for (const [, { columns }] of tablesOf(result)) {
          for (const column of Object.values<Column>(columns)) {
            if (!Array.isArray(column)) buffers.add(column.buffer as ArrayBuffer);
          }
        }
      }
      port.postMessage({ batch, results }, [...buffers]);
    } catch (error) {
      port.postMessage({ batch, error: packError(error) });
    }
  })();
});
