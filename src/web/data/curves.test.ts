import { expect, test } from "vitest";
import { createChain, createNtupleClusters, DEFAULT_PARAMS } from "../../chain/index.js";
import { createGeometry } from "../../detector/index.js";
import { createSkim, DEFAULT_SKIM, simulateEvents } from "../../events/index.js";
import { createFigure, lanesOf, splitPlot, tilingPlot, TURN_ON, turnOnPlot, VARIABLES } from "../../plots/index.js";
import { statisticsOf } from "../model/statistics.js";
import { createLiveClusterer } from "./clusterer.js";
import { CURVE_NAMES, type CurveName } from "./curve-names.js";
import { curveSvg } from "./curves.js";
import { type EventSource } from "./event-source.js";
import { type SurveyRow } from "./protocol.js";
import { BatchCache, partsOf, survey } from "./survey.js";

const geometry = createGeometry("V11");
const BATCH = (() => {
  const chunk = simulateEvents({ particles: "photons", pileup: 0, seed: 4, geometry }, 1, 100);
  return createSkim({ ...DEFAULT_SKIM, particles: "photons" }).skim(createNtupleClusters()(chunk));
})();

async function entries() {
  const source: Pick<EventSource, "readBatch"> = { readBatch: () => Promise.resolve(BATCH) };
  const rows: SurveyRow[] = [];
  const first = [0, BATCH.entries.rows];
  const live = createLiveClusterer("default", DEFAULT_PARAMS);
  for await (const more of survey(new BatchCache(source as EventSource), first, partsOf(first, 1000, 0, 1), live, null))
    rows.push(...more);
  return statisticsOf(rows, DEFAULT_PARAMS.base, false).a.entries;
}

test("the curves of the statistics are the figures that a report has of the same events", async () => {
  const side = { name: "A", chain: "default", params: DEFAULT_PARAMS, entries: await entries() } as const;
  const drawn = (curve: CurveName): string => curveSvg({ curve, sides: [side], what: "photons" }, geometry);
  const { events } = createChain("default", DEFAULT_PARAMS, { selection: { kind: "all" } })(BATCH);
  const run = { name: "A", selection: "photons", records: events, knowsTruth: true };
  const lanes = lanesOf([run]);
  const size = { width: 300, height: 220 };
  for (const threshold of TURN_ON) {
    expect(drawn(`turn-on-${threshold}` as CurveName)).toBe(
      createFigure({ ...turnOnPlot(lanes, threshold), ...size }).svg,
    );
  }
  expect(drawn("split-eta")).toBe(createFigure({ ...splitPlot(lanes, VARIABLES[2], "curve-split-eta"), ...size }).svg);
  expect(drawn("tiling")).toBe(createFigure({ ...tilingPlot(lanes, geometry, "curve-tiling"), ...size }).svg);
  for (const curve of Object.keys(CURVE_NAMES) as CurveName[]) expect(drawn(curve)).toContain("photons");
});
