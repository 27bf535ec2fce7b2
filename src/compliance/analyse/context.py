"""Where a passage stands in its document: under which headings, after which lead-in, and whether it is a heading.

Segmentation knows most of this. What it could not know (a text without layout) is told here from the wording, so that
an analyser sees the same outline whether the passages come from a PDF or from a plain list of texts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from compliance.records import BlockKind, Passage
from compliance.text.source_lists import find_source_entries

_BULLET = re.compile(
    r"\s*(?:[•·∙●○◦▪■□►▸➢✓\uf0b7\uf0a7\uf0d8\uf0fc]|[-–−*]\s|o\s(?=[A-ZÆØÅ])|\(?\d{1,2}\)\s|[a-h][.)]\s)"
)
_NUMBERED = re.compile(r"\s*(?:kap(?:ittel|\.)?\s*)?\d{1,2}(?:\.\d{1,2}){0,3}\.?\s*(?=[A-ZÆØÅ«])", re.IGNORECASE)
_CAPTION = re.compile(
    r"(?i)\s*(?:figur|fig\.|tabell|bilde|bilete|foto|kart|illustrasjon|over|under|kjelde|kilde)\s*[\d:]"
)
_REFERENCE = re.compile(
    r"https?://|www\.|@\S+\.no|\(\d{4}(?:,[^)]*)?\)\.|^\(?(?:kilde|kjelde)\b|^\d{0,3}\s*jf\.? |ISBN|DOI", re.IGNORECASE
)
_FOOTNOTE = re.compile(  # «3 Se rapporten …», «12 Difi (2018)»: a number that no sentence and no heading begins with
    r"\s*\d{1,3}\s+(?:(?:[Ss]e|[Jj]f|[Jj]amfør|[Kk]ilder?|[Kk]jelder?|[Ii]bid)\b|[^.]{0,80}\((?:19|20)\d\d\))"
)
TASK = re.compile(  # an item that opens with an infinitive sets a task; comparatives look like verbs on -ere
    r"(?!(?:Fl|Vid|Enkl|Rask|Sikr|Tidlig|Sen|Høy|Lav|Sterk|Trygg|Tett|Smart|Tydelig|Grønn|Billig|Lett|Ren|Bred|Nærm)ere\b)"
    r"(?:[A-ZÆØÅ]\w+(?:ere|arbeide)|Sikre|Styrke|Styrkje|Utvikle|Vidareutvikle|Videreutvikle|Gjennomføre|Innføre|Følge|Følgje"
    r"|Bruke|Skape|Øke|Auke|Lage|Gjøre|Gjere|Beslutte|Sette|Setje|Drifte|Godkjenne|Støtte|Dele|Samle|Bygge|Byggje|Sørge|Sørgje"
    r"|Legge|Leggje|Kartlegge|Kartleggje|Veilede|Rettleie|Skjerme|Fortette|Oppretthalde|Opprettholde|Behalde|Beholde|Fjerne"
    r"|Fremme|Innhente|Avklare|Velge|Velje|Finne|Sende|Nytte|Utnytte|Utføre|Teste|Måle|Lære|Hjelpe|Tilrettelegge|Tilpasse"
    r"|Bidra|Delta|Tilby|Foreslå|Forstå|Bistå|Gå|Stå|Få|Gi|Ta|Se|Sjå)[ ,]"
)
_MARKUP = re.compile(r"^(?:!!!|title:)|-{3,}\s|(?:\.\s?){5,}")
_SENTENCE_END = re.compile(r"[.!;,]\W*$|:\s*$")
_GOAL_LINE = re.compile(
    r"(?:del)?mål\s*\d|tiltak\s*\d|fra .+ til ", re.IGNORECASE
)  # a line that is a goal, not its title
_MAX_HEADING = 110  # characters; the longest heading of the sample plans is about 90
_MAX_HEADING_WORDS = 13
_MAX_ASIDE = 250  # characters of a caption or a footnote; a longer text only begins like one
_ENDED = re.compile(r"[.!?:;»”\"]\W*$")
_MAX_WORD, _MAX_REFERENCE = 40, 250  # characters of a word that is not an address, and of a reference beside it
_WORD = re.compile(r"[^\W\d_]+")
_VERBS = frozenset(
    _WORD.findall(
        """
    er var blir ble vert vart har hadde skal skulle vil ville kan kunne må måtte bør burde består omfatter
    omfattar gir gjør gjer går får følger følgjer viser syner ligger ligg står handler handlar betyr tyder
    innebærer inneber krever krev bidrar bidreg danner dannar beskriver beskriv ønsker ønskjer arbeider arbeidar
    jobber jobbar bruker brukar tilbyr tilbyd anbefaler anbefalar foreslår foreslo utgjør utgjer gjelder gjeld
    bygger byggjer sikrer sikrar styrker styrkjer brukes nyttast etableres opprettes gjennomføres utvikles
    prioriteres vurderes finansieres rapporteres lever finnes finnast finst oppleves opplevast forventer
    forventar forutsetter forutset skjer påvirker påverkar kommer kjem tar tek ser setter set holder held driver
    driv støtter støttar gjennomførte vedtok etablerte
    """
    )
)


@dataclass(frozen=True, slots=True)
class Place:
    """A passage with its surroundings."""

    passage: Passage
    heading: bool
    aside: bool  # caption, reference, contact details, markup or a leftover fragment: says nothing of its own
    item: bool  # one of a list, or a table row
    headings: tuple[str, ...]  # texts of the headings above, outermost first
    lead_in: Passage | None  # the passage that introduces the list this one is an item of
    source: bool = False  # an entry in the document's list of sources; an aside as well


def outline_passages(passages: Sequence[Passage]) -> list[Place]:
    """Return every passage with its place, in order."""
    by_id = {passage.id: passage for passage in passages}
    sources = find_source_entries(passages)
    places: list[Place] = []
    heading: str | None = None
    opener: Passage | None = None
    before: Place | None = None
    for passage in passages:
        place = before = _place_passage(passage, before, source=passage.id in sources)
        if place.heading:
            heading, opener = passage.text, None
        elif not place.item:
            opener = passage if passage.text.rstrip().endswith(":") else None
        headings = passage.section or ((heading,) if heading and not place.heading else ())
        lead_in = by_id.get(passage.lead_in or "") or (opener if place.item else None)
        places.append(replace(place, headings=headings, lead_in=lead_in))
    return places


def has_finite_verb(text: str) -> bool:
    """Tell whether the text says something, rather than naming it, by the commonest finite verbs."""
    return any(word.group().lower() in _VERBS for word in _WORD.finditer(text))


def continues(place: Place, before: Place | None) -> bool:
    """Tell whether the passage is the rest of a line that the passage before it began."""
    if before is None or not place.passage.text[:1].islower() or before.aside:
        return False
    return not _ENDED.search(before.passage.text)


def strip_marker(text: str) -> str:
    """Return the text without its bullet or heading number."""
    marker = _BULLET.match(text) or _NUMBERED.match(text)
    return text[marker.end() :].lstrip() if marker else text


def _place_passage(passage: Passage, before: Place | None, *, source: bool) -> Place:
    text = passage.text
    item = passage.kind in {BlockKind.LIST_ITEM, BlockKind.TABLE_ROW}
    if passage.kind is BlockKind.PARAGRAPH:
        item = bool(_BULLET.match(text) or _is_numbered_task(text))
    announced = before is not None and before.passage.text.rstrip().endswith(":")
    aside = source or passage.kind is BlockKind.CAPTION or _reads_as_aside(text, item=item)
    heading = passage.kind is BlockKind.HEADING or (
        passage.kind is BlockKind.PARAGRAPH and not (item or aside or announced) and _reads_as_heading(text)
    )
    return Place(passage, heading, aside and not heading, item, (), None, source)


def _is_numbered_task(text: str) -> bool:
    """Tell «2.1 Etablere felles portal»: a numbered action, where a heading would name something."""
    number = _NUMBERED.match(text)
    return bool(number and TASK.match(text[number.end() :]))


def _reads_as_aside(text: str, *, item: bool) -> bool:
    if _MARKUP.search(text) or (len(text) < _MAX_ASIDE and (_CAPTION.match(text) or _FOOTNOTE.match(text))):
        return True
    if _REFERENCE.search(text):
        said = " ".join(word for word in text.split() if not _REFERENCE.search(word) and len(word) < _MAX_WORD)
        return len(said) < _MAX_REFERENCE and not has_finite_verb(said)
    return not item and text[:1].islower() and len(text) < 60 and not has_finite_verb(text)


def _reads_as_heading(text: str) -> bool:
    words = text.split()
    if len(text) > _MAX_HEADING or len(words) > _MAX_HEADING_WORDS or _SENTENCE_END.search(text):
        return False
    if _GOAL_LINE.match(text):
        return False
    if text.rstrip().endswith("?"):
        return True
    return (text[:1].isupper() or bool(_NUMBERED.match(text))) and not has_finite_verb(text)
