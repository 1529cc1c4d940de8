"""Parquet files and samples as other programs write them, for the tests of src/io.

    python3 -m venv venv && venv/bin/pip install pyarrow==26.0.1
    venv/bin/python scripts/make-parquet-fixtures.py test/fixtures/parquet
"""
import math
import os
import struct
import sys

import pyarrow as pa
import pyarrow.parquet as pq

out = sys.argv[1]
os.makedirs(out, exist_ok=True)


def f32(value):
    return struct.unpack("f", struct.pack("f", value))[0]


n = 150
numbers = {
    "small": [i % 7 - 3 for i in range(n)],
    "big": [(i - 75) * 10**15 for i in range(n)],
    "real": [f32(0.1 * i) if i != 5 else math.nan for i in range(n)],
    "double": [0.1 * i for i in range(n)],
    "flag": [i % 3 == 0 for i in range(n)],
    "name": ["default" if i % 100 else "cs" for i in range(n)],
}
wide = {"small": pa.int32(), "big": pa.int64(), "real": pa.float32(), "double": pa.float64(), "flag": pa.bool_(),
        "name": pa.string()}


def table(types, nullable=True, data=numbers):
    fields = [pa.field(name, types[name], nullable) for name in types]
    return pa.table([pa.array(data[f.name], f.type) for f in fields], schema=pa.schema(fields))


# As pandas and pyarrow write by default: nullable, dictionary, snappy.
pq.write_table(table(wide), f"{out}/snappy-dictionary.parquet", row_group_size=64)
pq.write_table(table(wide), f"{out}/zstd-v2.parquet", compression="zstd", data_page_version="2.0", data_page_size=300)
pq.write_table(table(wide, nullable=False), f"{out}/gzip-plain.parquet", compression="gzip", use_dictionary=False)
pq.write_table(table(wide, nullable=False), f"{out}/none-delta.parquet", compression="none", use_dictionary=False,
               column_encoding={"small": "DELTA_BINARY_PACKED", "big": "DELTA_BINARY_PACKED", "double": "BYTE_STREAM_SPLIT",
                                "real": "PLAIN", "flag": "RLE", "name": "DELTA_BYTE_ARRAY"})
# Integers wider and narrower than our schema has them, unsigned ones, reals and flags stored as integers.
pq.write_table(table({**wide, "small": pa.int64(), "flag": pa.int8()}, data={**numbers, "flag": [int(x) for x in numbers["flag"]]}),
               f"{out}/wide.parquet")
pq.write_table(table({"big": pa.int16(), "small": pa.uint32(), "real": pa.int32()}, nullable=False,
                     data={"big": [i - 9 for i in range(20)], "small": range(20), "real": range(20)}),
               f"{out}/narrow.parquet", use_dictionary=False)
pq.write_table(table({"small": pa.int64()}, data={"small": [1, 2, 3_000_000_000]}), f"{out}/too-large.parquet")
pq.write_table(table({"real": pa.float32()}, data={"real": [1.0, None, 3.0]}), f"{out}/null.parquet")
# Nulls in the second row group.
pq.write_table(table({"small": pa.int32(), "name": pa.string()}, data={"small": [None if i == 13 else i for i in range(20)],
                                                                      "name": [None if i == 17 else "x" for i in range(20)]}),
               f"{out}/null13.parquet", row_group_size=10)
pq.write_table(table({"list": pa.list_(pa.float32()), "item": pa.list_(pa.float32())},
                     data={"list": [None if i == 13 else [1.0] for i in range(20)],
                           "item": [[1.0, None if i == 17 else 2.0] for i in range(20)]}),
               f"{out}/null13-lists.parquet", row_group_size=10)
pq.write_table(table({"real": pa.list_(pa.float32())}, data={"real": [[1.0, 2.0], []]}), f"{out}/list.parquet")
pq.write_table(table({"real": pa.string()}, data={"real": ["1.0"]}), f"{out}/text.parquet")
pq.write_table(table(wide), f"{out}/lz4.parquet", compression="lz4")
with pq.ParquetWriter(f"{out}/empty-groups.parquet", table({"small": pa.int32()}, data={"small": []}).schema) as writer:
    for values in [[], [1, 2], [], [3]]:
        writer.write_table(table({"small": pa.int32()}, data={"small": values}))

# A sample without entries.parquet, entry columns, sample.json and optional columns. Entry 2 (event 13) has no TC,
# entry 1 (event 12) no cluster, and the row groups cut entries in two.
sample = f"{out}/foreign-sample"
os.makedirs(sample, exist_ok=True)
events = [11, 12, 13, 14]
gen = {"event": events, "gen_eta": [2.0, 1.8, 2.4, 2.9], "gen_phi": [0.1, 3.1, -2.0, 1.0], "gen_en": [50.0, 60.0, 70.0, 80.0],
       "gen_pt": [13.0, 19.0, 12.0, 9.0]}
cl3d = {"event": [11, 11, 13, 14], "cl3d_id": [1, 2, 3, 4_000_000_000], "cl3d_en": [48.0, 2.0, 69.0, 75.0],
        "cl3d_pt": [12.0, 0.5, 11.0, 8.0], "cl3d_eta": [2.01, 1.5, 2.4, 2.9], "cl3d_phi": [0.1, -1.0, -2.0, 1.2]}
tcs = [11] * 5 + [12] * 4 + [14] * 7
tc = {"event": tcs,
      "tc_layer": [1 + 4 * (i % 12) for i in range(16)],
      "tc_wu": [-999 if i % 5 == 4 else i % 3 for i in range(16)],
      "tc_wv": [-999 if i % 5 == 4 else i % 4 for i in range(16)],
      "tc_cu": [i % 8 for i in range(16)], "tc_cv": [i % 6 for i in range(16)],
      **{f"tc_{name}": [f32(k + 0.3 * i) for i in range(16)]
         for k, name in enumerate(["x", "y", "z", "eta", "phi", "energy", "pt", "mipPt"])}}


def inferred(data):
    return pa.table({name: pa.array(values) for name, values in data.items()})


pq.write_table(inferred(gen), f"{sample}/gen.parquet")
pq.write_table(inferred(cl3d), f"{sample}/cl3d.parquet")
pq.write_table(inferred(tc), f"{sample}/tc.parquet", row_group_size=4, store_schema=False, write_statistics=False)

# A cache of the reference: one event a row, lists of what its skim kept; src/pipeline/import.test.ts has the same numbers.
good = {"event": [100 + e for e in range(4)]}
for name in ["exeta", "exphi", "energy"]:
    good["good_genpart_" + name] = [[1.5 + e] for e in range(4)]
for name in ["energy", "pt", "eta", "phi"]:
    good["good_cl3d_" + name] = [[1.5 + e, 2.0] for e in range(4)]
for name in ["layer", "waferu", "waferv", "cellu", "cellv", "x", "y", "z", "eta", "phi", "energy", "pt", "mipPt"]:
    good["good_tc_" + name] = [[e + k for k in range(e % 3)] for e in range(4)]
integers = {"good_tc_" + name for name in ["layer", "waferu", "waferv", "cellu", "cellv"]}
pq.write_table(
    pa.table({name: pa.array(values, pa.int64() if name == "event" else pa.list_(pa.int32() if name in integers else pa.float32()))
              for name, values in good.items()}),
    os.path.join(out, "good-events.parquet"), row_group_size=3)
