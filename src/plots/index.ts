export { CATEGORIES, type ColorName, viridis } from "./colors.js";
export { createFigure, type Figure } from "./figure.js";
export * from "./plot.js";
export { textBoxes, type TextBox } from "./text.js";
export * from "./event-display.js";
