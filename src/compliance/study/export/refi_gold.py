"""A coded REFI-QDA project as gold sets: what a person marked in NVivo measures and trains the judgement here."""

from __future__ import annotations

import itertools
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from compliance.errors import SettingsError
from compliance.evaluate.gold import ANNOTATORS, DESCRIPTION, LABELS, MAX_ELEMENTS, PASSAGES
from compliance.files import write_atomically
from compliance.guidelines.sets import GuidelineSet
from compliance.records import Level
from compliance.study.export.codes import (
    CRITERION,
    ELEMENT,
    GOAL,
    QUOTED,
    UNATTRIBUTED,
    WORDS,
    Code,
)
from compliance.study.export.refi_read import CodedProject, Coding, Source, read_project
from compliance.study.export.refi_xml import MACHINE

BLANK: Final = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")  # one blank line or more
LEVELS: Final = tuple(Level)  # weakest first


@dataclass(frozen=True, slots=True)
class ImportedSet:
    """A gold set that was written."""

    folder: Path
    passages: int
    labelled: int  # passages that someone coded


@dataclass(frozen=True, slots=True)
class Unmapped:
    """Something of the project that no gold set has: what it is and how often."""

    what: str
    times: int


@dataclass(frozen=True, slots=True)
class GoldImport:
    """The gold sets of a project, whose codings they hold, and what was left out."""

    sets: tuple[ImportedSet, ...]
    coders: tuple[str, ...]
    unmapped: tuple[Unmapped, ...]


@dataclass(slots=True)
class _Labels:
    """What the codings say of one passage."""

    goals: list[str] = field(default_factory=list)
    elements: list[str] = field(default_factory=list)
    levels: list[Level] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    local: bool = False
    coded: bool = False


@dataclass(slots=True)
class _Mapper:
    """Turns codes into labels, and counts what has none."""

    project: CodedProject
    keys: Mapping[str, str]  # of our codes, by their guid and by what their names begin with
    left_out: Counter[str] = field(default_factory=Counter)

    def find_key(self, code: str) -> str | None:
        name = self.project.codes.get(code, "")
        return self.keys.get(code) or self.keys.get(name.casefold()) or self.keys.get(name.partition(" ")[0].casefold())

    def label(self, spans: Sequence[tuple[int, int]], codings: Iterable[Coding]) -> list[_Labels]:
        """Return the labels of each passage. A coding is of every passage that it covers half of, or lies half in."""
        labels = [_Labels() for _ in spans]
        for coding in codings:
            key = self.find_key(coding.code)
            if key is None or not self._has_place(key):
                name = self.project.codes.get(coding.code) or "uten navn"
                self.left_out[f"koden «{name}» er ikke en av merkelappene i et gullsett"] += 1
                continue
            hits = [index for index, span in enumerate(spans) if _covers(coding, span)]
            if not hits:
                self.left_out["et merket sted er mindre enn halvparten av avsnittet og ligger i flere"] += 1
            for index in hits:
                self._add(labels[index], key)
        return labels

    def _has_place(self, key: str) -> bool:
        kind, _, label = key.partition(":")
        return kind != CRITERION and (kind != WORDS or label in {QUOTED, UNATTRIBUTED})

    def _add(self, labels: _Labels, key: str) -> None:
        labels.coded = True
        kind, _, label = key.partition(":")
        match kind:
            case "goal" if label not in labels.goals:
                labels.goals.append(label)
            case "element" if label not in labels.elements:
                if len(labels.elements) < MAX_ELEMENTS:
                    labels.elements.append(label)
                else:
                    self.left_out[f"et avsnitt har flere enn {MAX_ELEMENTS} elementer"] += 1
            case "level":
                labels.levels.append(Level(label))
            case "words":
                labels.words.append(label)
            case "local":
                labels.local = True


def import_gold(
    path: Path,
    *,
    out: Path,
    codes: Sequence[Code],
    guidelines: Sequence[GuidelineSet],
    coder: str | None = None,
    texts: Mapping[str, Sequence[tuple[int, int]]] | None = None,
) -> GoldImport:
    """Write a gold set for each text of the project that someone coded, and return them with what was left out.

    The program's own codings are not taken unless `coder` names it. Two coders become two readers' labels, to be held
    against each other. `texts` holds how the run that was exported cut its documents, by their text; another text is
    cut at blank lines, and at line ends where it has none. Raises SettingsError where more than two have coded, or
    nobody.
    """
    project = read_project(path)
    chosen = _choose_coders(project, coder)
    mapper = _Mapper(project, _list_keys(codes))
    mapper.left_out.update(project.problems)
    sets: list[ImportedSet] = []
    for source in project.sources:
        mapper.left_out.update(f"{source.name}: {problem}" for problem in source.problems)
        by_coder = [[each for each in source.codings if each.user == user] for user in chosen]
        if any(by_coder):
            spans = (texts or {}).get(source.text) or cut_passages(source.text)
            labels = [mapper.label(spans, codings) for codings in by_coder]
            folder = out / _name_folder(source, {each.folder.name for each in sets})
            sets.append(_write_set(folder, source, spans, labels=labels, guidelines=guidelines))
    if not sets:
        raise SettingsError(f"{path}: ingen av tekstene er kodet av {coder or 'en person'}.", file=path)
    unmapped = tuple(Unmapped(what, times) for what, times in sorted(mapper.left_out.items()))
    return GoldImport(tuple(sets), tuple(project.users.get(each, "uten navn") for each in chosen), unmapped)


