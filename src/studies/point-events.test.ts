/** Rows of particles: what the records of a chain say, and what the particle left in its cluster. */
import { expect, test } from "vitest";
import { createEntryChain, parseSelection } from "../chain/index.js";
import { TableBuilder } from "../core/index.js";
import { type SampleBatch } from "../events/index.js";
import { EVERYWHERE, rowOf, showerBatch } from "./entries.test-data.js";
import { addMovedEvents } from "./phi-events.js";
import { PHI_PART_EVENTS } from "./phi-tables.js";
import { addEvents } from "./point-events.js";
import { PART_EVENTS } from "./tables.js";

const { validation } = EVERYWHERE;

/** What the chain finds in each entry, and the rows of its particles. */
function rowsOf(batch: SampleBatch) {
  const chain = createEntryChain("default", EVERYWHERE, { selection: parseSelection("all") });
  const out = new TableBuilder(PHI_PART_EVENTS);
  const plain = new TableBuilder(PART_EVENTS);
  return [0, 1, 2].flatMap((i) => {
    const result = chain.take({ batch, i });
    if (result === undefined) throw new Error("every entry is selected");
    const of = { point: 4, sample: 2 };
    const [from, first] = [out.rows, result.records.first];
    addMovedEvents(out, { batch, i }, of, result, validation);
    addEvents(plain, { batch, i }, of, result, validation);
    // The next entry overwrites it.
    const assignment = result.assignment.slice();
    return Array.from({ length: out.rows - from }, (_, k) => {
      const row = rowOf(out.columns, from + k);
      expect(row).toMatchObject(rowOf(plain.columns, from + k));
      return { i, row, result: { ...result, assignment }, record: rowOf(result.records.columns, first + k) };
    });
  });
}

test("rows have what the records have; an entry without a particle has one row, with its seeds and clusters", () => {
  const found = rowsOf(showerBatch(6));
  expect(found.map(({ i, row }) => [i, row["entry"], row["particle"]])).toEqual([[0, 0, 0], [1, 1, -1], [2, 2, 0], [2, 2, 1]]); // prettier-ignore
  for (const { i, row, result, record } of found) {
    const { nSeeds, clusters, nFalse } = result;
    const counts = { n_seeds: nSeeds, n_clusters: clusters.end - clusters.first, n_false: nFalse };
    expect(row).toMatchObject({ point: 4, sample: 2, has_truth: 1, ...counts });
    if (i === 1) {
      for (const name of ["response_en", "response_pt", "response_signal", "gen_pt", "gen_eta", "match_reseta", "match_resphi"]) expect([name, row[name]]).toEqual([name, Number.NaN]); // prettier-ignore
      for (const name of ["is_split", "n_matched", "match_control", "split_control", "n_control", "true_split", "true_match"]) expect([name, row[name]]).toEqual([name, 0]); // prettier-ignore
      continue;
    }
    const names = ["response_en", "response_pt", "is_split", "n_matched", "match_control", "split_control", "n_control", "true_split", "true_match", "match_reseta", "match_resphi"]; // prettier-ignore
    for (const name of names) expect([name, row[name]]).toEqual([name, record[name]]);
    expect([row["gen_pt"], row["gen_eta"]]).toEqual([record["genpt"], record["geneta"]]);
    expect(row["n_matched"]).toBeGreaterThan(0);
  }
});

test("the response of the signal is what the particle left in its cluster: all signal where it is alone, else its own cells", () => {
  const batch = showerBatch(6);
  for (const { i, row, result, record } of rowsOf(batch)) {
    if (i === 1) continue;
    const { clusters, assignment } = result;
    // The matched cluster is the one with the energy of the response.
    const energy = Number(record["response_en"]) * Number(record["genen"]);
    const best = [...clusters.columns.en.keys()].findIndex((c) => c >= clusters.first && Math.abs(clusters.columns.en[c] - energy) < 1e-9); // prettier-ignore
    const { tc_first, tc_rows } = batch.entries.columns;
    let signal = 0;
    for (let t = 0; t < tc_rows[i]; t++) {
      const at = tc_first[i] + t;
      const isOwn = i === 0 || batch.truth?.columns.tc_particle[at] === row["particle"];
      if (!isOwn || assignment[t] !== clusters.columns.seed_idx[best]) continue;
      signal += batch.tc.columns.tc_pt[at] * (batch.truth?.columns.tc_signal[at] ?? 0);
    }
    expect(signal).toBeGreaterThan(0);
    expect(Number(row["response_signal"]) * Number(record["genpt"])).toBeCloseTo(signal, 9);
  }
  const { truth: _, ...unknown } = batch;
  for (const { row } of rowsOf(unknown)) expect([row["has_truth"], row["response_signal"]]).toEqual([0, Number.NaN]);
});
