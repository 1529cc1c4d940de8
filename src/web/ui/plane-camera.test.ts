import { expect, test } from "vitest";
import { formatCamera, panned, parseCamera, toPlane, zoomedAt } from "./plane-camera.js";

const camera = { x: 10, y: 20, half: 4 };
const size = { width: 800, height: 600 };

test("a camera as links write it", () => {
  expect(parseCamera("1,-2.5,3")).toEqual({ x: 1, y: -2.5, half: 3 });
  for (const text of ["", "1,2", "1,2,3,4", "1,2,0", "1,2,-1", "a,2,3", "1,Infinity,3"]) expect(parseCamera(text)).toBe(undefined); // prettier-ignore
  expect(formatCamera({ x: 1.23456789, y: -2, half: 0.001 })).toBe("1.23457,-2,0.001");
});

test("a pixel is 0.01 of the plane here: x to the right, y up", () => {
  expect([toPlane(camera, size, 400, 300), toPlane(camera, size, 500, 200), toPlane(camera, size, 0, 600)]).toEqual([
    [10, 20],
    [11, 21],
    [6, 17],
  ]);
});

test("what is under the pointer follows it, and stays where it is while the picture is zoomed", () => {
  expect(panned(camera, size, 100, 50)).toEqual({ x: 9, y: 20.5, half: 4 });
  const closer = zoomedAt(camera, size, 0.5, 500, 200);
  expect(closer).toEqual({ x: 10.5, y: 20.5, half: 2 });
  expect(toPlane(closer, size, 500, 200)).toEqual(toPlane(camera, size, 500, 200));
  expect(zoomedAt(camera, size, 2, 400, 300)).toEqual({ x: 10, y: 20, half: 8 });
});
