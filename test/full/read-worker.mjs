// Reads all branches of a ROOT file in memory, in a worker: answers with a hash of the values, or the error's message.
import { createHash } from "node:crypto";
import { parentPort, workerData } from "node:worker_threads";

const { memorySource, openRootFile, readBranches } = await import(`${workerData.dist}/io/index.js`);
const { rootCodecs } = await import(`${workerData.dist}/io/node/index.js`);

async function read({ name, bytes, path }) {
  const file = await openRootFile(memorySource(name, bytes), await rootCodecs());
  const tree = await file.tree(path);
  const sha = createHash("sha256");
  for (const { path: branch } of tree.branches) {
    const { values, offsets } = (await readBranches(tree, [branch])).columns[branch];
    sha.update(branch).update(values);
    if (offsets !== undefined) sha.update(offsets);
  }
  return { hash: sha.digest("hex") };
}

parentPort.on("message", (question) => {
  void read(question)
    .catch((error) => ({ error: error.message, name: error.name }))
    .then((reply) => parentPort.postMessage(reply));
});
