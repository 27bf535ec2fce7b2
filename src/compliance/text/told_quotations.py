"""A sentence that is a quotation, with whose words they are told after it: «…», heter det i strategien til KS."""

from __future__ import annotations

import re

_OWN = r"\b(?:samfunnsdel|kommuneplan|økonomiplan|vår|våre|vårt|kommunen|kommunens)\w*"
_TOLD = re.compile(
    r"\W*[«“\"][^»”\"]{14,}[»”\"][,.]?\s+(?:heter|heiter|står|skriver|skriv|sier|seier|lyder|lyd|er) "
    rf"(?![^.;]*{_OWN})[^.;]*\W*",
    re.IGNORECASE,
)


def is_told_quotation(sentence: str) -> bool:
    """Tell whether the sentence quotes another; words of the municipality's own plans are its own."""
    return _TOLD.fullmatch(sentence) is not None
