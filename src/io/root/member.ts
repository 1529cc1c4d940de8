import { FormatError } from "../../core/index.js";

/** An object from a ROOT file whose members are checked one by one as they are taken. `what` names it in errors. */
export class Member {
  readonly what: string;
  readonly #object: object;

  constructor(object: object, what: string) {
    this.#object = object;
    this.what = what;
  }

  /** The same object under another name in errors. */
  named(what: string): Member {
    return new Member(this.#object, what);
  }

  #get(name: string): unknown {
    return Reflect.get(this.#object, name);
  }

  has(name: string): boolean {
    const value = this.#get(name);
    return value !== undefined && value !== null;
  }

  text(name: string): string {
    const value = this.#get(name);
    if (typeof value !== "string") throw this.#wrong(name, "a text", value);
    return value;
  }

  number(name: string): number {
    const value = this.#get(name);
    if (typeof value !== "number") throw this.#wrong(name, "a number", value);
    return value;
  }

  /** A whole number of at least 0. */
  count(name: string): number {
    const value = this.#get(name);
    // Old trees (before 2004) keep counts as doubles.
    if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0)
      throw this.#wrong(name, "a count", value);
    return value;
  }

  /** False when it is missing. */
  flag(name: string): boolean {
    return Boolean(this.#get(name));
  }

  numbers(name: string): ArrayLike<number> {
    const value = this.#get(name);
    if (value === undefined || value === null) return [];
    if (!Array.isArray(value) && !ArrayBuffer.isView(value)) throw this.#wrong(name, "numbers", value);
    return value as unknown as ArrayLike<number>;
  }

  /** The objects of a TObjArray; null ones are left out, or kept as holes with `sparse`. */
  list(name: string): Member[];
  list(name: string, sparse: true): (Member | undefined)[];
  list(name: string, sparse = false): (Member | undefined)[] {
    const value = this.#get(name);
    const items: unknown = typeof value === "object" && value !== null ? Reflect.get(value, "arr") : undefined;
    if (!Array.isArray(items)) throw this.#wrong(name, "a list", value);
    const members = items.map((item: unknown) =>
      typeof item === "object" && item !== null ? new Member(item, this.what) : undefined,
    );
    return sparse ? members : members.filter((member) => member !== undefined);
  }

  /** The bytes of a TBuffer; none when it is missing. */
  bytes(name: string): Uint8Array {
    const value = this.#get(name);
    const view: unknown = typeof value === "object" && value !== null ? Reflect.get(value, "arr") : undefined;
    return view instanceof DataView ? new Uint8Array(view.buffer, view.byteOffset, view.byteLength) : new Uint8Array(0);
  }

  #wrong(name: string, expected: string, value: unknown): FormatError {
    return new FormatError(`${this.what}: ${name} is ${String(value)}, expected ${expected}: the file is corrupt`);
  }
}
