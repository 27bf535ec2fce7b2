"""Whose words a passage is: another document's, quoted or copied, or the municipality's own."""

from compliance.analyse.attribution.analyser import AttributionAnalyser
from compliance.analyse.attribution.spans import Stretch, lies_within

__all__ = ["AttributionAnalyser", "Stretch", "lies_within"]
