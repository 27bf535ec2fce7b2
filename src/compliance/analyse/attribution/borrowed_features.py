"""Named numbers that tell another's words from the municipality's own, for every passage of a document.

They are the signs that the rules read, the passage's place and neighbours, and its words as stems: how national texts
speak is learnt from which words they use, alone, in pairs and at the passage's start.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from compliance.analyse.attribution.cues import SignReader, Signs, names_place
from compliance.analyse.context import Place, outline_passages
from compliance.analyse.matching.names import OwnNames
from compliance.records import EvidenceKind, Finding, Reading
from compliance.text.stems import stem_word

Numbers = dict[str, float]

WORD_VALUE = 0.5  # of a word beside a sign's 1: the ridge then holds words down twice as hard, and there are many more
MAX_WORDS, LONG = 60, 30  # from so many words on a passage is as long as any; 1.0 is thirty
SHORT = 6  # words; fewer are a title or a fragment
FEW_NAMES = 2  # own names; more say no more
NAMED_FIRST = 30  # characters within which a source that opens the passage is named
OPENING = 3  # words
NEIGHBOURS = ((-1, "before", 1.0), (1, "after", 1.0), (-2, "before_2", 0.5), (2, "after_2", 0.5))
RULE_SHARE_SCALE = 10.0  # a tenth of a document by the rules is as much as any

_WORD = re.compile(r"[^\W\d_]+")
_TERM = re.compile(r"^\W*[\w() /-]{2,50}[:–]\s+\S")  # «API: …» and «Gevinst – …», as lists of terms are written
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_MARK = re.compile(r'[«“„"]')
_OPENING_MARK = re.compile(r'^\W*[«“„"]')
# What a neighbour tells of a passage, by the name of its own number.
_CARRIED = (
    *("rule", "named", "own", "heading", "item", "term", "quotation", "impersonal", "official"),
    *("cue:voice", "cue:lead_in", "cue:definition", "cue:public_subject"),
)


def describe_passages(reading: Reading, found: Mapping[str, Finding], *, reader: SignReader) -> list[Numbers]:
    """Return the numbers of each passage, in order; `found` has what the rules found, by passage id."""
    names = OwnNames(reading)
    places = outline_passages(reading.passages)
    signs = [
        _describe_signs(place, reader.read(place.passage.text, municipality=names.municipality), names)
        | _describe_rule(found.get(place.passage.id))
        for place in places
    ]
    share = min(1.0, RULE_SHARE_SCALE * len(found) / max(1, len(places)))
    index = {place.passage.id: number for number, place in enumerate(places)}
    return [
        own
        | {"rule_share": share}
        | dict(_describe_neighbours(signs, number))
        | dict(_describe_above(places[number], signs, index))
        | _describe_words(places[number].passage.text)
        for number, own in enumerate(signs)
    ]


def _describe_signs(place: Place, signs: Signs, names: OwnNames) -> Numbers:
    text = place.passage.text
    words = len(_WORD.findall(text))
    own_names, figures = len(names.find(text)), any(map(str.isdigit, text))
    quoted = (signs.quotation.end - signs.quotation.start) / len(text) if signs.quotation else 0.0
    impersonal = not (signs.own or own_names or figures or place.heading)
    kinds = [kind.value for kind in signs.cues]
    told: dict[str, float | bool] = {
        **{f"cue:{kind}": True for kind in kinds},
        **{f"cue_and_impersonal:{kind}": impersonal for kind in kinds},
        "quotation": bool(quoted),
        "quoted_share": quoted,
        "marks": not quoted and bool(_MARK.search(text)),
        "opens_with_marks": bool(_OPENING_MARK.match(text)),
        "own": signs.own,
        "own_name": names_place(text, names.municipality),
        "names": min(FEW_NAMES, own_names),
        "figures": figures,
        "year": bool(_YEAR.search(text)),
        "heading": place.heading,
        "aside": place.aside,
        "item": place.item,
        "term": bool(_TERM.match(text)),
        "term_and_impersonal": impersonal and bool(_TERM.match(text)),
        "impersonal": impersonal,
        "length": min(words, MAX_WORDS) / LONG,
        "short": words < SHORT,
        **_describe_named(signs, kinds),
        "named_and_impersonal": impersonal and signs.named is not None,
    }
    return {name: float(value) for name, value in told.items() if value}


def _describe_named(signs: Signs, kinds: Sequence[str]) -> dict[str, float | bool]:
    if signs.named is None:
        return {}
    return {
        "named": True,
        f"named:{signs.named.source}": 0.5,
        "named_for_all": signs.named.speaks_for_all,
        "named_first": signs.named.start < NAMED_FIRST,
        "named_and_own": signs.own,
        **{f"named_and_cue:{kind}": True for kind in kinds},
    }


def _describe_rule(finding: Finding | None) -> Numbers:
    if finding is None:
        return {}
    official = any(item.kind is EvidenceKind.WORDING for item in finding.evidence)
    return {
        "rule": finding.score,
        f"rule:{finding.label}": finding.score,
        **({"official": 1.0} if official else {}),
    }


def _describe_neighbours(signs: Sequence[Numbers], number: int) -> Iterator[tuple[str, float]]:
    for step, name, weight in NEIGHBOURS:
        if 0 <= number + step < len(signs):
            yield from ((f"{name}:{each}", weight) for each in _CARRIED if each in signs[number + step])


def _describe_above(place: Place, signs: Sequence[Numbers], index: Mapping[str, int]) -> Iterator[tuple[str, float]]:
    if place.lead_in is not None:
        yield "lead_in", 1.0
        lead_in = signs[index[place.lead_in.id]]
        yield from ((f"lead_in:{each}", 1.0) for each in ("named", "own", "cue:lead_in") if each in lead_in)
    if place.headings and not place.heading:
        yield from ((f"above:{stem}", WORD_VALUE) for stem in _find_words(place.headings[-1]) if stem[0] != "_")


def _describe_words(text: str) -> Numbers:
    words = _find_words(text)
    pairs = pairwise(words)
    names = [
        *(f"word:{word}" for word in words),
        *(f"pair:{one} {other}" for one, other in pairs),
        *(f"start:{' '.join(words[:count])}" for count in range(1, OPENING + 1) if len(words) >= count),
    ]
    return dict.fromkeys(names, WORD_VALUE)


def _find_words(text: str) -> list[str]:
    """Return the words as stems; «_skal» for what has none, since function words tell who speaks."""
    words = [match.group().lower() for match in _WORD.finditer(text)]
    return [stem_word(word) or f"_{word}" for word in words]
