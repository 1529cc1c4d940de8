/** Events for Phoenix in the loader of the published package, which is no dependency: it is fetched from the npm registry, without its own. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { type Group, type Object3D } from "three";
import { build } from "vite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { CHAIN_NAMES, createChain, createNtupleClusters, DEFAULT_PARAMS } from "../../src/chain/index.js";
import { createGeometry } from "../../src/detector/index.js";
import { createSkim, DEFAULT_SKIM, simulateEvents } from "../../src/events/index.js";
import { eventContent, phoenixEvent } from "../../src/io/index.js";

const VERSION = "3.0.5";
let folder = "";

/** What of the package is used here, with its menus and managers away. */
interface Phoenix {
  readonly PhoenixLoader: {
    readonly prototype: {
      addCollection(
        this: unknown,
        objects: readonly object[],
        name: string,
        get: unknown,
        type: string,
        to: Group,
      ): void;
    };
  };
  readonly PhoenixObjects: { readonly getCluster: unknown; readonly getIrregularCaloCell: unknown };
  readonly Group: new () => Group;
}

/** Undefined where the registry does not answer. */
async function loadPhoenix(): Promise<Phoenix | undefined> {
  try {
    const run = (file: string, ...args: string[]): string =>
      execFileSync(file, args, { cwd: folder, encoding: "utf8", timeout: 60_000, stdio: ["ignore", "pipe", "ignore"] });
    const packed = run("npm", "pack", `phoenix-event-display@${VERSION}`, "--silent").trim();
    run("tar", "xzf", packed);
  } catch {
    return undefined;
  }
  const dist = join(folder, "package/dist");
  const three = dirname(dirname(createRequire(import.meta.url).resolve("three")));
  const entry = join(folder, "entry.js");
  const parts = [
    `export { PhoenixLoader } from ${JSON.stringify(join(dist, "loaders/phoenix-loader.js"))};`,
    `export { PhoenixObjects } from ${JSON.stringify(join(dist, "loaders/objects/phoenix-objects.js"))};`,
    `export { Group } from "three";`,
  ];
  writeFileSync(entry, parts.join("\n"));
  const stub = "\0stub";
  await build({
    configFile: false,
    root: folder,
    logLevel: "silent",
    resolve: { alias: [{ find: /^three(?=\/|$)/, replacement: three }] },
    build: {
      lib: { entry, formats: ["es"], fileName: () => "phoenix.mjs" },
      outDir: join(folder, "out"),
      minify: false,
    },
    plugins: [
      {
        name: "loader-alone",
        enforce: "pre",
        resolveId(id) {
          if (id === stub) return id;
          return /managers|lib\/models|helpers\/labels|^lodash$/.test(id) ? stub : null;
        },
        load(id) {
          if (id === stub) {
            const names = ["Cut", "LoadingManager", "StateManager", "DatGUIMenuUI", "PhoenixMenuUI"];
            return `${names.map((name) => `export class ${name} {}`).join("\n")}\nexport const getLabelTitle = () => "";`;
          }
          return null;
        },
      },
    ],
  });
  return (await import(pathToFileURL(join(folder, "out/phoenix.mjs")).href)) as Phoenix;
}

let phoenix: Phoenix | undefined;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "bye-splits-phoenix-loader-"));
  phoenix = await loadPhoenix();
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("Phoenix's own loader puts clusters where they are, in both endcaps [needs the npm registry]", (context) => {
  if (phoenix === undefined) return context.skip(`phoenix-event-display ${VERSION} cannot be fetched`);
  const { PhoenixLoader, PhoenixObjects, Group: MadeGroup } = phoenix;
  const geometry = createGeometry("V11");
  const chunk = simulateEvents({ particles: "photons", pileup: 0, seed: 5, geometry }, 1, 12);
  const batch = createSkim({ ...DEFAULT_SKIM, particles: "photons", endcap: "both" }).skim(
    createNtupleClusters()(chunk),
  );
  const all = { ...DEFAULT_PARAMS, base: { ...DEFAULT_PARAMS.base, EtaMin: 0, EtaMax: 100 } };
  let compared = 0;
  for (const chain of CHAIN_NAMES) {
    const { clusters, assignment } = createChain(chain, all, { selection: { kind: "all" } })(batch);
    for (let i = 0; i < batch.entries.rows; i++) {
      const content = eventContent(batch, i, geometry);
      const seeds = new Int32Array(content.n).fill(-1);
      for (let k = 0; k < assignment.rows; k++) {
        if (assignment.columns.entry[k] === i) seeds[assignment.columns.tc_row[k]] = assignment.columns.seed_idx[k];
      }
      const { entry, seed_idx, en, pt, eta, phi, x, y, z } = clusters.columns;
      const rows = [...entry.keys()].filter((c) => entry[c] === i);
      const named = rows.map((c) => ({ seed: seed_idx[c], energy: en[c], pt: pt[c], eta: eta[c], phi: phi[c] }));
      const event = phoenixEvent(content, { [chain]: { clusters: named, assignment: seeds } }, "");
      const group = new MadeGroup();
      for (const [name, objects] of Object.entries(event.CaloClusters ?? {})) {
        // As its addObjectType does.
        PhoenixLoader.prototype.addCollection.call({}, objects, name, PhoenixObjects.getCluster, "CaloClusters", group);
      }
      const towers = group.children.flatMap((collection): Object3D[] => collection.children);
      expect(towers.length).toBe(rows.length);
      for (const [k, c] of rows.entries()) {
        const { position } = towers[k];
        expect(position.x / position.z).toBeCloseTo(x[c] / z[c], 4);
        expect(position.y / position.z).toBeCloseTo(y[c] / z[c], 4);
        expect(position.z).toBeCloseTo(3600 * Math.sign(z[c]), 0);
        compared++;
      }
    }
  }
  expect(compared).toBeGreaterThan(20);
});
