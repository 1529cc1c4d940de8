/** Files with the trigger cells of CMSSW's geometry, for tests. */
import { cellsToImport, createGeometry } from "../detector/index.js";
import { type WriteColumn } from "../io/index.js";
import { writeRootTree } from "../io/node/index.js";

const { columns: own, rows } = cellsToImport(createGeometry("V11"));
/** Every 40th cell keeps the file small. */
export const some = Array.from({ length: Math.floor(rows / 40) }, (_, i) => 40 * i);

/** A tree as CMSSW writes it: both endcaps, CE-H counted from layer 1 where `restart`. */
export async function writeCells(path: string, shift: number, restart: boolean): Promise<string> {
  const scintillator = some.map((tc) => own.wu[tc] === -999);
  const layer = some.map((tc) => (restart && own.layer[tc] > 28 ? own.layer[tc] - 28 : own.layer[tc]));
  const twice = (values: number[]): WriteColumn => ({ values: [...values, ...values] });
  const columns: Record<string, WriteColumn> = {
    zside: { values: [...some.map(() => 1), ...some.map(() => -1)] },
    subdet: twice(some.map((tc, i) => (scintillator[i] ? 10 : own.layer[tc] > 28 ? 2 : 1))),
    layer: twice(layer),
    waferu: twice(some.map((tc) => own.wu[tc])),
    waferv: twice(some.map((tc) => own.wv[tc])),
    triggercellu: twice(some.map((tc, i) => (scintillator[i] ? 0 : own.cu[tc]))),
    triggercellv: twice(some.map((tc, i) => (scintillator[i] ? 0 : own.cv[tc]))),
    triggercellieta: twice(some.map((tc, i) => (scintillator[i] ? own.cu[tc] : 0))),
    triggercelliphi: twice(some.map((tc, i) => (scintillator[i] ? own.cv[tc] : 0))),
    x: twice(some.map((tc) => own.x[tc] + shift)),
    y: twice(some.map((tc) => own.y[tc])),
    z: twice(some.map((tc) => own.z[tc])),
  };
  const branches = Object.keys(columns).map((each) => ({
    name: each,
    type: "xyz".includes(each) ? ("float" as const) : ("int32" as const),
  }));
  await writeRootTree(path, {}, { tree: "tester/TreeTriggerCells", title: "cells", branches }, async (writer) => {
    await writer.fill(2 * some.length, columns);
  });
  return path;
}
