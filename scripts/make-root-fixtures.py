"""Writes test/fixtures/root with ROOT itself (pip install ROOT; made with 6.40.00). src/io/node/root-read.test.ts knows
the values: branch by branch they follow from the entry number.

Usage: python scripts/make-root-fixtures.py
"""

import os
import pathlib

import awkward as ak
import numpy as np
import ROOT
import uproot

OUT = pathlib.Path(__file__).parent.parent / "test" / "fixtures" / "root"

ROOT.gSystem.Load("libPhysics")
ROOT.gInterpreter.Declare(
    r"""
struct Leaves { int a; float b; };
struct Values {
  bool o; char b; unsigned char ub; short s; unsigned short us; int i; unsigned int ui;
  long long l; unsigned long long ul; float f; double d;
  float a3[3]; double m23[2][3]; int n; float xn[100]; int yn[100][2]; bool on[100]; char text[500];
  std::vector<bool> vo; std::vector<char> vb; std::vector<unsigned char> vub; std::vector<short> vs;
  std::vector<unsigned short> vus; std::vector<int> vi; std::vector<unsigned int> vui; std::vector<long> vl;
  std::vector<unsigned long> vul; std::vector<long long> vll; std::vector<float> vf; std::vector<double> vd;
  std::vector<std::vector<float>> vvf; std::vector<std::string> vstring; std::string string;
  std::set<int> seti; std::list<float> listf; Float16_t f16;
};
Values v;
Leaves leaves;
TString tstring;
TString* tstringPointer = &tstring;
TLorentzVector vector4;
TClonesArray* points = new TClonesArray("TVector3");

void fill(int e) {
  v.o = e % 3 == 0; v.b = e - 5; v.ub = 200 + e; v.s = -1000 * e; v.us = 60000 + e; v.i = -100000 * e;
  v.ui = 4000000000u + e; v.l = -5000000000LL * e; v.ul = 18000000000000000000ull + e; v.f = 1.5f * e + 0.25f; v.d = 3.25 * e + 0.1;
  for (int k = 0; k < 3; k++) v.a3[k] = e + 0.25f * k;
  for (int k = 0; k < 6; k++) v.m23[k / 3][k % 3] = 10 * e + k;
  v.n = (7 * e) % 5;
  for (int k = 0; k < v.n; k++) { v.xn[k] = e + 0.5f * k; v.yn[k][0] = e; v.yn[k][1] = -k; v.on[k] = (e + k) % 2; }
  std::string text(e == 6 ? 300 : e % 3, 'a' + e);
  strcpy(v.text, text.c_str()); v.string = text; tstring = text;
  int m = (5 * e) % 4;
#define FILL(name, value) v.name.clear(); for (int k = 0; k < m; k++) v.name.push_back(value);
  FILL(vo, (k + e) % 2 == 0) FILL(vb, k - e) FILL(vub, 250 - k) FILL(vs, -1000 * k) FILL(vus, 65000 + k) FILL(vi, -100000 * k)
  FILL(vui, 4000000000u + k) FILL(vl, -5000000000L * k) FILL(vul, 18000000000000000000ul + k) FILL(vll, -7000000000LL * k)
  FILL(vf, e + 0.25f * k) FILL(vd, 0.1 * k - e) FILL(vstring, text + "é") FILL(listf, k + e) FILL(vvf, std::vector<float>(k, e + 0.5f * k))
  v.seti.clear(); for (int k = 0; k < m; k++) v.seti.insert(k + e);
  v.f16 = 0.5 * e; leaves = {e, 0.5f * e};
  vector4.SetPxPyPzE(e, -e, 0.5 * e, 100 + e);
  points->Clear(); for (int k = 0; k < m; k++) new ((*points)[k]) TVector3(k, e, -k);
}

void make(const char* out, int compression, const char* how) {
  TString mode(how);
  TFile file(out, "RECREATE", "", compression);
  auto directory = file.mkdir("outer")->mkdir("inner");
  directory->cd();
  auto tree = new TTree("tree", "kinds of branches");
  if (mode == "sizes") { ROOT::TIOFeatures features; features.Set("kGenerateOffsetMap"); tree->SetIOFeatures(features); }
#define LEAF(name, type) tree->Branch(#name, &v.name, #name type);
#define OBJECT(name) tree->Branch(#name, &v.name);
  LEAF(n, "/I") LEAF(xn, "[n]/F") OBJECT(vf) OBJECT(string)
  if (mode != "few" && mode != "sizes") {
    LEAF(o, "/O") LEAF(b, "/B") LEAF(ub, "/b") LEAF(s, "/S") LEAF(us, "/s") LEAF(i, "/I") LEAF(ui, "/i") LEAF(l, "/L") LEAF(ul, "/l")
    LEAF(f, "/F") LEAF(d, "/D") LEAF(a3, "[3]/F") LEAF(m23, "[2][3]/D") LEAF(yn, "[n][2]/I") LEAF(on, "[n]/O") LEAF(text, "/C")
    LEAF(f16, "/f")
    tree->Branch("renamed", &v.i, "other/I");
    tree->Branch("leaves", &leaves, "a/I:b/F");
    OBJECT(vo) OBJECT(vb) OBJECT(vub) OBJECT(vs) OBJECT(vus) OBJECT(vi) OBJECT(vui) OBJECT(vl) OBJECT(vul) OBJECT(vll) OBJECT(vd)
    OBJECT(vvf) OBJECT(vstring) OBJECT(seti) OBJECT(listf)
    tree->Branch("tstring", "TString", &tstringPointer);
    tree->Branch("vector4", &vector4, 32000, 0);
    tree->Branch("points", &points);
  }
  tree->SetAutoFlush(5);
  for (int e = 0; e < 12; e++) { fill(e); tree->Fill(); }
  // Written as any object, a tree keeps the baskets that are not full yet in its own record.
  if (mode == "embedded") directory->WriteTObject(tree);
  else tree->Write();
  file.Close();
}
"""
)

