"""Which language a text is written in: bokmål, nynorsk or neither, by its small words and endings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from compliance.records import Language
from compliance.text.normalise import fold_text
from compliance.text.words import Word

_SAMPLE = 120_000  # characters; some 40 pages tell the language as well as 400 do
_SHOWN = 8  # words kept as evidence


def _read_words(listing: str) -> frozenset[str]:
    return frozenset(listing.split())


# Small words that bokmål and nynorsk share, most of them with Danish and Swedish too.
_NORWEGIAN = _read_words(
    """
    og i er som av på til for med det den skal har vil kan om vi å at men så der ved må eller under over ut opp inn når
    etter mot mellom blir både også være var vår våre alle andre dette god gode kommunen kommune kommunens skape jf
    """
)
_BOKMAL = _read_words(
    """
    ikke jeg hva hvor hvem hvordan hvilke hvilken hver hvert fra en et noen noe hun de dem mer mye selv disse deres være
    vært blitt ble kommer sammen flere videre gjøre gjør innbyggere tjenester tjenestene skole nå egen egne øke økte
    kommuner kommunene fremtidens uten tidligere samtidig annet økonomiske følges brukes leder ledere brukere
    """
)
_NYNORSK = _read_words(
    """
    ikkje eg kva kvar kven korleis kvifor kvart frå ein eit nokon noko nokre dei deira meir mykje berre sjølv desse vere
    vera vore vart vorte vert blei kjem gjev saman fleire vidare difor gjere gjera tenester tenestene skule då òg eigen
    eigne heile auke utvikla kommunar sjå medan samstundes anna høve tek teke ynskjer ynskje ønskjer sidan ho me dykk
    dykkar bustad rettleiar rettleiing
    """
)
_FOREIGN = {
    "danish": _read_words(
        """
        af og i er som på til for med det den skal har vil kan om vi at men så der ved eller ikke jeg hvad hvor efter
        også være nogle noget blev blevet kun mere meget bliver gennem uden havde vores sig mod op ud en et de fra hvis
        skabe kommunen kommunerne borgere borgerne når dem deres flere selv disse mellem alle andet gode været
        kommer var os under over ind inden samt egne hele skole ældre hvordan hvem
        """
    ),
    "swedish": _read_words(
        """
        och i är som av på till för med det den ska har vill kan om vi att men så där vid eller inte jag vad hur efter
        också vara några något blev bara mer mycket genom utan från ett en de sig mot upp ut kommunen när alla vår våra
        """
    ),
    "english": _read_words(
        """
        the of and to in is that for with as be by this are which from or an on not have will was were at their our
        has can should these between more all its we they
        """
    ),
    "german": _read_words(
        """
        der die und das nicht mit ist für von zu ein eine auf den im dem des sich auch werden oder wird als bei nach
        """
    ),
    "french": _read_words("le la les des et est une un du dans pour que qui par sur avec au aux ce cette sont"),
    "sami": _read_words(
        "ja lea leat mii dahje ahte maid go dat ii leamaš galgá sáhttá gielda gieldda mat dain dán buot"
    ),
    "finnish": _read_words("ja on ei että se oli ovat myös tai kun joka mutta kunta kunnan sekä voi olla ovat tämä"),
}
# Endings that part the two: «mulig–mogleg», «mulighet–moglegheit», «utfordringene–utfordringane», «leder–leiar».
_BOKMAL_ENDING = re.compile(r"\w{2,}(?:lig|lige|ligere|ligst|het|heter|heten|hetene|ingene|erne)")
_NYNORSK_ENDING = re.compile(
    r"\w{2,}(?:leg|lege|legare|heit|heiter|heita|heitene|leik|[gklnrst]ane|jande|ingar|arar|iar|ørar|leiar)"
)
_NORWEGIAN_STEM = re.compile(  # read only where a text, such as a heading, has no small words
    r"kommun|samfunn|utvikling|tjenest|tenest|digitalisering|virksomhet|verksemd|innbygg|arbeid|ansvar|ledelse|behov"
)
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class DetectedLanguage:
    """The language of a text and what it was read from.

    `share` is the part, 0 to 1, of the telling words that speak for the language; 0 where no word tells anything.
    `words` are the most frequent of them, each at its first place in the text.
    """

    language: Language
    share: float
    words: tuple[Word, ...]


def detect_language(text: str) -> DetectedLanguage:
    """Return the language most of a text is written in, by words that the languages do not share.

    A text without any telling word counts as bokmål if it has small words, letters or stems of Norwegian, else OTHER.
    """
    sample = fold_text(text[:_SAMPLE])
    counts = Counter(_WORD.findall(sample))
    bokmal = {word: count for word, count in counts.items() if _tells_bokmal(word)}
    nynorsk = {word: count for word, count in counts.items() if _tells_nynorsk(word)}
    shared = {word: counts[word] for word in _NORWEGIAN if counts[word]}
    foreign = _find_foreign(counts, norwegian=shared | (nynorsk if _total(nynorsk) > _total(bokmal) else bokmal))
    if foreign:
        return _describe(Language.OTHER, sample, foreign, _total(foreign) + _total(bokmal) + _total(nynorsk))
    told = _total(bokmal) + _total(nynorsk)
    if told:
        language = Language.NN if _total(nynorsk) > _total(bokmal) else Language.NB
        return _describe(language, sample, nynorsk if language is Language.NN else bokmal, told)
    is_norwegian = shared or re.search("[æøå]", sample) or _NORWEGIAN_STEM.search(sample)
    return DetectedLanguage(Language.NB if is_norwegian else Language.OTHER, 0.0, ())


def _tells_bokmal(word: str) -> bool:
    return word in _BOKMAL or _BOKMAL_ENDING.fullmatch(word) is not None


def _tells_nynorsk(word: str) -> bool:
    return word in _NYNORSK or _NYNORSK_ENDING.fullmatch(word) is not None


def _find_foreign(counts: Counter[str], *, norwegian: dict[str, int]) -> dict[str, int]:
    """Return the small words of the foreign language that explains the text better than Norwegian does, if one does."""
    vocabulary = frozenset(counts)
    for small_words in _FOREIGN.values():
        found = {word: counts[word] for word in small_words & vocabulary}
        only_foreign = sum(count for word, count in found.items() if word not in norwegian)
        only_norwegian = sum(count for word, count in norwegian.items() if word not in small_words)
        if only_foreign > max(only_norwegian, 1):
            return found
    return {}


def _total(counts: dict[str, int]) -> int:
    return sum(counts.values())


def _describe(language: Language, sample: str, markers: dict[str, int], told: int) -> DetectedLanguage:
    """Build the answer: the share of the telling words and the first place of the most frequent of them."""
    strongest = sorted(markers, key=lambda word: (-markers[word], word))[:_SHOWN]
    words = sorted(_find_first(sample, frozenset(strongest)), key=lambda word: word.start)
    return DetectedLanguage(language, _total(markers) / told, tuple(words))


def _find_first(sample: str, wanted: frozenset[str]) -> Iterator[Word]:
    """Yield the first occurrence of each wanted word."""
    left = set(wanted)
    for match in _WORD.finditer(sample):
        if match[0] in left:
            left.remove(match[0])
            yield Word(match[0], match.start(), match.end())
        if not left:
            return
