import { expect, test } from "vitest";
import { initialOf, numbers, planeCamera, readFields, writeFields } from "./link.js";

const FIELDS = { orbit: numbers(3), camera: planeCamera() };
const read = (text: string) => readFields(FIELDS, new URLSearchParams(text));

test.each(["1,2", "1,2,3,4", "1,,3", "1,a,3", "1,2,Infinity", ""])("'%s' are no three numbers", (text) => {
  expect(read(`orbit=${text}`)).toEqual({ orbit: "", camera: "" });
});

test("what a link says is read and written again; what it does not say is the default", () => {
  expect(read("orbit=1,-2.5,3e2&camera=1,2,3")).toEqual({ orbit: "1,-2.5,3e2", camera: "1,2,3" });
  expect(read("camera=1,2,0")).toEqual(initialOf(FIELDS));
  const out = new URLSearchParams();
  writeFields(FIELDS, { orbit: "1,2,3", camera: "" }, out);
  expect([...out]).toEqual([["orbit", "1,2,3"]]);
});
