"""Whose document it is: a municipality's, a county's or a region's, or a national body's own."""

from __future__ import annotations

import re

from compliance.analyse.matching.names import find_municipality
from compliance.records import Reading

TITLE_PASSAGES = 5  # at a document's start, where it says whose it is

# Not «for kommuner og fylkeskommuner», which national strategies are.
_MUNICIPAL = re.compile(
    r"\b(?:(?:fylkes)?kommun(?:en?|ene|ane)s?|(?:kommunestyre|formannskap|rådmann)\w*)\b", re.IGNORECASE
)


def is_municipal(reading: Reading) -> bool:
    """Whether the document is a municipality's, a county's or a region's: by its profile, its text or its title page.

    Who speaks for all municipalities may be the author of any other document.
    """
    titles = reading.passages[:TITLE_PASSAGES]
    return find_municipality(reading) is not None or any(_MUNICIPAL.search(each.text) for each in titles)
