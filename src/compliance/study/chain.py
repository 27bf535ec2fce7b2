"""From strategy to plan to budget: where a concrete promise is spoken of again."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from compliance.analyse.matching.scan import Scanner
from compliance.guidelines.study_rules import StudyCue, load_study_rules
from compliance.records import BlockKind, DetailKind, Measure, Passage, Stance
from compliance.records.study import Commitment, StudyDocument
from compliance.study.budget_rows import BudgetRows, is_saving
from compliance.study.documents import BUDGETS, DRAFT
from compliance.study.owners import STRATEGIES
from compliance.study.placing import Readings
from compliance.text.stems import find_stems

_LEAST: Final = 3  # a clause's value from which it binds (docs/scoring.md)
_MIN_SHARED: Final = 2  # rare words that tie a promise to a passage
_RARE: Final = 4  # passages of the municipality's documents that a rare word is in at most
_MIN_LETTERS: Final = 5  # shorter words are seldom the name of a thing
_NAME_LETTERS: Final = 9  # of at least one: «medisindispenser», a compound as names of things are


@dataclass(frozen=True, slots=True)
class _Tie:
    passage: Passage
    words: tuple[str, ...]


class ChainReader:
    """Follows a municipality's promises from document to document."""

    def __init__(
        self, measures: Sequence[Measure], readings: Readings, *, scanner: Scanner, digital: frozenset[str]
    ) -> None:
        self._readings = readings
        self._scanner = scanner
        self._words = load_study_rules()
        self._digital = digital  # passages that are about digitalisation
        self._measures: dict[str, list[Measure]] = defaultdict(list)
        for each in measures:
            passage = readings.passages[each.passage_id]
            binds = each.value >= _LEAST and each.stance is Stance.BINDING and not each.copied
            if binds and passage.kind is not BlockKind.HEADING and not self._is_frame(passage):
                self._measures[each.document_id].append(each)

    def read(self, municipality: str, documents: Mapping[str, StudyDocument]) -> Iterator[Commitment]:
        """Yield each promise of a strategy or plan once, with the passages of other documents that speak of it.

        All that a digitalisation strategy promises counts; of other plans only what names something digital, where it
        stands or in the headings above it.
        A passage speaks of a promise where it has two rare words of it, as names of things are: words that at most a
        few passages of the municipality's documents have, one of them long, none of them the name of who, when or how
        much. A row of a budget does so too where the promise has most words of the row's name, or two and its sum.
        That is a place to look, not proof that it is paid for.
        """
        sources = [name for name, each in documents.items() if each.document_type not in BUDGETS]
        stems = {name: self._index(name) for name in documents}
        counts = Counter(stem for index in stems.values() for words in index.values() for stem in words)
        budgets = [name for name, each in documents.items() if each.document_type in BUDGETS]
        rows = BudgetRows([self._readings.readings[name] for name in budgets])
        for name in [each for each in sources if documents[each].status != DRAFT]:  # a draft binds nobody yet
            whole = documents[name].document_type in STRATEGIES
            for measure in self._list_once(name):
                if not whole and not self._is_digital(measure):
                    continue
                own = self._rare_words(measure, counts)
                plan = _find_tie(own, [stems[each] for each in sources if each != name], self._readings)
                budget = _find_tie(own, [stems[each] for each in budgets], self._readings)
                yield self._describe(municipality, measure, plan, self._find_row(measure, rows) or budget)

    def _find_row(self, measure: Measure, rows: BudgetRows) -> _Tie | None:
        """Return the row of a budget that is named as what the promise is of."""
        text = self._readings.owner_text(measure.document_id)[measure.start : measure.end]
        sums = frozenset(
            int(each.value) for each in measure.details if each.kind is DetailKind.SUM and each.value.isdigit()
        )
        found = rows.find(text, sums)
        return _Tie(*found) if found else None

    def _is_frame(self, passage: Passage) -> bool:
        """Whether a table's row promises nothing: the names of its columns, or a sum of its rows."""
        table = passage.table
        if table is None:
            return False
        named = next((cell for cell in table.cells if cell.strip()), "")
        is_head = not table.header and not any(letter.isdigit() for letter in passage.text)
        return is_head or self._words.search(StudyCue.TOTAL_ROW, named) is not None

    def _is_digital(self, measure: Measure) -> bool:
        passage = self._readings.passages[measure.passage_id]
        lead_in = self._readings.passages.get(passage.lead_in) if passage.lead_in else None
        texts = (passage.text, lead_in.text if lead_in else "", *passage.section)
        scans = (self._scanner.scan(text) for text in texts if text)
        return any(found.is_digital for found in scans)

    def _list_once(self, document_id: str) -> list[Measure]:
        """Return the document's promises; one that serves several goals once, by the goal it says most of."""
        best: dict[tuple[int, int], Measure] = {}
        for each in self._measures.get(document_id, ()):
            key = (each.start, each.end)
            if key not in best or each.value > best[key].value:
                best[key] = each
        return [best[key] for key in sorted(best)]

    def _index(self, document_id: str) -> dict[str, frozenset[str]]:
        reading = self._readings.readings[document_id]
        return {
            passage.id: _list_words(passage.text)
            for passage in reading.passages
            if passage.kind is not BlockKind.HEADING
            and (passage.id in self._digital or passage.table is not None)
            and not is_saving(passage)
        }

    def _rare_words(self, measure: Measure, counts: Mapping[str, int]) -> frozenset[str]:
        text = self._readings.owner_text(measure.document_id)[measure.start : measure.end]
        details = [(each.start - measure.start, each.end - measure.start) for each in measure.details]
        details += [(each.start, each.end) for each in self._scanner.scan(text).specifics]
        names = [pattern.compiled for pattern in self._words.patterns[StudyCue.PLAN_NAME].patterns()]
        details += [match.span() for name in names for match in name.finditer(text)]
        for start, end in details:  # who, when and how much are no names of things
            text = text[: max(start, 0)] + " " * (end - max(start, 0)) + text[end:]
        return frozenset(word for word in _list_words(text) if counts.get(word, 0) <= _RARE)

    def _describe(self, municipality: str, measure: Measure, plan: _Tie | None, budget: _Tie | None) -> Commitment:
        details = {kind: [each.value for each in measure.details if each.kind is kind] for kind in DetailKind}
        place = self._readings.place(self._readings.passages[measure.passage_id], measure.start, measure.end)
        return Commitment(
            municipality,
            measure.goal,
            measure.value,
            "; ".join(details[DetailKind.ACTOR]),
            "; ".join(details[DetailKind.DATE]),
            "; ".join(details[DetailKind.SUM]),
            plan.passage.id if plan else None,
            budget.passage.id if budget else None,
            " ".join(dict.fromkeys([*(budget.words if budget else ()), *(plan.words if plan else ())])),
            **place,
        )


def _find_tie(own: frozenset[str], indexes: Sequence[Mapping[str, frozenset[str]]], readings: Readings) -> _Tie | None:
    best: _Tie | None = None
    for index in indexes:
        for passage_id, words in index.items():
            shared = own & words
            named = any(len(word) >= _NAME_LETTERS for word in shared)
            if named and len(shared) >= _MIN_SHARED and (best is None or len(shared) > len(best.words)):
                best = _Tie(readings.passages[passage_id], tuple(sorted(shared)))
    return best


@lru_cache(maxsize=8192)
def _list_words(text: str) -> frozenset[str]:
    return frozenset(stem for stem, _, _ in find_stems(text) if len(stem) >= _MIN_LETTERS and stem.isalpha())