def cut_passages(text: str) -> list[tuple[int, int]]:
    """Return where each passage of a text begins and ends: at blank lines, or at line ends where it has none."""
    breaks = list(BLANK.finditer(text)) or list(re.finditer("\n", text))
    edges = [(0, 0), *((each.start(), each.end()) for each in breaks), (len(text), len(text))]
    spans = []
    for (_, start), (end, _) in itertools.pairwise(edges):
        piece = text[start:end]
        if piece.strip():
            spans.append((start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())))
    return spans


def _choose_coders(project: CodedProject, coder: str | None) -> tuple[str, ...]:
    users = {each.user for source in project.sources for each in source.codings}
    if coder is not None:
        chosen = {user for user in users if project.users.get(user) == coder}
        if len(chosen) != 1:
            raise SettingsError(f"Ingen med navnet «{coder}» har kodet. {_list_names(project, users)}")
        return tuple(chosen)
    people = sorted((user for user in users if user != str(MACHINE)), key=lambda user: project.users.get(user, ""))
    if not 1 <= len(people) <= len(ANNOTATORS):
        raise SettingsError(f"Velg hvem sine koder som gjelder, med --coder. {_list_names(project, users)}")
    return tuple(people)


def _list_names(project: CodedProject, users: Iterable[str]) -> str:
    names = sorted(project.users.get(user, "uten navn") for user in users)
    return f"Prosjektet har koder fra {', '.join(names)}." if names else "Ingen i prosjektet har kodet noe."


def _list_keys(codes: Sequence[Code]) -> dict[str, str]:
    """Return the keys of our codes by guid, by whole name, and for goals and elements by the id that it begins with."""
    keys = {}
    for code in (each for top in codes for each in top.list_all()):
        if code.key is None:
            continue
        keys[str(code.guid)] = code.key
        keys[code.name.casefold()] = code.key
        if code.key.partition(":")[0] in {GOAL, ELEMENT, CRITERION}:
            keys[code.key.partition(":")[2].casefold()] = code.key
    return keys


def _covers(coding: Coding, span: tuple[int, int]) -> bool:
    start, end = span
    shared = min(coding.end, end) - max(coding.start, start)
    return 2 * shared >= min(end - start, coding.end - coding.start) > 0


def _write_set(
    folder: Path,
    source: Source,
    spans: Sequence[tuple[int, int]],
    *,
    labels: Sequence[Sequence[_Labels]],
    guidelines: Sequence[GuidelineSet],
) -> ImportedSet:
    folder.mkdir(parents=True, exist_ok=True)
    ids = [f"p{number:04d}" for number in range(len(spans))]
    passages = [{"id": each, "text": source.text[start:end]} for each, (start, end) in zip(ids, spans, strict=True)]
    _write_rows(folder / PASSAGES, passages)
    for name, read in zip((LABELS,) if len(labels) == 1 else ANNOTATORS, labels, strict=True):
        _write_rows(folder / name, (_describe(each, found) for each, found in zip(ids, read, strict=True)))
    goals = {goal for read in labels for each in read for goal in each.goals}
    editions = {each.id: each.edition for each in guidelines if any(each.find_goal(goal) for goal in goals)}
    with write_atomically(folder / DESCRIPTION) as stream:
        stream.write(json.dumps({"name": folder.name, "guidelines": editions}, ensure_ascii=False).encode() + b"\n")
    labelled = sum(any(read[index].coded for read in labels) for index in range(len(spans)))
    return ImportedSet(folder, len(spans), labelled)


def _describe(passage_id: str, found: _Labels) -> dict[str, object]:
    return {
        "id": passage_id,
        "goals": found.goals,
        "elements": found.elements,
        "level": max(found.levels, key=LEVELS.index, default=Level.NONE),
        "reuse": "quoted" if QUOTED in found.words else "copied" if found.words else "own",
        "source": None,
        "local": found.local,
    }


def _write_rows(path: Path, rows: Iterable[Mapping[str, object]]) -> None:
    with write_atomically(path) as stream:
        stream.writelines(f"{json.dumps(row, ensure_ascii=False)}\n".encode() for row in rows)


def _name_folder(source: Source, taken: set[str]) -> str:
    name = re.sub(r"\W+", "_", source.name).strip("_") or source.guid
    return name if name not in taken else f"{name}_{source.guid[:8]}"
