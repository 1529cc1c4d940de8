"""Results as bye_splits writes them with pandas, for the tests of `import`: clusters at three radii, and statistics of the phi bins.

    python3 -m venv venv && venv/bin/pip install pandas==3.1.1 tables==3.11.1
    venv/bin/python scripts/make-study-imports.py test/fixtures/studies
"""
import os
import sys

import numpy as np
import pandas as pd

out = sys.argv[1]
os.makedirs(out, exist_ok=True)
# The digits of the file do not depend on when and by whom it is made.
random = np.random.default_rng(7)
EVENTS = 40
gen = pd.DataFrame({
    "event": np.arange(1000, 1000 + EVENTS, dtype="int64"),
    "gen_eta": random.uniform(1.7, 2.7, EVENTS),
    "gen_phi": random.uniform(-np.pi, np.pi, EVENTS),
    "gen_en": random.uniform(50, 500, EVENTS),
})


def clusters(radius):
    """Of the larger part of the events one cluster, of some two; a small radius loses energy, and some events."""
    share = 1 - np.exp(-radius / 0.006)
    rows = []
    for event in gen.itertuples():
        if radius < 0.005 and event.event % 4 == 0:
            continue
        for seed in range(2 if event.event % 5 == 0 else 1):
            part = share * (0.6 if event.event % 5 == 0 and seed == 0 else 0.4 if event.event % 5 == 0 else 1)
            rows.append({
                "event": event.event, "seed_idx": float(seed), "en": event.gen_en * part * random.normal(1, 0.05),
                "eta": event.gen_eta + random.normal(0, 0.004) + 0.03 * seed, "phi": event.gen_phi + random.normal(0, 0.004),
            })
    frame = pd.DataFrame(rows).set_index(["event", "seed_idx"])
    frame = frame.join(gen.set_index("event"), on="event", how="inner")
    frame["dR"] = np.sqrt((abs(frame.eta) - abs(frame.gen_eta)) ** 2 + (frame.phi - frame.gen_phi) ** 2)
    frame["matches"] = frame.dR <= 0.05
    frame["pt"] = frame.en / np.cosh(frame.eta)
    frame["gen_pt"] = frame.gen_en / np.cosh(frame.gen_eta)
    frame["pt_norm"] = frame.pt / frame.gen_pt
    frame["en_norm"] = frame.en / frame.gen_en
    return frame


with pd.HDFStore(f"{out}/cluster_size_photons_PU0.hdf5", "w") as store:
    for radius in (0.003, 0.01, 0.02):
        store[f"coef_{radius:.3f}".replace(".", "p")] = clusters(radius)
    store["coef_0p000"] = clusters(0.01).iloc[:0]

stats = pd.DataFrame({"ipar": [0.0, 0.5, 1.0], "c_loc1": [180, 175, 160], "c_loc2": [20, 25, 40], "c_rem1": [165] * 3, "c_rem2": [35] * 3})
for side, name in (("loc", "locrat"), ("rem", "remrat")):
    for n in (1, 2):
        stats[f"{name}{n}"] = stats[f"c_{side}{n}"] / 200
stats.to_csv(f"{out}/stats.csv", index=False)
