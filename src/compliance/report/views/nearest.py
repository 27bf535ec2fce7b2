"""The text nearest to a goal that was not found, and what was searched for."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from compliance.guidelines.sets import Goal
from compliance.records import BlockKind, Language, Passage, Task
from compliance.report.document_results import DocumentResults
from compliance.report.views.quotes import Span
from compliance.text.stems import find_stems

MAX_SEARCHED: Final = 3  # words named: enough to see what was looked for
MIN_SHARED: Final = 2  # word stems in common, below which a sentence is near by chance
MIN_WEIGHT: Final = 0.34  # share of the goal's words, weighed by rarity, from which on a sentence is near
# Words of steering documents in general: shared with a goal, they bring nothing near it.
COMMON: Final = frozenset(stem for stem, _, _ in find_stems("digital digitale digitalisering plan planen strategi mål"))


@dataclass(frozen=True, slots=True)
class NearText:
    """A sentence that speaks of nearly the same as a goal."""

    passage: Passage
    span: Span  # document offsets


@dataclass(frozen=True, slots=True)
class StemIndex:
    """The word stems of each sentence of a document, and how telling each stem is in it."""

    sentences: tuple[tuple[Passage, Span, frozenset[str]], ...]
    weights: Mapping[str, float]


def index_stems(plan: DocumentResults) -> StemIndex:
    """Return the stems of the document's sentences, headings left out."""
    text = plan.document.text
    sentences = tuple(
        (passage, span, frozenset(stem for stem, _, _ in find_stems(text[span[0] : span[1]])))
        for passage in plan.reading.passages
        if passage.kind is not BlockKind.HEADING
        for span in passage.sentences
    )
    counts = Counter(stem for _, _, stems in sentences for stem in stems)
    return StemIndex(sentences, {stem: math.log(1 + len(sentences) / n) for stem, n in counts.items()})


def find_nearest(plan: DocumentResults, goal: Goal, index: StemIndex) -> NearText | None:
    """Return the text nearest to the goal: what the analysis was in doubt about, else what shares most words with it.

    None where no sentence shares at least two telling words with the goal's title and statement.
    """
    doubted = plan.findings.get((Task.REVIEW, goal.id), ())
    if doubted and doubted[0].passage_id in plan.passages:
        passage = plan.passages[doubted[0].passage_id]
        return NearText(passage, passage.sentences[0] if passage.sentences else (passage.start, passage.end))
    language = Language(plan.profile.language.value)
    wanted = _stems_of(goal, language)
    highest = math.log(1 + len(index.sentences)) * max(1, len(wanted))
    best: tuple[float, Passage, Span] | None = None
    for passage, span, stems in index.sentences:
        shared = stems & wanted
        weight = sum(index.weights[stem] for stem in shared) / highest
        if len(shared) >= MIN_SHARED and weight >= MIN_WEIGHT and (best is None or weight > best[0]):
            best = (weight, passage, span)
    return NearText(best[1], best[2]) if best else None


def list_searched(goal: Goal, language: Language) -> tuple[str, ...]:
    """Return some of the words that were searched for, as a reader would write them."""
    words = (term.text for term in goal.terms if term.written_in(language) and "&" not in term.text)
    return tuple(dict.fromkeys(word.replace("*", "") for word in words))[:MAX_SEARCHED]


def _stems_of(goal: Goal, language: Language) -> frozenset[str]:
    title = goal.title.in_language(language)
    return frozenset(stem for stem, _, _ in find_stems(title)) - COMMON
