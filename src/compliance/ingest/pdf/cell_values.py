"""What a table's cell holds: an amount, a time, or words."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"[-–−+(]?\s*(?:kr\.?\s*)?\d[\d\s.,]*\)?\s*(?:%|kr|mill\.?|pst\.?)?|[-–−]|0", re.IGNORECASE)
_TIME = re.compile(
    r"(?:(?:innen|innan|fra|frå|våren|høsten|hausten|vår|høst|haust|q[1-4]|[1-4]\.\s?(?:kvartal|tertial))\s+)*"
    r"(?:19|20)\d\d(?:\s?[-–/→]\s?(?:(?:19|20)?\d\d)?)?"
    r"|\d{1,2}\.\d{1,2}\.(?:\d\d){1,2}|år(?:lig|leg)|løp[ae]nde|kontinuer(?:lig|leg)",
    re.IGNORECASE,
)


def is_number(text: str) -> bool:
    """Tell whether a cell holds an amount: "1 200", "-3,5 %", "(400)", "–"."""
    return bool(_NUMBER.fullmatch(text.strip()))


def is_value(text: str) -> bool:
    """Whether a cell holds an amount or a time: "1 200", "2027", "2026–2028", "høsten 2026", "årlig"."""
    return is_number(text) or bool(_TIME.fullmatch(text.strip()))
