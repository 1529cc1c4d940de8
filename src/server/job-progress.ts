/** How far a job below a data folder is: from its markers alone, without asking its scheduler. */
import { openJob, readStates, readRunning } from "../batch/index.js";
import { ExpectedError } from "../core/index.js";
import { type CatalogJob } from "./api.js";

/** Says in `problem` what is wrong with a job that cannot be read. */
export function describeJob(id: string, folder: string): CatalogJob {
  try {
    const job = openJob(folder);
    const states = readStates(job);
    const count = (state: string): number => states.filter((each) => each.state === state).length;
    const open = new Set(states.filter(({ state }) => state === "open").map(({ task }) => task.hash));
    return {
      id,
      name: job.info.name,
      engine: job.info.engine,
      tasks: states.length,
      done: count("done"),
      failed: count("failed"),
      running: [...readRunning(folder)].filter(([hash, { life }]) => open.has(hash) && life !== "dead").length,
    };
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    // Paths of the server's disk are not for pages.
    const problem = error.message.replaceAll(folder, id);
    return { id, name: id, engine: "", tasks: 0, done: 0, failed: 0, running: 0, problem };
  }
}
