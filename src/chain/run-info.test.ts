import { expect, test } from "vitest";
import { FormatError } from "../core/index.js";
import { DEFAULT_PARAMS } from "./params.js";
import { parseRunInfo } from "./run-info.js";

const WHOLE = {
  format: "bye-splits run",
  program: "bye-splits 1.0.0",
  sample: { path: "../photons", hash: "0123456789abcdef" },
  chains: ["default", "cs"],
  config: { ...DEFAULT_PARAMS, later: { a: 1 } },
  selection: "all",
  skipBadEvents: false,
  summary: [{ chain: "default", counts: {} }],
};
const runOf = (info: object) => ({ name: "out/run", info: { ...info } });

test("what a run says is there by its name, with complete parameters, and nothing else", () => {
  const { format: _, config: __, ...told } = WHOLE;
  expect(parseRunInfo(runOf(WHOLE))).toEqual({ ...told, params: DEFAULT_PARAMS });
});

test.each(["program", "sample", "chains", "config", "selection", "skipBadEvents"])("without %s", (key) => {
  const { [key as keyof typeof WHOLE]: _, ...rest } = WHOLE;
  expect(() => parseRunInfo(runOf(rest))).toThrow(
    new FormatError(`out/run/run.json does not say how the run was made: no "${key}"`),
  );
});

test("without a section of the parameters", () => {
  const { seed: _, ...config } = DEFAULT_PARAMS;
  expect(() => parseRunInfo(runOf({ ...WHOLE, config }))).toThrow(
    new FormatError('out/run/run.json does not say how the run was made: no "config.seed"'),
  );
});

test.each([
  { change: { program: 1 }, says: '"program" is 1, expected the name of a program' },
  { change: { sample: { path: "a" } }, says: '"sample" is {"path":"a"}, expected a record with path and hash' },
  { change: { chains: "default" }, says: '"chains" is "default", expected a list of default, cs' },
  { change: { chains: ["other"] }, says: '"chains" is ["other"], expected a list of default, cs' },
  { change: { config: { seed: 3 } }, says: '"config" is {"seed":3}, expected sections of parameters' },
  { change: { selection: null }, says: '"selection" is null, expected a text' },
  { change: { skipBadEvents: "no" }, says: '"skipBadEvents" is "no", expected true or false' },
  {
    change: { entries: { from: 0, to: -1, of: 3 } },
    says: '"entries" is {"from":0,"to":-1,"of":3}, expected a record with from, to and of',
  },
  { change: { summary: [{ chain: "cs" }] }, says: '"summary" is [{"chain":"cs"}], expected a list with a chain and' },
])("another thing than a run: $says", ({ change, says }) => {
  expect(() => parseRunInfo(runOf({ ...WHOLE, ...change }))).toThrow(`out/run/run.json: ${says}`);
});
