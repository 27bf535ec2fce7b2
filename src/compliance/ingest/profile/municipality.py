"""Whose plan a document is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from compliance.errors import SettingsError
from compliance.guidelines.municipalities import Municipality, MunicipalityRegister, load_municipalities
from compliance.ingest.profile.municipality_names import (
    find_bare,
    find_in_title,
    find_named,
    find_numbers,
    find_planned_for,
    is_ordinary_word,
)
from compliance.ingest.profile.stretches import (
    Stretch,
    list_closing_lines,
    list_cover_lines,
    list_running_lines,
    read_file_name,
    read_title,
)
from compliance.records import Attribute, AttributeSource, Document

_TITLE, _HEADER, _COVER, _FILE, _MENTION = 10.0, 6.0, 5.5, 5.0, 0.25  # weights; a mention counts up to 20 times
_MAX_MENTIONS = 20
_UNCERTAIN = 3.0  # a name without «kommune» that is an ordinary word, or on a cover (an address): too little alone
_MIN_SCORE = 4.0
_MIN_SHARE = 0.6  # without title, header or file name, the name must have this share of all «X kommune», …
_MIN_COUNT = 3  # … stand there so many times …
_CHARS_PER_MENTION = 20_000  # … and on every seventh page or so


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
    if not ranked or not _is_clear(ranked, total, length=len(document.text)):
        return None
    best = ranked[0].choose_evidence()
    return _identify(best, document, register=register, year=year)


def take_municipality(said: str) -> MunicipalityReading:
    """Return whose plan a person says that a document is; a name that the register lacks has no number."""
    register = load_municipalities()
    try:
        return _read_override(said, register)
    except SettingsError:
        return MunicipalityReading(Attribute(said.strip(), AttributeSource.OVERRIDE, said))


def _collect(document: Document, register: MunicipalityRegister) -> dict[str, _Candidate]:
    """Return every candidate by its folded name."""
    candidates = _collect_mentions(document, register)

    def add(name: str, weight: float, attribute: Attribute) -> None:
        candidates.setdefault(name.casefold(), _Candidate(name)).add(weight, attribute)

    for name, attribute in _find_unlisted_titled([each.name for each in candidates.values()], document, register):
        add(name, _TITLE, attribute)
    for weight, stretch in _list_places(document):
        for name, start, end, certain in find_in_title(stretch, register, bare_names=weight != _COVER):
            add(name, weight if certain else _UNCERTAIN, stretch.make_attribute(name, start, end))
    for municipality, attribute in find_numbers(read_file_name(document), register):
        add(municipality.name, _FILE, attribute)
    return candidates


def _collect_mentions(document: Document, register: MunicipalityRegister) -> dict[str, _Candidate]:
    """Return the names of «X kommune» in the text, those that are ordinary words left out."""
    candidates: dict[str, _Candidate] = {}
    for name, start, end in find_named(document.text, register):
        candidate = candidates.setdefault(name.casefold(), _Candidate(name))
        candidate.mentions += 1
        if candidate.mentions <= _MAX_MENTIONS:
            quote = Attribute(name, AttributeSource.TEXT, document.text[start:end], start, end)
            candidate.add(_MENTION, quote)
    for name in [name for name in candidates if not register.find_name(name) and is_ordinary_word(name, document.text)]:
        del candidates[name]
    return candidates


def _find_unlisted_titled(
    names: Sequence[str], document: Document, register: MunicipalityRegister
) -> Iterator[tuple[str, Attribute]]:
    """Yield the names that the register lacks and the title has without «kommune».

    Those that the text has with it, and those that a plan which only municipalities have is for.
    """
    title = read_title(document)
    if title is not None:
        found = [*find_bare([each for each in names if not register.find_name(each)], title.text)]
        planned = [each for each in find_planned_for(title.text, document.text) if not register.find_name(each[0])]
        for name, start, end in dict.fromkeys([*found, *planned]):
            yield name, title.make_attribute(name, start, end)


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


def _is_clear(ranked: list[_Candidate], total: int, *, length: int) -> bool:
    """Say whether the first candidate is the document's own municipality rather than one that is only mentioned."""
    best = ranked[0]
    if len(ranked) > 1 and ranked[1].score == best.score:
        return False
    if best.certain or (best.mentions and best.score >= _MIN_SCORE and best.score > _MENTION * best.mentions):
        return True
    often = best.mentions >= _MIN_COUNT and best.mentions * _CHARS_PER_MENTION >= length
    return often and best.mentions >= _MIN_SHARE * total


def _identify(
    attribute: Attribute, document: Document, *, register: MunicipalityRegister, year: int | None
) -> MunicipalityReading:
    """Find the number and county of a name; several of one name are told apart by number, year and county."""
    named = register.find_name(attribute.value)
    found = [each for each in named if _was_valid(each, year)] or list(named)
    numbers = {municipality.number for municipality, _ in find_numbers(read_file_name(document), register)}
    numbered = [each for each in found if each.number in numbers]
    chosen = numbered or found
    if len(chosen) > 1:
        chosen = _choose_by_county(chosen, document.text, register)
    if len(chosen) == 1:
        return MunicipalityReading(attribute, chosen[0].number, chosen[0].county)
    return MunicipalityReading(attribute)


def _was_valid(municipality: Municipality, year: int | None) -> bool:
    """Say whether a name was in use when the plan began; without a year, only names of today are."""
    return municipality.last_year is None or (year is not None and year <= municipality.last_year)


def _choose_by_county(found: list[Municipality], text: str, register: MunicipalityRegister) -> list[Municipality]:
    """Return the municipalities whose county, by today's or an ended name, the text names most."""
    mentions: Counter[str] = Counter()
    for county in register.counties:
        count = text.count(county.name)
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
        hint = f"Mente du {' eller '.join(close)}?" if close else "Oppgi navnet, eller nummeret på fire sifre."
        raise SettingsError(f"Ukjent kommune: «{override}». {hint}", field="ingest.municipality")
    today = [each for each in found if each.last_year is None] or list(found)
    attribute = Attribute(today[0].name, AttributeSource.OVERRIDE, override)
    return MunicipalityReading(attribute, *((today[0].number, today[0].county) if len(today) == 1 else (None, None)))
