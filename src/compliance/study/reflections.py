"""Whether a sentence says that a strategy reflects a network, or that it is older than it."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Final

from compliance.guidelines.study_rules import StudyCue, StudyRules

_CALLED: Final = "nettverket"  # what a network's name is read as
_FLAGS: Final = re.IGNORECASE


class ReflectionReader:
    """Reads sentences that name a network, or go on about one."""

    def __init__(self, words: StudyRules) -> None:
        self._words = words

    def tells_reflected(self, sentence: str, name: str) -> bool:
        """Whether the sentence says that the strategy has the network's aims in it, or binds itself to it."""
        text = sentence.replace(name, _CALLED)
        return any(self._words.is_stated(pattern.search(text)) for pattern in self._patterns)

    def tells_older(self, sentence: str, name: str) -> bool:
        """Whether the sentence says that the strategy is older than the network."""
        return self._words.search(StudyCue.OLDER, sentence.replace(name, _CALLED)) is not None

    @cached_property
    def _patterns(self) -> tuple[re.Pattern[str], ...]:
        """The orders in which a strategy, a network and what is between them stand."""
        part, network = self._words.join(StudyCue.STRATEGY_PART), self._words.join(StudyCue.NETWORK_WORD)
        takes, marks = self._words.join(StudyCue.TAKES_FROM), self._words.join(StudyCue.MARKS)
        says, shall = self._words.join(StudyCue.SAYS), self._words.join(StudyCue.BINDS)
        said = rf"(?:{network}|^\W*(?:dette|det|disse|desse)\b|, som\b)"
        return tuple(
            re.compile(pattern, _FLAGS)
            for pattern in (
                rf"{part}[^.;]{{0,80}}?{takes}[^.;]{{0,80}}?{network}",
                rf"{part}[^.;]{{0,60}}?{says}[^.;]{{0,80}}?{shall}[^.;]{{0,80}}?{network}",
                rf"{part}[^.;]{{0,60}}?{says}[^.;]{{0,60}}?{network}[^.;]{{0,60}}?{shall}",
                rf"{takes}[^.;]{{0,20}}?{part} {network}",  # «har hentet to av målene derfra»
                rf"{said}[^.;]{{0,80}}?{marks}[^.;]{{0,60}}?{part}",
                rf"{network}[^.;]{{0,40}}?\bsom {part} (?:\w+ ){{0,2}}{takes}",
            )
        )
