/** The codec of links: one row a key, which says its default, what is allowed, and how it is written. */
import { parseCamera } from "../ui/plane-camera.js";

/** A value of a link. What a link does not say, or says wrongly, is the default. */
export interface Field<T> {
  readonly initial: T;
  read(input: URLSearchParams, key: string): T;
  /** Whether the text of its key says something; absent where others say what is wrong with it. */
  isRight?(text: string, input: URLSearchParams): boolean;
  /** Writes nothing for the default. */
  write(out: URLSearchParams, key: string, value: T): void;
}

export type Fields = Readonly<Record<string, Field<unknown>>>;

/** What the fields hold, by their keys. */
export type StateOf<F> = { readonly [K in keyof F]: F[K] extends Field<infer T> ? T : never };

/** A field of one text in the link; `parse` gives undefined for what is wrong. */
export function field<T>(initial: T, parse: (text: string) => T | undefined): Field<T> {
  return {
    initial,
    read(input, key) {
      const text = input.get(key);
      return (text === null ? undefined : parse(text)) ?? initial;
    },
    isRight: (text) => parse(text) !== undefined,
    write(out, key, value) {
      if (value !== initial) out.set(key, String(value));
    },
  };
}

/** One of these words; the first is the default. */
export function words<const W extends string>(first: W, ...others: readonly W[]): Field<W> {
  return field<W>(first, (text) => [first, ...others].find((word) => word === text));
}

export function whole(initial: number, least: number, most: number): Field<number> {
  return field(initial, (text) => {
    const value = Number(text);
    return text !== "" && Number.isInteger(value) && value >= least && value <= most ? value : undefined;
  });
}

export function real(initial: number, least: number, most: number): Field<number> {
  return field(initial, (text) =>
    text.trim() !== "" && Number(text) >= least && Number(text) <= most ? Number(text) : undefined,
  );
}

export function flag(): Field<boolean> {
  return field<boolean>(false, (text) => (text === "true" ? true : text === "false" ? false : undefined));
}

/** A text that passes; empty is the default. */
export function text(isRight: (value: string) => boolean = () => true, initial = ""): Field<string> {
  return field(initial, (value) => (isRight(value) ? value : undefined));
}

export function pattern(right: RegExp): Field<string> {
  return text((value) => value === "" || right.test(value));
}

/** Centre and half width in units of the view, "x,y,w"; empty: fitted. */
export function planeCamera(): Field<string> {
  return text((value) => parseCamera(value) !== undefined);
}

/** `count` numbers with commas; empty: none. */
export function numbers(count: number): Field<string> {
  return text((value) => {
    const parts = value.split(",");
    return parts.length === count && parts.every((part) => part !== "" && Number.isFinite(Number(part)));
  });
}

/** The state that a link tells; a text that is no link's is that of the defaults. */
export function readFields<F extends Fields>(fields: F, input: URLSearchParams): StateOf<F> {
  return Object.fromEntries(
    Object.entries(fields).map(([key, each]) => [key, each.read(input, key)]),
  ) as unknown as StateOf<F>;
}

export function writeFields<F extends Fields>(fields: F, state: StateOf<F>, out: URLSearchParams): void {
  for (const [key, each] of Object.entries(fields)) each.write(out, key, state[key]);
}

export function initialOf<F extends Fields>(fields: F): StateOf<F> {
  return readFields(fields, new URLSearchParams());
}
