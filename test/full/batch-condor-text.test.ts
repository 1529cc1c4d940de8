/** HTCondor's own parser expands our submit files to the jobs that are meant. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../cli.js";

const python = process.env["BYE_SPLITS_PYTHON"] ?? "python3";
const isHere = spawnSync(python, ["-c", "import htcondor"]).status === 0;

// The include line of LLR runs a program of that site.
const PROGRAM = `
import htcondor, json, sys
lines = [line for line in open(sys.argv[1]).read().split("\\n") if not line.startswith("include")]
print(json.dumps([[j["ProcId"], j.get("Arguments", j.get("Args")), j["ByeSplitsTasks"], j["Out"]] for j in htcondor.Submit("\\n".join(lines)).jobs(clusterid=7)]))
`;

test.skipIf(!isHere).each(["llr.sub", "cern.sub", "cern-runtime.sub", "none.sub"])(
  "%s: a job a batch, with its tasks and its own output [needs python htcondor]",
  (name) => {
    const { stdout, stderr } = spawnSync(python, ["-c", PROGRAM, join(root, "test/golden/batch", name)], {
      encoding: "utf8",
    });
    expect(stdout, stderr).not.toBe("");
    expect(JSON.parse(stdout)).toEqual(
      ["0,1", "2,3", "4,5", "6,7"].map((tasks, i) => [
        i,
        tasks,
        tasks,
        `/data/me/PU0 100%/$test/logs/dummy_submit_C7P${i}.out`,
      ]),
    );
  },
);
