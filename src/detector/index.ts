export * from "./geometry.js";
export { type DetectorTable } from "./detector-table.js";
export { type Layer, type ScintillatorLayer } from "./layers.js";
export * from "./lookup.js";
export * from "./outlines.js";
export { type Sensor, TCS_PER_WAFER } from "./sensor.js";
export { negativeEndcap, SCINTILLATOR_WAFER, type TriggerCells } from "./trigger-cells.js";
export { THICKNESS_NAMES, type Wafers } from "./wafers.js";
