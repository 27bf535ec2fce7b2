"""Whose words a passage is: another document's, quoted or copied, or the municipality's own."""

from compliance.analyse.attribution.analyser import AttributionReader, Attributions
from compliance.analyse.attribution.spans import lies_within

__all__ = ["AttributionReader", "Attributions", "lies_within"]
