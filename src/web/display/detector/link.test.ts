import { expect, test } from "vitest";
import { MOST_LAYERS } from "../../../detector/index.js";
import { readFields } from "../../model/link.js";
import { misreadIn } from "../../model/misread.js";
import { DETECTOR_LINK } from "./link.js";

test.each([
  { text: "", layers: [1, MOST_LAYERS], misread: [] },
  { text: "from=1&to=1", layers: [1, 1], misread: [] },
  { text: "to=1", layers: [1, 1], misread: [] },
  { text: `from=${MOST_LAYERS}&to=${MOST_LAYERS}`, layers: [MOST_LAYERS, MOST_LAYERS], misread: [] },
  { text: "from=7&to=6", layers: [7, MOST_LAYERS], misread: ["to"] },
  { text: "from=0&to=0", layers: [1, MOST_LAYERS], misread: ["from", "to"] },
  { text: `to=${MOST_LAYERS + 1}`, layers: [1, MOST_LAYERS], misread: ["to"] },
])("layers of the link '$text' are $layers", ({ text, layers, misread }) => {
  const input = new URLSearchParams(text);
  const { from, to } = readFields(DETECTOR_LINK, input);
  expect([from, to]).toEqual(layers);
  expect(misreadIn(DETECTOR_LINK, input, "").map(({ key }) => key)).toEqual(misread);
});
