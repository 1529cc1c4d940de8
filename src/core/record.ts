/**
 * Records of computed keys that all have one shape. An object that gets its keys one by one becomes a hash table after
 * about 16 of them, and code compiled for the shape of one object is thrown away for another one: the columns of tables are
 * read in the hottest loops. What is parsed has its keys in fixed places, the same for the same keys.
 */
interface Shape {
  readonly text: string;
  /** V8 forgets a shape that no object has. */
  readonly specimen: object;
}

/** By what is behind the records, and by their names. */
const shapes = new Map<object, Map<string, Shape>>();

/** The record of `valueOf` each name; what it has not is looked up in the prototype `behind`. */
export function recordOf<K extends string, T>(
  names: readonly K[],
  valueOf: (name: K, i: number) => T,
  behind: object = Object.prototype,
): Record<K, T> {
  const record = parsed<T>(shapeOf(names, behind).text, behind) as Record<K, T>;
  for (const [i, name] of names.entries()) record[name] = valueOf(name, i);
  return record;
}

function shapeOf(names: readonly string[], behind: object): Shape {
  let known = shapes.get(behind);
  if (known === undefined) shapes.set(behind, (known = new Map<string, Shape>()));
  const key = JSON.stringify(names);
  let shape = known.get(key);
  if (shape === undefined) {
    const text = `{${names.map((name) => `${JSON.stringify(name)}:null`).join()}}`;
    known.set(key, (shape = { text, specimen: parsed(text, behind) }));
  }
  return shape;
}

function parsed<T>(text: string, behind: object): Record<string, T> {
  const record = JSON.parse(text) as Record<string, T>;
  return behind === Object.prototype ? record : (Object.setPrototypeOf(record, behind) as typeof record);
}
