"""What uproot reads from the branches of ROOT files, as one line of JSON a branch: src/io/node/root-reference.test.ts compares.

Usage: python scripts/root-digests.py FILE...
A line has file, tree, branch and a sha256 over the offsets of every level (int32) and the values (native type,
little-endian; strings joined by zero bytes). Branches that uproot cannot read have "error" instead.
"""

import hashlib
import json
import sys

import awkward as ak
import numpy as np
import uproot


# Where uproot misreads a container it makes room for up to 2^32 items before it fails: minutes of page faults.
MOST_ITEMS = 1 << 20
make_room = np.empty


def limited(shape, *args, **kwargs):
    if isinstance(shape, (int, np.integer)) and shape > MOST_ITEMS and kwargs.get("dtype") == np.dtype(object):
        raise MemoryError(f"{shape} items")
    return make_room(shape, *args, **kwargs)


np.empty = limited


def digest(array):
    sha = hashlib.sha256()
    while True:
        kind = array.type.content
        if isinstance(kind, ak.types.RegularType):
            array = ak.flatten(array, axis=1)
        elif isinstance(kind, ak.types.ListType) and kind.parameters.get("__array__") != "string":
            offsets = np.concatenate([[0], np.cumsum(ak.to_numpy(ak.num(array, axis=1)))])
            sha.update(offsets.astype("<i4").tobytes())
            array = ak.flatten(array, axis=1)
        else:
            break
    if isinstance(kind, ak.types.ListType):
        sha.update("\0".join(ak.to_list(array)).encode())
    else:
        values = ak.to_numpy(array)
        sha.update(values.astype(values.dtype.newbyteorder("<")).tobytes())
    return sha.hexdigest()


def branches(parent, path=""):
    for branch in parent.branches:
        yield path + branch.name, branch
        yield from branches(branch, path + branch.name + "/")


for file in sys.argv[1:]:
    with uproot.open(file) as directory:
        for tree, kind in directory.classnames(cycle=False).items():
            if kind not in ("TTree", "TNtuple"):
                continue
            for path, branch in branches(directory[tree]):
                row = {"file": file, "tree": tree, "branch": path}
                try:
                    row["sha256"] = digest(branch.array(library="ak"))
                except Exception as error:
                    row["error"] = type(error).__name__
                print(json.dumps(row))
