/** What the survey found, as a point of a scan: by the functions that make the points of studies. */
import { TableBuilder } from "../../core/index.js";
import { addEventRow, clearEventRow, createEventRow, FigureBuilder, PART_EVENTS } from "../../studies/index.js";
import { type SurveyParticle, type SurveyRow, type SurveySide } from "../data/protocol.js";
import { type KeptPoint } from "../model/kept-points.js";

/** The figures of a side of the rows, from the particles that count; entries without one do not count. */
export function figuresOfRows(
  rows: readonly SurveyRow[],
  sideOf: (row: SurveyRow) => SurveySide | null,
  counts: (particle: SurveyParticle) => boolean,
): KeptPoint["figures"] {
  const events = new TableBuilder(PART_EVENTS);
  const row = createEventRow();
  for (const each of rows) {
    const side = each.bad === "" ? sideOf(each) : null;
    if (side === null) continue;
    clearEventRow(row);
    row.n_seeds = side.seeds;
    row.n_clusters = side.clusters;
    row.n_false = side.falseClusters;
    for (const [number, particle] of side.particles.entries()) {
      if (!counts(particle)) continue;
      row.particle = number;
      row.gen_pt = particle.pt;
      row.gen_eta = particle.eta;
      row.response_en = particle.response;
      row.response_pt = particle.responsePt;
      row.is_split = Number(particle.isSplit);
      row.n_matched = Number(particle.isMatched);
      row.n_control = particle.controls;
      row.match_control = particle.controlsMatched;
      row.split_control = particle.controlsSplit;
      row.has_truth = Number(particle.truth !== null);
      row.true_split = Number(particle.truth?.isSplit === true);
      row.true_match = Number(particle.truth?.isFound === true);
      addEventRow(events, { point: 0, sample: 0 }, each.index, row);
    }
  }
  const builder = new FigureBuilder();
  builder.add(events.finish());
  const { by: _, lo: __, hi: ___, ...figures } = builder.finish();
  return Object.fromEntries(
    Object.entries(figures).map(([name, value]) => [name, Number.isFinite(value) ? value : null]),
  );
}
