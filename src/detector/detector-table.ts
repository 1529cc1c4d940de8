/**
 * The numbers that make a geometry version. A version is one such table (tables/*.ts), never a code path.
 * Columns run over the layers, lengths in cm.
 */
export interface DetectorTable {
  readonly version: string;
  /** Flat-to-flat width of a sensor, and the gap between two. */
  readonly waferSize: number;
  readonly waferGap: number;
  /** A wafer exists when one of its corners is this far inside [rin, rout]. */
  readonly waferMargin: number;
  /** z of the silicon sensor plane in the positive endcap. */
  readonly z: readonly number[];
  /** The first layers are CE-E, the rest CE-H. */
  readonly ceeLayers: number;
  /** Layers that are not read out by the trigger. */
  readonly disconnected: readonly number[];
  /** Wafer (0, 0) is shifted in y by this times pitch / sqrt(3). */
  readonly yShift: readonly number[];
  /** Where silicon begins and ends; with scintillator in the layer it ends at the boundary of the two. */
  readonly rin: readonly number[];
  readonly rout: readonly number[];
  readonly x0Cum: readonly number[];
  readonly lambdaCum: readonly number[];
  /** MeV per MIP, offline and for the trigger's layers. */
  readonly dEdX: readonly number[];
  readonly dEdXTrigger: readonly number[];
  /** Wafers with a centre below thinRadius are HD120, below thickRadius LD200, else LD300. */
  readonly thinRadius: readonly number[];
  readonly thickRadius: readonly number[];
  /** Exceptions: [layer, u, v] that the rule gives but that do not exist; [layer, u, v, thickness]. */
  readonly absentWafers: readonly (readonly number[])[];
  readonly thicknessExceptions: readonly (readonly number[])[];
  /** Radii between the rings of scintillator tiles; ring i (from 1) lies between [i - 1] and [i]. */
  readonly scintRings: readonly number[];
  readonly scintTilesPhi: number;
  /** z of the scintillator minus z of the silicon of its layer. */
  readonly scintZOffset: number;
  /** First and last ring of the layer, 0 in layers without scintillator. */
  readonly scintFirstRing: readonly number[];
  readonly scintLastRing: readonly number[];
  /** CE-E 120, 200, 300 um; CE-H 120, 200, 300 um; scintillator. */
  readonly thicknessCorrection: readonly number[];
  /** MIP per cell of 120, 200, 300 um. */
  readonly cellNoise: readonly number[];
}
