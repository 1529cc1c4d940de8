/**
 * From MIPs to GeV, as CMSSW's trigger does (L1Trigger/L1THGCal HGCalTriggerCellCalibration, hgcalLayersCalibrationCoefficients_cfi,
 * l1tHGCalVFEProducer_cfi). mipPt is transverse: MIPs / cosh(eta).
 */
import { type Geometry, layerOf } from "./geometry.js";

/** Correction of a TC's energy scale by thickness (index of THICKNESS_NAMES) and compartment: 0.77 to 0.90 in V11. */
export function thicknessCorrection(geometry: Geometry, layer: number, thickness: number): number {
  const isCee = layerOf(geometry, layer).kind === "CE-E";
  return geometry.table.thicknessCorrection[thickness === 3 ? 6 : thickness + (isCee ? 0 : 3)];
}

/** GeV per MIP of a layer; also transverse energy [GeV] per mipPt. Zero on layers that the trigger does not read. */
export function gevPerMip(geometry: Geometry, layer: number, thickness: number): number {
  const { dEdXTrigger } = layerOf(geometry, layer);
  return (1e-3 * dEdXTrigger) / thicknessCorrection(geometry, layer, thickness);
}

/** Transverse energy [GeV] of a TC; its energy is that times cosh(eta). */
export function mipPtToPt(geometry: Geometry, layer: number, thickness: number, mipPt: number): number {
  return mipPt * gevPerMip(geometry, layer, thickness);
}

/** The inverse of `mipPtToPt`; infinite on layers that the trigger does not read. */
export function ptToMipPt(geometry: Geometry, layer: number, thickness: number, pt: number): number {
  return pt / gevPerMip(geometry, layer, thickness);
}

/**
 * Standard deviation of a cell's noise [MIP], by thickness: CMSSW's 2000, 2400, 2000 electrons (hgcalDigitizer_cfi) over the mean charge
 * of a MIP. Zero for scintillator, of which no figure is known.
 */
export function cellNoise(geometry: Geometry, thickness: number): number {
  return geometry.table.cellNoise[thickness] ?? 0;
}
