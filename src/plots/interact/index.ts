/** The half of the room that needs a screen: what one can do with plots in reports and on pages. */
export { attachPlot, type PlotEvents, saveBlob, type ShownPlot, showToggles, switched } from "./interact.js";
