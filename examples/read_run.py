"""Reads a sample and a run from Python: the same four ways, each by itself, and a plot.

    bye-splits simulate --particles photons --events 1000 --out photons
    bye-splits run both --in photons --out run
    python examples/read_run.py photons run response.png

Whichever of pandas, polars, DuckDB and awkward is installed is used; the plot needs matplotlib. The tables: docs/tables.md.
"""

import importlib.util
import sys


def has(module):
    return importlib.util.find_spec(module) is not None


def with_pandas(sample, run):
    """Median response of the most energetic cluster of each entry, by chain."""
    import pandas

    particles = pandas.read_parquet(f"{sample}/gen.parquet")
    clusters = pandas.read_parquet(f"{run}/clusters.parquet")
    best = clusters.sort_values("pt").groupby(["chain", "entry"]).last().reset_index()
    best = best.merge(particles[["entry", "gen_pt"]], on="entry")
    best["response"] = best.pt / best.gen_pt
    return best.groupby("chain").response.median().to_dict()


def with_polars(sample, run):
    """Split fraction by chain."""
    import polars

    events = polars.read_parquet(f"{run}/events.parquet")
    split = events.group_by("chain").agg(polars.col("is_split").cast(polars.Float64).mean())
    return dict(split.sort("chain").iter_rows())


def with_duckdb(sample, run):
    """Clusters and mean number of their trigger cells, by chain."""
    import duckdb

    rows = duckdb.sql(f"select chain, count(*), avg(n_tc) from '{run}/clusters.parquet' group by chain order by chain")
    return {chain: (n, cells) for chain, n, cells in rows.fetchall()}


def with_awkward(sample, run):
    """Trigger cells and their pt [GeV], entry by entry: the first three."""
    import awkward

    cells = awkward.from_parquet(f"{sample}/tc.parquet", columns=["entry", "tc_pt"])
    entries = awkward.unflatten(cells, awkward.run_lengths(cells.entry))
    return list(zip(awkward.num(entries)[:3].tolist(), awkward.sum(entries.tc_pt, axis=1)[:3].tolist()))


def plot(sample, run, out):
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt
    import pandas

    events = pandas.read_parquet(f"{run}/events.parquet")
    figure, axes = plt.subplots()
    for chain, rows in events.groupby("chain"):
        axes.hist(rows.response_en.dropna(), bins=60, range=(0.5, 1.5), histtype="step", label=chain)
    axes.set_xlabel("energy of the matched cluster / generated energy")
    axes.set_ylabel("particles")
    axes.legend()
    figure.savefig(out)


if __name__ == "__main__":
    sample, run = sys.argv[1:3]
    for name, read in [
        ("pandas", with_pandas),
        ("polars", with_polars),
        ("duckdb", with_duckdb),
        ("awkward", with_awkward),
    ]:
        print(f"{name}: {read(sample, run) if has(name) else 'not installed'}")
    if len(sys.argv) > 3 and has("matplotlib"):
        plot(sample, run, sys.argv[3])
        print(f"plot: {sys.argv[3]}")
