export { clusterColor, type ColorName } from "./colors.js";
export { eventDisplay, type EventDisplayInput, type EventDisplayOptions } from "./event-display.js";
export { createFigure, type Figure, type Page, type Slider, type PageTable, prefixedPage } from "./figure.js";
export { type Lane, lanesOf, type ReportRun } from "./lanes.js";
export { dodged, type Estimate, estimateFraction, histogram, pointsOf } from "./bins.js";
export { plotCsv } from "./csv.js";
export { distributionsPage } from "./page-distributions.js";
export { type EventInput } from "./event-input.js";
export { occupancyMaps } from "./occupancy-maps.js";
export { eventsPage } from "./page-events.js";
export { radiusPages, type RadiusInput } from "./page-radius.js";
export { resolutionPage } from "./page-resolution.js";
export { scanFigures, scanPages, scanTradeOff, type ScanInput } from "./page-scan.js";
export { seedingPage } from "./page-seeding.js";
export { describeSlope, splitPlot, splitsPage, splitTrend, type SplitTrend } from "./page-splits.js";
export { TURN_ON, triggerPage, turnOnPlot } from "./page-trigger.js";
export { phiBinsPages } from "./page-phi-bins.js";
export { type PhiBinsInput } from "./page-phi-rows.js";
export { weightsPages, type WeightsInput } from "./page-weights.js";
export {
  type Axis,
  type BandMark,
  type HeatMark,
  type LineMark,
  type Mark,
  type Marker,
  type Numbers,
  type Panel,
  type Plot,
  type PointsMark,
  type RuleMark,
  type ScaleBarMark,
  type Series,
  type ShapesMark,
  type StepsMark,
  type ViolinsMark,
} from "./plot.js";
export { type AxisFrame, type PanelFrame } from "./panel.js";
export { type StudyLane, studyLanes } from "./study-lanes.js";
export { drawPlot, type DrawnPlot } from "./svg.js";
export { formatNumber, roundEdges } from "./ticks.js";
export { reportHtml, type ReportHead } from "./report-html.js";
export {
  type Comparison,
  comparisonPlot,
  type PlotWords,
  responsePlot,
  type Spread,
  spreadPlot,
} from "./simulation-figures.js";
export { textBoxes, type TextBox } from "./text.js";
export { tilingOf, tilingPlot } from "./tiling.js";
export { FOLDED_PHI, PHI_IN_BIN, type Variable, VARIABLES } from "./variables.js";
export { uvMap } from "./uv-map.js";
