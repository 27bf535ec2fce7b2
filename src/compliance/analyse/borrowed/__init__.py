"""Whose words a passage is: another document's, quoted or copied, or the municipality's own."""

from compliance.analyse.borrowed.analyser import BorrowedAnalyser

__all__ = ["BorrowedAnalyser"]
