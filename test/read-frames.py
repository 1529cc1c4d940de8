"""Prints every frame of an HDF5 file as JSON: what pandas makes of it, and its columns as h5py finds them."""

import json
import sys
import warnings

import h5py
import numpy
import pandas

warnings.simplefilter("ignore")
path = sys.argv[1]
with pandas.HDFStore(path, "r") as store:
    keys = store.keys()


def plain(values):
    return [None if value != value else value for value in values.tolist()]


frames = {}
for key in keys:
    frame = pandas.read_hdf(path, key)
    frames[key[1:]] = {
        "index": {"name": frame.index.name, "values": plain(frame.index.values)},
        "columns": {name: plain(frame[name].values) for name in frame.columns},
        "types": {name: str(frame[name].dtype) for name in frame.columns},
    }
with h5py.File(path, "r") as file:
    for key, frame in frames.items():
        numbers = {name: value for name, value in file[key].attrs.items() if isinstance(value, numpy.floating)}
        frame["attributes"] = {name: float(value) for name, value in numbers.items()}
        frame["h5py"] = [name.decode() for name in file[key]["axis0"][:]]
print(json.dumps(frames))
