"""Regional networks that the municipality is in: not one that it is invited to, thinks of joining or has left."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from compliance.analyse.facts.negation import StatementReader
from compliance.analyse.facts.sentences import FactField, FactSentence, make_cue_fact
from compliance.analyse.matching.cues import CueMatch
from compliance.analyse.matching.scan import Scanner
from compliance.guidelines.cues import NetworkCue, StatementRole
from compliance.records import Fact

_DIGITAL_NAME = re.compile(
    r"digi|ikt|\bit\b|smart|(?-i:[a-z]IT\b)", re.IGNORECASE
)  # such a network needs no digital words beside it
# A network that the strategy does not name may yet be one that the municipality is in: «men vi deltar i nettverket».
_JOINS = re.compile(
    r"\b(?:delta\w*|deltek|med i|medlem|bruk\w*|bidra\w*|betal\w*|samarbeid\w*)\b.{0,60}"
    r"\b(?:nettverk|samarbeid)(?:et)?\b"
    r"|\b(?:kommunen|vi|me) (?:er |blitt |vorte )?(?:medlem|med)\b(?: der| i (?:nettverket|samarbeidet|det))?(?=\W*$)",
    re.IGNORECASE,
)
_STAYS = re.compile(r"\b(?:fortsatt|framleis|fremdeles|stadig) (?:med|medlem)\b", re.IGNORECASE)
# … as is one that others have left, or that the strategy is too old to name: «kom i gang i 2021, derfor ikke nevnt».
_REMAINS = re.compile(
    rf"{_STAYS.pattern}"
    r"|\b(?:kom (?:i stand|i gang|til)|etablert|stiftet|stifta|opprettet|oppretta|startet|starta|skipa)\b[^.;]{0,60}"
    r"\b(?:ikke|ikkje) (?:\w+ )?(?:nevnt|nemnt|omtalt|omtala)\b",
    re.IGNORECASE,
)


class NetworkReader:
    """Reads the networks of a sentence."""

    def __init__(self, scanner: Scanner, statements: StatementReader) -> None:
        self._scanner = scanner
        self._statements = statements

    def read(self, sentence: FactSentence) -> Iterator[Fact]:
        """Yield the networks that a sentence names and that the municipality may be in."""
        networks = self._list_networks(sentence)
        for network in networks:
            if any(_is_within(network, other) for other in networks) or self._is_outside(sentence.text, network):
                continue
            name = network.cue.name or sentence.text[network.start : network.end].strip()
            known_ict = network.cue.name is not None and not network.cue.general
            if sentence.near_digital or known_ict or _DIGITAL_NAME.search(name):
                yield make_cue_fact(sentence, FactField.REGIONAL_NETWORKS, name, network)

    def _is_outside(self, text: str, network: CueMatch[NetworkCue]) -> bool:
        """Whether a sentence says that the municipality is not in a network, in its clause or anywhere after it."""
        told = (self._statements.find_span(text, network.start)[0], len(text))
        left = next(self._statements.find(StatementRole.OUTSIDE, text, told), None)
        return left is not None and not _STAYS.search(text, network.end)

    def _list_networks(self, sentence: FactSentence) -> Sequence[CueMatch[NetworkCue]]:
        """Return the networks that a sentence names, also one that only the strategy does not name."""
        after = sentence.following if not self._scanner.scan(sentence.following).networks else ""
        joins = _JOINS.search(sentence.said) or _JOINS.search(after) or _REMAINS.search(sentence.text)
        return self._scanner.scan(sentence.text if joins else sentence.said).networks


def _is_within(network: CueMatch[NetworkCue], other: CueMatch[NetworkCue]) -> bool:
    """Whether a network's name is a part of another that is known by name, or of a longer one."""
    if network is other or network.cue.name or not (other.start < network.end and network.start < other.end):
        return False
    return other.cue.name is not None or other.end - other.start > network.end - network.start
