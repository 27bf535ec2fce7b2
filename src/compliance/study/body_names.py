"""How a body that prioritises is called: «digitaliseringsråd», «Digitaliseringsrådet», «rådet»."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

# The kinds of bodies, each with the forms in which one that has been named is called by its kind alone.
_KINDS: Final = {
    "forum": "forumet",
    "råd": "rådet",
    "styre": "styret",
    "utvalg": "utvalget",
    "utval": "utvalet",
    "grupp": "gruppa|gruppen",
    "team": "teamet",
    "nemnd": "nemnda|nemnden",
    "komit": "komiteen|komitéen",
    "kontor": "kontoret",
    "fond": "fondet",
    "aren": "arenaen",
    "møte": "møtet",
    "torg": "torget",
}
_ENDINGS: Final = r"(?:et|en|[aent]|é|een|éen|aen)?s?"
_WORD: Final = re.compile(rf"(?P<stem>[\w-]*?(?P<kind>{'|'.join(_KINDS)})){_ENDINGS}\b", re.IGNORECASE)
_IT: Final = r"^\W*(?:det|den|dette|denne|han|ho)\b"  # opens a sentence
_ARTICLE: Final = re.compile(r"^(?:en|ei|ein|et|eit|den|det|eget|eige|egen|eiga)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class BodyName:
    """A body's name in any form: `named` finds the name, `again` also its kind, `later` also «det»."""

    stem: str  # the same for «digitaliseringsråd» and «Digitaliseringsrådet»
    named: re.Pattern[str]
    again: re.Pattern[str]

    @property
    def later(self) -> re.Pattern[str]:
        """What a sentence right after the one that names the body may call it by."""
        return re.compile(rf"{self.again.pattern}|{_IT}", re.IGNORECASE)

    def is_named(self, text: str) -> bool:
        """Whether the text names the body or calls it by its kind."""
        return self.again.search(text) is not None


def make_body_name(text: str) -> BodyName:
    """Return how the body that a text names is called."""
    plain = _ARTICLE.sub("", " ".join(text.split()))
    word = _WORD.search(plain)
    if word is None:
        named = re.compile(rf"\b{re.escape(plain)}", re.IGNORECASE)
        return BodyName(plain.casefold(), named, named)
    before = plain[: word.start()]
    head = rf"\b{re.escape(before + word['stem'])}{_ENDINGS}\b"
    kind = word["kind"].casefold()
    again = rf"{head}|\b(?:{_KINDS[kind]})s?\b"
    stem = (before + word["stem"]).casefold().removesuffix("g" if kind == "utvalg" else "\0")
    return BodyName(stem, re.compile(head, re.IGNORECASE), re.compile(again, re.IGNORECASE))
