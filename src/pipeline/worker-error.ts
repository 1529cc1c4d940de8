/** Errors across threads: structured cloning keeps the message of an Error, but not its class. */
import { type ErrorCode, ExpectedError } from "../core/index.js";

export interface PackedError {
  readonly message: string;
  readonly stack: string | undefined;
  /** Of an expected error. */
  readonly code: ErrorCode | undefined;
}

export function packError(error: unknown): PackedError {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  return { message, stack, code: error instanceof ExpectedError ? error.code : undefined };
}

export function unpackError({ message, stack, code }: PackedError): Error {
  const error = code === undefined ? new Error(message) : new ExpectedError(code, message);
  if (stack !== undefined) error.stack = stack;
  return error;
}
