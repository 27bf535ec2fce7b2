"""What is wrong with gold sets: all of it at once, before anything is measured."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from compliance.errors import GoldProblem
from compliance.evaluate.gold import (
    ANNOTATORS,
    DESCRIPTION,
    LABELS,
    MAX_ELEMENTS,
    PASSAGES,
    GoldPassage,
    GoldSet,
    LabelRow,
    Labels,
    read_gold,
)
from compliance.guidelines.cues import OTHER
from compliance.guidelines.rules import Rules
from compliance.guidelines.sets import GuidelineSet
from compliance.records import Level

MIN_OVERLAP_WORDS = 5  # shorter texts are headings and table cells that any two plans may share
WORD = re.compile(r"[^\W\d_]+")
NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The labels there are, and the edition of each guideline set that they are of."""

    goals: frozenset[str]
    elements: frozenset[str]
    sources: frozenset[str]
    editions: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Checked:
    """A gold folder with what could be read of it, and all that is wrong with it."""

    folder: Path
    gold: GoldSet
    problems: tuple[GoldProblem, ...]


def collect_vocabulary(guidelines: Sequence[GuidelineSet], rules: Rules) -> Vocabulary:
    """Return the labels of the guideline sets and rules."""
    return Vocabulary(
        goals=frozenset(goal.id for each in guidelines for goal in each.goals),
        elements=frozenset(cue.id for cue in rules.elements),
        sources=frozenset(cue.source for cue in rules.sources) | {OTHER} | {each.id for each in guidelines},
        editions={each.id: each.edition for each in guidelines},
    )


def check_folders(folders: Sequence[Path], *, vocabulary: Vocabulary) -> tuple[Checked, ...]:
    """Return every folder with its problems: of form, of labels, and with the other folders."""
    read = [read_gold(folder) for folder in folders]
    golds = _tell_apart([gold for gold, _ in read])
    owners = _first_owners(golds)
    learnt = _collect_training(golds)
    return tuple(
        Checked(
            gold.folder,
            gold,
            (
                *problems,
                *_check_name(gold, owners),
                *_check_labels(gold, vocabulary),
                *_check_editions(gold, vocabulary),
                *_check_overlap(gold, learnt),
            ),
        )
        for gold, (_, problems) in zip(golds, read, strict=True)
    )


def _tell_apart(golds: Sequence[GoldSet]) -> list[GoldSet]:
    """Return the sets, those in folders of the same name called by the folder above as well."""
    times = Counter(gold.name for gold in golds if not gold.only_readers)
    return [
        gold
        if gold.only_readers or gold.description.name or times[gold.name] == 1
        else replace(gold, name=f"{gold.folder.resolve().parent.name}/{gold.name}")
        for gold in golds
    ]


def _first_owners(golds: Sequence[GoldSet]) -> dict[str, GoldSet]:
    owners: dict[str, GoldSet] = {}
    for gold in golds:
        if not gold.only_readers:
            owners.setdefault(gold.name, gold)
    return owners


def _check_name(gold: GoldSet, owners: Mapping[str, GoldSet]) -> Iterator[GoldProblem]:
    """Yield a problem where two sets that are measured have one name: a baseline could not tell them apart."""
    owner = owners.get(gold.name, gold)
    if not gold.only_readers and owner is not gold:
        yield GoldProblem(f"navnet «{gold.name}» er alt brukt i {owner.folder}", gold.folder)


def _check_labels(gold: GoldSet, vocabulary: Vocabulary) -> Iterator[GoldProblem]:
    readings = [(LABELS, gold.labels), *zip(ANNOTATORS, gold.annotators or (None, None), strict=True)]
    for name, labels in readings:
        if labels is not None:
            yield from _check_reading(gold.folder / name, labels, vocabulary)


def _check_reading(file: Path, labels: Labels, vocabulary: Vocabulary) -> Iterator[GoldProblem]:
    if not any(row.goals or row.elements or row.local or row.level is not Level.NONE for row in labels):
        yield GoldProblem("ingen avsnitt er merket", file)
    for row in labels:
        for message in _check_row(row, vocabulary):
            yield GoldProblem(f"{row.id}: {message}", file)


def _check_row(row: LabelRow, vocabulary: Vocabulary) -> Iterator[str]:
    for part, given, known in (
        ("goals", row.goals, vocabulary.goals),
        ("elements", row.elements, vocabulary.elements),
    ):
        if unknown := [label for label in given if label not in known]:
            yield f"{part}: ukjent merke {', '.join(unknown)}"
        if twice := [label for label, times in Counter(given).items() if times > 1]:
            yield f"{part}: {', '.join(twice)} står to ganger"
    if len(row.elements) > MAX_ELEMENTS:
        yield f"elements: høyst {MAX_ELEMENTS}, ikke {len(row.elements)}"
    if row.source is not None and row.source not in vocabulary.sources:
        yield f"source: ukjent kilde {row.source}; velg blant {', '.join(sorted(vocabulary.sources))}"
    if row.reuse == "own" and row.source is not None:
        yield "source: egne ord har ingen kilde"


def _check_editions(gold: GoldSet, vocabulary: Vocabulary) -> Iterator[GoldProblem]:
    file = gold.folder / DESCRIPTION
    for name, edition in gold.description.guidelines.items():
        loaded = vocabulary.editions.get(name)
        if loaded is None:
            known = ", ".join(sorted(vocabulary.editions))
            yield GoldProblem(f"guidelines: settet «{name}» finnes ikke; velg blant {known}", file)
        elif loaded != edition:
            yield GoldProblem(
                f"guidelines: settet «{name}» er merket etter utgaven {edition}, men verktøyet bruker {loaded}. "
                f"Gå gjennom merkingen mot den nye utgaven og skriv {loaded} her, eller legg den gamle utgaven i en "
                "mappe under guidelines.folders i innstillingene.",
                file,
            )


def _collect_training(golds: Sequence[GoldSet]) -> dict[str, tuple[GoldSet, GoldPassage]]:
    """Return the texts of the training sets, folded, each with where it stands first."""
    found: dict[str, tuple[GoldSet, GoldPassage]] = {}
    for gold in golds:
        if gold.description.split == "train":
            for passage in gold.passages:
                found.setdefault(_fold(passage.text), (gold, passage))
    return found


def _check_overlap(gold: GoldSet, learnt: Mapping[str, tuple[GoldSet, GoldPassage]]) -> Iterator[GoldProblem]:
    """Yield a problem for each passage of a test set that a training set holds too: its figure would be too good."""
    if gold.description.split != "test":
        return
    for passage in gold.passages:
        folded = _fold(passage.text)
        if folded in learnt and len(WORD.findall(folded)) >= MIN_OVERLAP_WORDS:
            other, same = learnt[folded]
            yield GoldProblem(
                f"{passage.id}: avsnittet står også i treningssettet {other.name} ({same.id})", gold.folder / PASSAGES
            )


def _fold(text: str) -> str:
    """Return the text without case, with every number and every run of white space the same."""
    return NUMBER.sub("0", " ".join(text.split()).casefold())
