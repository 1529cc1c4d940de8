import { expect, test } from "vitest";
import { ExpectedError, InputError, OutputError } from "../core/index.js";
import { packError, unpackError } from "./worker-error.js";

const across = (error: unknown): Error => unpackError(structuredClone(packError(error)));

test.each([
  { name: "an input error", error: new InputError("no sample there"), code: "INPUT" },
  { name: "an output error", error: new OutputError("the disk is full"), code: "OUTPUT" },
])("$name is one in the other thread too", ({ error, code }) => {
  const found = across(error);
  expect(found).toBeInstanceOf(ExpectedError);
  expect([(found as ExpectedError).code, found.message, found.stack]).toEqual([code, error.message, error.stack]);
});

test("a fault of the program is none of them, with the place where it was made", () => {
  const error = new TypeError("x is not a function");
  const found = across(error);
  expect(found).not.toBeInstanceOf(ExpectedError);
  expect([found.message, found.stack]).toEqual([error.message, error.stack]);
  expect(across("a text").message).toBe("a text");
});
