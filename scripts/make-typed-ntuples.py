"""Writes an ntuple whose branches are all of one type, with uproot or ROOT, from the JSON on standard input:
{"tree": ..., "columns": {name: {"values": [...], "offsets": [...] or null}}}.

Usage: python scripts/make-typed-ntuples.py uproot|ROOT TYPE OUT   (TYPE as numpy calls it)
"""

import json
import sys

import numpy as np

writer, dtype, out = sys.argv[1:]
job = json.load(sys.stdin)
dtype = np.dtype(dtype)


def column(values, offsets):
    values = np.array(values, dtype=dtype)
    return values if offsets is None else [values[a:b] for a, b in zip(offsets, offsets[1:])]


columns = {name: column(**each) for name, each in job["columns"].items()}
if writer == "uproot":
    import awkward as ak
    import uproot

    def array(rows):
        if isinstance(rows, np.ndarray):
            return rows
        counts = [len(row) for row in rows]
        return ak.unflatten(np.concatenate(rows), counts)

    arrays = {name: array(rows) for name, rows in columns.items()}
    with uproot.recreate(out) as file:
        types = {name: each.dtype if isinstance(each, np.ndarray) else f"var * {dtype}" for name, each in arrays.items()}
        file.mktree(job["tree"], types)
        file[job["tree"]].extend(arrays)
else:
    import ROOT

    cpp = {
        "bool": "bool", "int8": "char", "uint8": "unsigned char", "int16": "short", "uint16": "unsigned short", "int32": "int",
        "uint32": "unsigned int", "int64": "Long64_t", "uint64": "ULong64_t", "float32": "float", "float64": "double",
    }[dtype.name]
    file = ROOT.TFile(out, "RECREATE")
    folder, name = job["tree"].split("/")
    file.mkdir(folder).cd()
    tree = ROOT.TTree(name, "")
    code = [f"{cpp} number_{name}; std::vector<{cpp}> vector_{name};" for name in columns]
    ROOT.gInterpreter.Declare("\n".join(code))
    for name, rows in columns.items():
        kind = "number" if isinstance(rows, np.ndarray) else "vector"
        ROOT.gInterpreter.ProcessLine(f'((TTree*){ROOT.addressof(tree)})->Branch("{name}", &{kind}_{name});')
    for i in range(3):
        for name, rows in columns.items():
            if isinstance(rows, np.ndarray):
                ROOT.gInterpreter.ProcessLine(f"number_{name} = {int(rows[i])};")
            else:
                values = ", ".join(str(int(value)) for value in rows[i])
                ROOT.gInterpreter.ProcessLine(f"vector_{name} = {{{values}}};")
        tree.Fill()
    tree.Write()
    file.Close()