os.chdir(OUT)
for name, compression, how in [
    ("kinds", 101, "all"),
    ("embedded", 101, "embedded"),
    ("lzma", 207, "few"),
    ("lz4", 404, "few"),
    ("zstd", 505, "few"),
    ("sizes", 101, "sizes"),
]:
    # A file keeps the path that it was opened with.
    ROOT.make(f"{name}.root", compression, how)

# Two cycles of a tree with floats only.
file = ROOT.TFile("tntuple.root", "RECREATE")
ntuple = ROOT.TNtuple("ntuple", "floats", "x:y")
for i in range(5):
    ntuple.Fill(i, 0.5 * i)
    if i == 2:
        ntuple.Write()
ntuple.Write()
file.Close()

# The successor of trees, which we do not read.
model = ROOT.RNTupleModel.Create()
model.MakeField["int"]("x")
writer = ROOT.RNTupleWriter.Recreate(model, "events", "rntuple.root")
writer.Fill(writer.CreateEntry())
del writer

# Cycles: "kept" has its first key kept (ROOT writes its cycle as -1), so the numbers do not tell which one is meant; "both"
# is a tree and then an RNTuple of that name.
file = ROOT.TFile("cycles.root", "RECREATE")
for name, entries in [("kept", 2), ("kept", 3), ("both", 1)]:
    tree = ROOT.TNtuple(name, "floats", "x")
    for i in range(entries):
        tree.Fill(i)
    tree.Write()
    if entries == 2:
        file.GetKey(name).Keep()
    tree.SetDirectory(ROOT.nullptr)
model = ROOT.RNTupleModel.Create()
model.MakeField["int"]("x")
writer = ROOT.RNTupleWriter.Append(model, "both", file)
writer.Fill(writer.CreateEntry())
del writer
file.Close()

# Chunks without entries at the beginning, in the middle and at the end make baskets without entries.
for_uproot = {"x": "float32", "v": "var * int32"}
with uproot.recreate("empty-baskets.root") as out:
    out.mktree("tree", for_uproot)
    for first, end in [(0, 0), (0, 3), (3, 3), (3, 3), (3, 5), (5, 5)]:
        x = np.arange(first, end)
        lists = [list(range(i)) for i in x]
        out["tree"].extend({"x": x.astype("float32"), "v": ak.values_astype(ak.Array(lists + [[1]])[:-1], "int32")})
