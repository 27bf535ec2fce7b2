"""Copy-paste («klipp og lim»): wording that a document shares with national texts or other municipalities."""

from compliance.analyse.reuse.analyser import ReuseAnalyser

__all__ = ["ReuseAnalyser"]
