/** Real schedulers of one node, started from the shared tools where these are. */
import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const tools = join(process.env["BYE_SPLITS_SHARED"] ?? join(root, "../shared"), "tools");

export interface Cluster {
  readonly engine: "slurm" | "htcondor";
  /** Set before a command, it runs as a user whose jobs the scheduler takes. */
  readonly as: readonly string[];
  readonly env: Record<string, string>;
  /** Lets the user of `as` write to a folder. */
  open(folder: string): void;
}

/** What a shell has in its environment after a script. */
function sourced(file: string): Record<string, string> {
  const { stdout } = spawnSync("bash", ["-c", `. "$1" && env -0`, "bash", file], { encoding: "utf8" });
  return Object.fromEntries(
    stdout
      .split("\0")
      .filter(Boolean)
      .map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
  );
}

function up(tool: string, env: Record<string, string> = {}): boolean {
  const path = join(tools, tool);
  if (!existsSync(path)) return false;
  return spawnSync(path, ["up"], { stdio: "ignore", env: { ...process.env, ...env } }).status === 0;
}

export function slurm(): Cluster | undefined {
  if (!up("slurm-up.sh", { SLURM_FAKE_CPUS: "16" })) return undefined;
  const folder = process.env["SLURM_DIR"] ?? join(tmpdir(), "bye-splits-slurm");
  return { engine: "slurm", as: [], env: sourced(join(folder, "env")), open: () => {} };
}

export function htcondor(): Cluster | undefined {
  if (!up("condor-up.sh")) return undefined;
  const folder = process.env["CONDOR_DIR"] ?? join(tmpdir(), "bye-splits-condor");
  const as = join(folder, "as");
  return {
    engine: "htcondor",
    as: [as],
    env: sourced(join(folder, "env")),
    open(path) {
      if (process.getuid?.() !== 0) return;
      const id = (flag: string): number => Number(spawnSync(as, ["id", flag], { encoding: "utf8" }).stdout);
      chownSync(path, id("-u"), id("-g"));
      chmodSync(path, 0o755);
    },
  };
}
