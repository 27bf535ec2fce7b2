"""Whose words a passage is: another document's, quoted or copied, or the municipality's own."""

from compliance.analyse.attribution.analyser import AttributionAnalyser
from compliance.analyse.attribution.spans import lies_within

__all__ = ["AttributionAnalyser", "lies_within"]
