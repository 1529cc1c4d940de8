import { expect, test } from "vitest";
import * as library from "../src/index.js";

/** A change here is a change for users: it belongs into the changelog. */
test("the exports of bye-splits", () => {
  expect(Object.keys(library).toSorted()).toMatchSnapshot();
});
