"""Whose words a passage is: another document's, quoted or copied, or the municipality's own."""

from compliance.analyse.borrowed.analyser import BorrowedAnalyser
from compliance.analyse.borrowed.stretches import Stretch, lies_within

__all__ = ["BorrowedAnalyser", "Stretch", "lies_within"]
