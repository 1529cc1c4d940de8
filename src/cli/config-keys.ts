/** Keys of a configuration file that are none of ours: slips of the pen, keys of the reference, strangers. */
import { editDistance } from "../core/index.js";
import { isReferenceKey, isReferenceSection } from "./reference-keys.js";

/** Our key that was meant: another case, or at most two letters away and fewer than the key has. */
export function meantKey(key: string, ours: readonly string[]): string | undefined {
  const distances = ours.map((name) => {
    const distance = editDistance(key, name);
    const same = key.toLowerCase() === name.toLowerCase();
    return { name, distance: same ? 0 : distance < Math.max(key.length, name.length) ? distance : Infinity };
  });
  return distances.filter(({ distance }) => distance <= 2).toSorted((a, b) => a.distance - b.distance)[0]?.name;
}

/** Gathers what is not understood, for one line. */
export class StrangeKeys {
  readonly #known = new Map<string, string[]>();
  readonly #strange = new Map<string, string[]>();

  /** A key, or with `key` undefined a whole section. The key that was meant, for an error. */
  take(section: string, key: string | undefined, ours: readonly string[]): string | undefined {
    const known = key === undefined ? isReferenceSection(section) : isReferenceKey(section, key);
    const meant = known ? undefined : meantKey(key ?? section, ours);
    if (meant !== undefined) return meant;
    const lists = known ? this.#known : this.#strange;
    const list = lists.get(section) ?? [];
    if (key !== undefined) list.push(key);
    lists.set(section, list);
    return undefined;
  }

  /** All of them by name: "base.FesAlgo", "fill". */
  names(): string[] {
    return [...this.#known, ...this.#strange].flatMap(([section, keys]) =>
      keys.length === 0 ? [section] : keys.map((key) => `${section}.${key}`),
    );
  }

  /** "not used here: base.FesAlgo, seed (2 keys), fill; unknown: foo"; undefined when all was understood. */
  sentence(): string | undefined {
    const parts = [
      ["keys of the reference without a meaning here", this.#known],
      ["unknown keys", this.#strange],
    ] as const;
    const sentences = parts
      .filter(([, lists]) => lists.size > 0)
      .map(([title, lists]) => `${title}: ${shortened([...lists].map(named)).join(", ")}`);
    return sentences.length === 0 ? undefined : sentences.join("; ");
  }
}

function named([section, keys]: readonly [string, readonly string[]]): string {
  if (keys.length === 0) return section;
  return keys.length > 2 ? `${section} (${keys.length} keys)` : keys.map((key) => `${section}.${key}`).join(", ");
}

function shortened(names: readonly string[]): readonly string[] {
  return names.length > 20 ? [...names.slice(0, 20), `${names.length - 20} more`] : names;
}
