/**
 * Samples written and read in one thread, at 16k TCs an event: events/s, bytes an event, memory. The positions lie on
 * a grid as those of trigger cells do, energies are noise. What is read is asserted. Prints one JSON object.
 */
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tcColumns } from "../src/chain/index.js";
import { createTable, Random } from "../src/core/index.js";
import { CL3D, ENTRIES, GEN, type SampleBatch, TC, type TcColumn } from "../src/events/index.js";
import { openSampleFolder, writeSample } from "../src/io/node/index.js";

const EVENTS = 100;
const EVENTS_A_BATCH = 5;
const TCS = 16_000;
const CHAIN_COLUMNS = tcColumns(["default"]);

function makeBatch(random: Random): SampleBatch {
  const entries = createTable(ENTRIES, EVENTS_A_BATCH);
  const tc = createTable(TC, EVENTS_A_BATCH * TCS);
  const { columns } = tc;
  for (let event = 0; event < EVENTS_A_BATCH; event++) {
    entries.columns.tc_first[event] = event * TCS;
    entries.columns.tc_rows[event] = TCS;
    for (let i = 0; i < TCS; i++) {
      const row = event * TCS + i;
      // In layers, and in a layer by wafer, as in the ntuples.
      const layer = 1 + Math.floor((i * 50) / TCS);
      const wu = Math.floor(((i * 50) / TCS - layer + 1) * 19) - 9;
      const wv = Math.floor(19 * random.uniform()) - 9;
      const cu = Math.floor(8 * random.uniform());
      const cv = Math.floor(8 * random.uniform());
      const x = 16.6 * wu + 2.1 * cu - 8.3 * wv;
      const y = 14.4 * wv + 2.1 * cv + 3;
      const z = 320 + 3.5 * layer;
      const eta = Math.asinh(z / Math.hypot(x, y));
      const mipPt = 0.5 + 1.5 * random.exponential();
      const pt = mipPt * random.between(0.01, 0.012);
      columns.tc_layer[row] = layer;
      columns.tc_wu[row] = wu;
      columns.tc_wv[row] = wv;
      columns.tc_cu[row] = cu;
      columns.tc_cv[row] = cv;
      columns.tc_x[row] = x;
      columns.tc_y[row] = y;
      columns.tc_z[row] = z;
      columns.tc_eta[row] = eta;
      columns.tc_phi[row] = Math.atan2(y, x);
      columns.tc_mipPt[row] = mipPt;
      columns.tc_pt[row] = pt;
      columns.tc_energy[row] = pt * Math.cosh(eta);
      columns.tc_cl3d_id[row] = random.uniform() < 0.3 ? BigInt(random.uint32()) : 0n;
      columns.tc_subdet[row] = layer <= 28 ? 1 : 2;
      columns.tc_zside[row] = 1;
    }
  }
  return { entries, gen: createTable(GEN, 0), cl3d: createTable(CL3D, 0), tc };
}

const batch = makeBatch(new Random(1));
const expected = batch.tc.columns.tc_mipPt.reduce((sum, mipPt) => sum + Math.fround(mipPt), 0);
const folder = mkdtempSync(join(tmpdir(), "bye-splits-bench-"));
const path = join(folder, "sample");

async function rate(action: () => Promise<void>): Promise<number> {
  await action();
  const start = process.hrtime.bigint();
  await action();
  return EVENTS / (Number(process.hrtime.bigint() - start) / 1e9);
}

const write = await rate(async () => {
  await writeSample(path, { force: true }, async (sample) => {
    for (let i = 0; i < EVENTS / EVENTS_A_BATCH; i++) await sample.append(batch);
    return {};
  });
});

async function read(columns?: readonly TcColumn[]): Promise<number> {
  return rate(async () => {
    const sample = await openSampleFolder(path);
    for (let i = 0; i < sample.batches; i++) {
      const { tc } = await sample.readBatch(i, columns && { columns });
      const sum = tc.columns.tc_mipPt.reduce((total, mipPt) => total + mipPt, 0);
      if (sum !== expected) throw new Error(`batch ${i}: the mipPt sum is ${sum}, expected ${expected}`);
    }
    await sample.close();
  });
}

const result = {
  "write events/s": write,
  "read chain columns events/s": await read(CHAIN_COLUMNS),
  "read all columns events/s": await read(),
  "kB an event": statSync(join(path, "tc.parquet")).size / EVENTS / 1000,
  "peak memory [MB]": process.resourceUsage().maxRSS / 1000,
};
rmSync(folder, { recursive: true });
console.log(JSON.stringify(result));
