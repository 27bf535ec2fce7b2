"""Whose plan a document is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from compliance.errors import SettingsError
from compliance.guidelines.municipalities import Municipality, MunicipalityRegister, load_municipalities
from compliance.ingest.profile.stretches import (
    Stretch,
    list_closing_lines,
    list_cover_lines,
    list_running_lines,
    read_file_name,
    read_title,
)
from compliance.records import Attribute, AttributeSource, Document


def _read_words(listing: str) -> frozenset[str]:
    return frozenset(listing.split())


# Names that are ordinary words, or common in surnames and place names: without «kommune» they say nothing.
_ORDINARY = _read_words(
    """
    os hol gol ås nes lund time bø herøy våler re ski fet sel sund fjell strand hå ål vang gran grane hole råde stad
    fjord stange marker eide eid berg vik hof heim sola vega flora sande nome lier alver åmot tinn leka moss sula sauda
    kvam lom tana gulen rana valle aure halsa nesset frosta roan osen smøla solund fedje flå tolga dovre hamar
    skaun bokn
    """
)
# Capitalised words before «kommune» that name no municipality.
_NOT_NAMES = _read_words(
    """
    alle vår våre hver kvar den denne en ein din egen eigen norsk norske digital smart attraktiv grønn ny nye stor liten
    deres hele heile enhver kvar annen anna neste samme same min våres trygg sunn moderne aktiv som og i for fra frå til
    ved av på med mellom om der hvor kor når at er var blir ble skal kan vil må har hadde både samt eller men
    """
)
_FIRST_PARTS = _read_words(
    "ytre indre nedre øvre nord sør øst vest nordre søndre østre vestre midtre øystre store lille gamle midt"
)
_KOMMUNE = re.compile(r"(?<=[ \u00a0\n])(?:kommunes?|herads?)\b", re.IGNORECASE)
_NAME_WORD = re.compile(r"[^\W\d_][\w-]*")
_NUMBER = re.compile(r"(?<!\d)(\d{4})(?!\d)")
_YEARS = range(1990, 2051)  # four digits in here are a year before they are a municipality's number
_TITLE, _HEADER, _COVER, _FILE, _MENTION = 10.0, 6.0, 5.5, 5.0, 0.25  # weights; a mention counts up to 20 times
_MAX_MENTIONS = 20
_UNCERTAIN = 3.0  # a name without «kommune» that is an ordinary word, or on a cover (an address): too little alone
_MIN_SCORE = 4.0
_MIN_SHARE = 0.6  # without title, header or file name, the name must have this share of all «X kommune», …
_MIN_COUNT = 3  # … and stand there so many times


@dataclass(slots=True)
class _Candidate:
    """A name with what speaks for it."""

    name: str
    score: float = 0.0
    mentions: int = 0  # «X kommune» in the text
    certain: bool = False  # a title, header, cover or file name names it beyond doubt
    evidence: list[tuple[float, Attribute]] = field(default_factory=list)

    def add(self, weight: float, attribute: Attribute) -> None:
        self.score += weight
        self.certain = self.certain or weight > _UNCERTAIN
        self.evidence.append((weight, attribute))

    def choose_evidence(self) -> Attribute:
        """Return the strongest observation in the text itself, the strongest of all where the text has none."""
        return max(self.evidence, key=lambda each: (each[1].source is AttributeSource.TEXT, each[0]))[1]


@dataclass(frozen=True, slots=True)
class MunicipalityReading:
    """The municipality a document belongs to; number and county None where the register cannot tell which."""

    attribute: Attribute
    number: str | None = None
    county: str | None = None


def read_municipality(document: Document, *, override: str | None, year: int | None) -> MunicipalityReading | None:
    """Return whose plan the document is, None where it does not say.

    `year` is when the plan begins; it tells a name of today from one that a reform ended. A name that the register
    lacks is returned without number. Raises SettingsError when `override` is no municipality's name or number.
    """
    register = load_municipalities()
    if override is not None:
        return _read_override(override, register)
    candidates = _collect(document, register)
    total = sum(candidate.mentions for candidate in candidates.values())
    ranked = sorted(candidates.values(), key=lambda each: -each.score)
    if not ranked or not _is_clear(ranked, total):
        return None
    best = ranked[0].choose_evidence()
    return _identify(best, document, register=register, year=year)


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
    if not word[0].isupper() or word.casefold() in _NOT_NAMES or len(word) < 2 or (word.isupper() and len(word) < 4):
        return None
    start = words[-1].start()
    if len(words) > 1 and words[-2][0].casefold() in _FIRST_PARTS and words[-2][0][0].isupper():
        start = words[-2].start()
    name = " ".join(text[start:end].split())
    return (name.title() if name.isupper() else name), start


def _collect(document: Document, register: MunicipalityRegister) -> dict[str, _Candidate]:
    """Return every candidate by its folded name."""
    candidates: dict[str, _Candidate] = {}

    def add(name: str, weight: float, attribute: Attribute) -> None:
        candidates.setdefault(name.casefold(), _Candidate(name)).add(weight, attribute)

    for name, start, end in find_named(document.text, register):
        candidate = candidates.setdefault(name.casefold(), _Candidate(name))
        candidate.mentions += 1
        if candidate.mentions <= _MAX_MENTIONS:
            quote = Attribute(name, AttributeSource.TEXT, document.text[start:end], start, end)
            candidate.add(_MENTION, quote)
    for name in [name for name in candidates if not register.find_name(name) and _is_ordinary(name, document.text)]:
        del candidates[name]
    for weight, stretch in _list_places(document):
        for name, start, end, certain in _find_in_title(stretch, register, bare_names=weight != _COVER):
            add(name, weight if certain else _UNCERTAIN, stretch.make_attribute(name, start, end))
    for municipality, attribute in _find_numbers(read_file_name(document), register):
        add(municipality.name, _FILE, attribute)
    return candidates


def _is_ordinary(name: str, text: str) -> bool:
    """Say whether an unknown name is written with a small letter elsewhere, so that it is a word and no name."""
    return re.search(rf"\b{re.escape(name)}\b", text) is not None


def _list_places(document: Document) -> Iterator[tuple[float, Stretch]]:
    title = read_title(document)
    if title:
        yield _TITLE, title
    for stretch in [*list_cover_lines(document)][:10]:
        yield _COVER, stretch
    for stretch in list_running_lines(document)[:3]:
        yield _HEADER, stretch
    for stretch in [*list_closing_lines(document)][-3:]:
        yield _MENTION, stretch
    yield _FILE, read_file_name(document)


def _find_in_title(
    stretch: Stretch, register: MunicipalityRegister, *, bare_names: bool
) -> Iterator[tuple[str, int, int, bool]]:
    """Yield the names in a title-like stretch, their spans, and whether they are certain.

    A name with «kommune» is; without it, one that is no ordinary word is where the place makes `bare_names` count.
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
                yield found, word.start(), last.end(), bare_names and found.casefold() not in _ORDINARY
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


