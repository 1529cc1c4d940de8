import { type CutFlow } from "../events/index.js";
import { formatTable } from "./globals.js";
import { type Io, warn } from "./io.js";

/** How many events and trigger cells each cut removed. */
export function cutFlowText(flow: CutFlow): string[] {
  const count = (n: number): string => n.toLocaleString("en-US");
  const rows = [
    ["events read", count(flow.events)],
    ...(flow.endcaps === flow.events ? [] : [["event endcaps looked at", count(flow.endcaps)]]),
    ...(flow.badEvents === 0 ? [] : [["events with NaN or infinite values left out", count(flow.badEvents)]]),
    ["without a generated particle in acceptance", count(flow.withoutParticle)],
    ["without a cl3d in the endcap", count(flow.withoutCl3d)],
    ["entries kept", count(flow.entries)],
    ["trigger cells of these", count(flow.tcs)],
    ["not above the mipPt threshold", count(flow.tcsBelowThreshold)],
    ...(flow.tcsBeyondMaxLayer === 0 ? [] : [["beyond the last layer", count(flow.tcsBeyondMaxLayer)]]),
    ["trigger cells kept", count(flow.tcsKept)],
  ];
  return formatTable(["cut", "number"], rows);
}

/** A sample without entries is what was asked for, and seldom what was wanted. */
export function warnWithoutEntries(io: Io, out: string, flow: CutFlow): void {
  if (flow.entries === 0) warn(io, `${out} is an empty sample: none of ${flow.events} events passed the cuts`);
}
