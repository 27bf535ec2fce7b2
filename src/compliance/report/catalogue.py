"""The report's words: one TOML file per language, all with the same keys."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

LANGUAGES: Final = ("nb", "nn", "en")
HARD_SPACE: Final = "\u00a0"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """One language's messages by dotted key, and its way of writing numbers and dates."""

    language: str
    messages: Mapping[str, str]

    def text(self, key: str, **values: object) -> str:
        """Return the message with its named places filled in; raises KeyError for an unknown key."""
        return self.messages[key].format(**values)

    def count(self, key: str, n: int, **values: object) -> str:
        """Return the message for `n` things: `<key>.one` or `<key>.other`, with `{n}` written as a number."""
        form = "one" if n == 1 else "other"
        return self.text(f"{key}.{form}", n=self.number(n), **values)

    def find(self, key: str, default: str) -> str:
        """Return the message, or `default` for ids that this version has no words for."""
        return self.messages.get(key, default)

    def number(self, value: float, *, decimals: int = 0) -> str:
        """Return the number as the language writes it: «1 234,5», "1,234.5"."""
        written = f"{value:,.{decimals}f}"
        if self.language == "en":
            return written
        return written.replace(",", HARD_SPACE).replace(".", ",")

    def percent(self, share: float) -> str:
        """Return a share between 0 and 1 as per cent, with one decimal below 10 %: «3,4 %», «12 %»."""
        decimals = 1 if 0 < share < 0.0995 else 0
        space = "" if self.language == "en" else HARD_SPACE
        return f"{self.number(100 * share, decimals=decimals)}{space}%"

    def whole_percent(self, whole: int) -> str:
        """Return a whole per cent: «12 %»; «under 1 %» where there is something that 0 would hide."""
        return self.text("format.percent" if whole else "format.under_one", n=self.number(whole))

    def period(self, value: str) -> str:
        """Return "2019-2031" as «2019–2031», and a single year alone."""
        first, _, last = value.partition("-")
        return first if first == last else value.replace("-", "–")

    def date(self, value: str) -> str:
        """Return "YYYY", "YYYY-MM" or "YYYY-MM-DD" as a reader writes it: «21. mai 2019»."""
        year, month, day = [*value.split("-"), "", ""][:3]
        if not month:
            return year
        name = self.text(f"month.{int(month)}")
        return self.text("format.day", day=int(day), month=name, year=year) if day else f"{name} {year}"


@cache
def load_catalogue(language: str) -> Catalogue:
    """Read a language's messages; nested tables become dotted keys."""
    content = files("compliance.report").joinpath("messages", f"{language}.toml").read_text(encoding="utf-8")
    return Catalogue(language=language, messages=dict(_flatten(tomllib.loads(content), prefix="")))


def _flatten(table: Mapping[str, object], *, prefix: str) -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _flatten(value, prefix=f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", str(value)
