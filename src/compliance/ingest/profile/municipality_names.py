"""Names of municipalities in running text, titles and file names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from compliance.guidelines.municipalities import Municipality, MunicipalityRegister
from compliance.ingest.profile.stretches import Stretch
from compliance.records import Attribute, AttributeSource
from compliance.text.word_lists import MunicipalityWords, load_words

_KOMMUNE = re.compile(r"(?<=[ \u00a0\n])(?:kommunes?|herads?)\b", re.IGNORECASE)
_NAME_WORD = re.compile(r"[^\W\d_][\w-]*")
_PLAN_FOR = re.compile(r"(?:plan|strategi|program|budsjett|del)\w*\s+(?:for|i)\s+\Z", re.IGNORECASE)
# Plans that only a municipality has, and whose: «Kommuneplan for Nordvik – samfunnsdelen 2017–2029»
_OWN_PLAN_FOR = re.compile(
    r"\b(?:kommuneplan|samfunnsdel|samfunnsplan|økonomiplan|handlingsprogram|årsbudsjett|planstrategi)\w*"
    r"(?: (?:og|med) \w+| 20\d\d(?:[-–]20\d\d)?)? (?:for|i) "
    r"(?P<name>(?-i:[A-ZÆØÅ][a-zæøå]+(?:[- ][A-ZÆØÅ][a-zæøå]+)?))\b",
    re.IGNORECASE,
)
_LEAST_NAMED = 3  # times that a text names its own municipality, the title counted
_ADJECTIVE = re.compile(r"\w{3,}(?:ig|lig|leg|isk|ende|ande)\Z")  # «Bærekraftig kommune» names none
_NUMBER = re.compile(r"(?<!\d)(\d{4})(?!\d)")
_YEARS = range(1990, 2051)  # four digits in here are a year before they are a municipality's number


def find_named(text: str, register: MunicipalityRegister) -> Iterator[tuple[str, int, int]]:
    """Yield every «X kommune» of a text: the name, and the span from the name to «kommune»."""
    for match in _KOMMUNE.finditer(text):
        words = list(_NAME_WORD.finditer(text, max(0, match.start() - 40), match.start()))
        found = _match_register(text, words, match.start(), register) or _match_capital(text, words, match.start())
        if found:
            yield found[0], found[1], match.end()


def _match_register(
    text: str, words: list[re.Match[str]], end: int, register: MunicipalityRegister
) -> tuple[str, int] | None:
    """Return the longest register name that ends right before `end`, with where it begins."""
    for count in (3, 2, 1):
        if len(words) >= count:
            start = words[-count].start()
            found = register.find_name(text[start:end])
            if found and text[start].isupper():
                return found[0].name, start
    return None


def _match_capital(text: str, words: list[re.Match[str]], end: int) -> tuple[str, int] | None:
    """Return the capitalised word before `end`, with «Ytre», «Nord-» and the like, as a name we do not know."""
    if not words or text[words[-1].end() : end].strip():
        return None
    word = words[-1][0]
    if (
        not word[0].isupper()
        or word.casefold() in load_words(MunicipalityWords).not_names
        or len(word) < 2
        or (word.isupper() and len(word) < 4)
    ):
        return None
    if _ADJECTIVE.match(word):
        return None
    start = words[-1].start()
    if (
        len(words) > 1
        and words[-2][0].casefold() in load_words(MunicipalityWords).first_parts
        and words[-2][0][0].isupper()
    ):
        start = words[-2].start()
    name = " ".join(text[start:end].split())
    return (name.title() if name.isupper() else name), start


def find_bare(names: Iterable[str], title: str) -> Iterator[tuple[str, int, int]]:
    """Yield those of some names that a title has without «kommune», with their spans, a genitive s aside."""
    for name in names:
        match = re.search(rf"(?<![\w-]){re.escape(name)}(?=s?(?![\w-])(?! kommune| herad))", title)
        if match:
            yield name, *match.span()


def find_planned_for(title: str, text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the name that a title of a plan which only municipalities have says that it is for, with its span.

    The text must name it too, and not write it as a word.
    """
    for match in _OWN_PLAN_FOR.finditer(title):
        name = match["name"]
        no_name = name.casefold() in load_words(MunicipalityWords).not_names or is_ordinary_word(name, text)
        if not no_name and len(re.findall(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text)) >= _LEAST_NAMED:
            yield name, *match.span("name")


def find_in_title(
    stretch: Stretch, register: MunicipalityRegister, *, bare_names: bool
) -> Iterator[tuple[str, int, int, bool]]:
    """Yield the names in a title-like stretch, their spans, and whether they are certain.

    A name with «kommune» is, and one a plan is for («Kommuneplan for Hol»); without either, a name that is no ordinary
    word is where the place makes `bare_names` count.
    """
    named = list(find_named(stretch.text, register))
    for name, start, end in named:
        yield name, start, end, True
    taken = {position for _, start, end in named for position in range(start, end)}
    words = list(_NAME_WORD.finditer(stretch.text))
    for index, word in enumerate(words):
        if word.start() in taken:
            continue
        for count in (3, 2, 1):
            last = words[min(index + count, len(words)) - 1]
            found = _find_title_name(stretch, word.start(), last.end(), register)
            if found:
                taken.update(range(word.start(), last.end()))
                certain = bare_names and found.casefold() not in load_words(MunicipalityWords).ordinary
                certain = certain or _PLAN_FOR.search(stretch.text[: word.start()]) is not None
                yield found, word.start(), last.end(), certain
                break


def _find_title_name(stretch: Stretch, start: int, end: int, register: MunicipalityRegister) -> str | None:
    """Return the register name that a span of a title is, a genitive s aside; file names may be in small letters."""
    text = stretch.text[start:end]
    if not text[0].isupper() and stretch.source is not AttributeSource.FILE_NAME:
        return None
    for name in (text, text.removesuffix("s")):
        found = register.find_name(name) or register.find_name(_spell(name, stretch))
        if found:
            return found[0].name
    return None


def _spell(name: str, stretch: Stretch) -> str:
    """Return a file name's spelling with Norwegian letters where it has «aa», «oe» or «ae» for them."""
    if stretch.source is not AttributeSource.FILE_NAME:
        return name
    return name.casefold().replace("aa", "å").replace("oe", "ø").replace("ae", "æ")


def find_numbers(stretch: Stretch, register: MunicipalityRegister) -> Iterator[tuple[Municipality, Attribute]]:
    """Yield the municipalities whose number stands in a file name; what may be a year is none."""
    for match in _NUMBER.finditer(stretch.text):
        municipality = None if int(match[1]) in _YEARS else register.find_number(match[1])
        if municipality:
            yield municipality, stretch.make_attribute(municipality.name, match.start(), match.end())


def is_ordinary_word(name: str, text: str) -> bool:
    """Say whether an unknown name is written with a small letter elsewhere, so that it is a word and no name."""
    return re.search(rf"(?<![\w.@/-]){re.escape(name.casefold())}(?![\w@/-]|\.\w)", text) is not None
