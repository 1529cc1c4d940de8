/**
 * The errors a user can meet. Each message says what failed, with which value, where, and what to do;
 * `code` is stable and listed in docs/errors.md. Anything that is not one of these is a bug.
 */

export type ErrorCode = "INPUT" | "FORMAT" | "CONFIG" | "OUTPUT" | "TRANSIENT" | "INTERRUPTED";

/** Base class: an expected failure, shown to users as one line. */
export class ExpectedError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.name = new.target.name;
  }
}

/** Data or an option value that cannot be used: NaN in a trigger cell, an unknown selection. Exit code 2. */
export class InputError extends ExpectedError {
  constructor(message: string, options?: ErrorOptions) {
    super("INPUT", message, options);
  }
}

/** A file that is truncated, corrupt, or of a kind we do not read. Names the file. Exit code 2. */
export class FormatError extends ExpectedError {
  constructor(message: string, options?: ErrorOptions) {
    super("FORMAT", message, options);
  }
}

/** A configuration value of the wrong type or an unknown key given on the command line. Exit code 2. */
export class ConfigError extends ExpectedError {
  constructor(message: string, options?: ErrorOptions) {
    super("CONFIG", message, options);
  }
}

/** An output that cannot be written: it exists, the disk is full, the folder is not writable. Exit code 2. */
export class OutputError extends ExpectedError {
  constructor(message: string, options?: ErrorOptions) {
    super("OUTPUT", message, options);
  }
}

/** A failure that may pass when the same command is run again (a lost connection). Exit code 75. */
export class TransientError extends ExpectedError {
  constructor(message: string, options?: ErrorOptions) {
    super("TRANSIENT", message, options);
  }
}

/** Stopped by the user or by a scheduler. Exit code 130 or 143. */
export class InterruptedError extends ExpectedError {
  constructor(message: string, options?: ErrorOptions) {
    super("INTERRUPTED", message, options);
  }
}
