# CMSSW writes the ntuple that `bye-splits skim` reads: trigger cells, generated particles, and CMSSW's own clusters.
#
#   cmsrel CMSSW_14_0_9 && cd CMSSW_14_0_9/src && cmsenv
#   cmsRun cmssw_ntuple.py inputFiles=file:step2.root outputFile=ntuple.root maxEvents=100
#   bye-splits skim ntuple.root --particles photons --out sample
#
# The input holds digis of HGCAL (GEN-SIM-DIGI-RAW) of a geometry whose trigger cells are those of `bye-splits geometry`, or for which `geometry import` has read
# others. With another release take its names of era and geometry. It needs CMSSW: no test of ours runs it.
import FWCore.ParameterSet.Config as cms
from Configuration.Eras.Era_Phase2C17I13M9_cff import Phase2C17I13M9
from FWCore.ParameterSet.VarParsing import VarParsing

options = VarParsing("analysis")
options.parseArguments()

process = cms.Process("NTUPLE", Phase2C17I13M9)
process.load("Configuration.StandardSequences.Services_cff")
process.load("FWCore.MessageService.MessageLogger_cfi")
process.load("Configuration.Geometry.GeometryExtended2026D88Reco_cff")
process.load("Configuration.StandardSequences.MagneticField_cff")
process.load("Configuration.StandardSequences.FrontierConditions_GlobalTag_cff")

from Configuration.AlCa.GlobalTag import GlobalTag

process.GlobalTag = GlobalTag(process.GlobalTag, "auto:phase2_realistic_T21", "")

process.source = cms.Source("PoolSource", fileNames=cms.untracked.vstring(options.inputFiles))
process.maxEvents = cms.untracked.PSet(input=cms.untracked.int32(options.maxEvents))
process.TFileService = cms.Service("TFileService", fileName=cms.string(options.outputFile))

# The emulator of the trigger: front end with a threshold on trigger cells, no other selection; then Stage 1 and 2, whose clusters are the cl3d.
process.load("L1Trigger.L1THGCal.hgcalTriggerPrimitives_cff")
from L1Trigger.L1THGCal.customTriggerCellSelect import custom_triggercellselect_threshold

process = custom_triggercellselect_threshold(process)

# The ntuple, as the tree hgcalTriggerNtuplizer/HGCalTriggerNtuple.
process.load("L1Trigger.L1THGCalUtilities.hgcalTriggerNtuples_cff")

process.primitives = cms.Path(process.L1THGCalTriggerPrimitives)
process.ntuple = cms.Path(process.L1THGCalTriggerNtuples)
process.schedule = cms.Schedule(process.primitives, process.ntuple)
