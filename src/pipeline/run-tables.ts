/** The tables of a run as its files have them. */
import { type Schema } from "../core/index.js";
import { RUN_TABLES } from "../events/index.js";
import { type Run } from "../io/index.js";

/** Schemas of the tables that a run has, by name, without columns that only runs on simulated samples have where it has none. */
export async function runSchemas(run: Run): Promise<Readonly<Record<string, Schema>>> {
  const schemas: Record<string, Schema> = {};
  for (const [name, all] of Object.entries<Schema>(RUN_TABLES)) {
    if (!Object.hasOwn(run.info.tables, name)) continue;
    const file = await run.openTable(name);
    try {
      const missing = file.missingColumns(all);
      schemas[name] = Object.fromEntries(Object.entries(all).filter(([column]) => !missing.includes(column)));
    } finally {
      await file.close();
    }
  }
  return schemas;
}
