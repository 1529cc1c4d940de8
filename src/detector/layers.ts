/** The layers of one endcap: what a geometry version's table says about each. */
import { type DetectorTable } from "./detector-table.js";

/** Scintillator part of a layer. Ring i (from 1) lies between radii [i - 1] and [i] of the table; a TC's ieta = ceil(ring / 2). */
export interface ScintillatorLayer {
  /** z of its plane [cm]. */
  readonly z: number;
  readonly firstRing: number;
  readonly lastRing: number;
  readonly firstIeta: number;
  readonly lastIeta: number;
  /** Radii where the first ring begins and the last ends [cm]. */
  readonly rin: number;
  readonly rout: number;
}

export interface Layer {
  /** From 1, counted from the interaction point. */
  readonly layer: number;
  readonly kind: "CE-E" | "CE-H";
  /** Of its silicon: 1 in CE-E, 2 in CE-H. Scintillator is 10. */
  readonly subdet: 1 | 2;
  /** The trigger reads this layer. */
  readonly trigger: boolean;
  /** Of the silicon in the positive endcap [cm]. */
  readonly z: number;
  /** y of the centre of wafer (0, 0) [cm]. */
  readonly waferY: number;
  /** Silicon cells have their centre in [rin, rout]; where there is scintillator, rout is the boundary [cm]. */
  readonly rin: number;
  readonly rout: number;
  readonly scintillator: ScintillatorLayer | undefined;
  /** MeV per MIP; the trigger's value carries the layers before it that are not read out. */
  readonly dEdX: number;
  readonly dEdXTrigger: number;
  /** Depth at this plane, and since the one before, in radiation and in nuclear interaction lengths. */
  readonly x0Cum: number;
  readonly x0: number;
  readonly lambdaCum: number;
  readonly lambda: number;
}

export function createLayers(table: DetectorTable): Layer[] {
  const { scintRings, x0Cum, lambdaCum } = table;
  const pitch = table.waferSize + table.waferGap;
  return table.z.map((z, i) => {
    const isCee = i < table.ceeLayers;
    const firstRing = table.scintFirstRing[i];
    const lastRing = table.scintLastRing[i];
    return {
      layer: i + 1,
      kind: isCee ? "CE-E" : "CE-H",
      subdet: isCee ? 1 : 2,
      trigger: !table.disconnected.includes(i + 1),
      z,
      waferY: (table.yShift[i] * pitch) / Math.sqrt(3),
      rin: table.rin[i],
      rout: table.rout[i],
      scintillator:
        firstRing === 0
          ? undefined
          : {
              z: z + table.scintZOffset,
              firstRing,
              lastRing,
              firstIeta: Math.ceil(firstRing / 2),
              lastIeta: Math.ceil(lastRing / 2),
              rin: scintRings[firstRing - 1],
              rout: scintRings[lastRing],
            },
      dEdX: table.dEdX[i],
      dEdXTrigger: table.dEdXTrigger[i],
      x0Cum: x0Cum[i],
      x0: x0Cum[i] - (i === 0 ? 0 : x0Cum[i - 1]),
      lambdaCum: lambdaCum[i],
      lambda: lambdaCum[i] - (i === 0 ? 0 : lambdaCum[i - 1]),
    };
  });
}