def _find_numbers(stretch: Stretch, register: MunicipalityRegister) -> Iterator[tuple[Municipality, Attribute]]:
    for match in _NUMBER.finditer(stretch.text):
        municipality = None if int(match[1]) in _YEARS else register.find_number(match[1])
        if municipality:
            yield municipality, stretch.make_attribute(municipality.name, match.start(), match.end())


def _is_clear(ranked: list[_Candidate], total: int) -> bool:
    """Say whether the first candidate is the document's own municipality rather than one that is only mentioned."""
    best = ranked[0]
    if len(ranked) > 1 and ranked[1].score == best.score:
        return False
    if best.certain or (best.mentions and best.score >= _MIN_SCORE and best.score > _MENTION * best.mentions):
        return True
    return best.mentions >= _MIN_COUNT and best.mentions >= _MIN_SHARE * total


def _identify(
    attribute: Attribute, document: Document, *, register: MunicipalityRegister, year: int | None
) -> MunicipalityReading:
    """Find the number and county of a name; several of one name are told apart by number, year and county."""
    named = register.find_name(attribute.value)
    found = [each for each in named if _was_valid(each, year)] or list(named)
    numbers = {municipality.number for municipality, _ in _find_numbers(read_file_name(document), register)}
    for narrowed in (
        [each for each in found if each.number in numbers],
        found,
        _choose_by_county(found, document.text, register),
    ):
        if len(narrowed) == 1:
            return MunicipalityReading(attribute, narrowed[0].number, narrowed[0].county)
    return MunicipalityReading(attribute)


def _was_valid(municipality: Municipality, year: int | None) -> bool:
    """Say whether a name was in use when the plan began; without a year, only names of today are."""
    return municipality.last_year is None or (year is not None and year <= municipality.last_year)


def _choose_by_county(found: list[Municipality], text: str, register: MunicipalityRegister) -> list[Municipality]:
    """Return the municipalities whose county, by today's or an ended name, the text names most."""
    mentions: Counter[str] = Counter()
    for county in register.counties:
        count = len(re.findall(rf"\b{re.escape(county.name)}\b", text))
        for name in county.successors or (county.name,):
            mentions[name] += count
    most = max((mentions[each.county] for each in found), default=0)
    return [each for each in found if most and mentions[each.county] == most]


def _read_override(override: str, register: MunicipalityRegister) -> MunicipalityReading:
    name = re.sub(r"\s+(?:kommune|herad)\Z", "", override.strip(), flags=re.IGNORECASE)
    by_number = register.find_number(name)
    found = (by_number,) if by_number else register.find_name(name)
    if not found:
        close = register.suggest_names(name)
        hint = f" Mente du {' eller '.join(close)}?" if close else ""
        raise SettingsError(f"Ukjent kommune: «{override}».{hint}", field="ingest.municipality")
    today = [each for each in found if each.last_year is None] or list(found)
    attribute = Attribute(today[0].name, AttributeSource.OVERRIDE, override)
    return MunicipalityReading(attribute, *((today[0].number, today[0].county) if len(today) == 1 else (None, None)))
