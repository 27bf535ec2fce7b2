"""How often is a score right that is called clear, likely or unsure?

    python benchmarks/certainty.py corpus/labelled ../shared/gold

For goals, goals not found, criteria and elements: the bounds, and the share right with the number of cells, on the
training documents held out (an eighth at a time) and on those of the test split, which nothing was learnt from. Goals
as the report calls them: found by the bounds of goals, not found by their own. Then what readers would not give: goals
of the test split at 3 or 4 where a reader gives at most 2, by document. The model of document scores is learnt anew, as
`compliance train-scores` does. Takes about as long as that, a minute or two.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from compliance.config import Config
from compliance.evaluate.discovery import find_gold_folders
from compliance.evaluate.gold import load_gold
from compliance.records import Assessment, ScoreSubject
from compliance.resources import Resources
from compliance.score.documents import assess_document
from compliance.score.model import CertaintyBounds, DocumentModel
from compliance.train import document_scores as learnt
from compliance.train.document_scores import Held, Pair, ScoredDocument
from compliance.train.scored_documents import learn_scores

Pairing = Callable[[ScoredDocument, Assessment], Iterable[Pair]]
COMMITTED, DESCRIBED = 3, 2


def call(held: Held, pairing: Pairing, bounds: CertaintyBounds) -> Iterator[tuple[str, bool]]:
    """Yield what each cell is called, and whether it is right."""
    for document, found in held:
        for certainty, is_right in pairing(document, found):
            yield bounds.name(certainty).value, is_right


def count_right(called: Iterable[tuple[str, bool]]) -> str:
    """Return the share that is right and the number of cells, by what they are called."""
    cells: Mapping[str, list[bool]] = defaultdict(list)
    for name, is_right in called:
        cells[name].append(is_right)
    return ", ".join(
        f"{name} {sum(cells[name]) / len(cells[name]):.2f} of {len(cells[name])}"
        for name in ("clear", "likely", "unsure")
        if cells[name]
    )


def pair_found(document: ScoredDocument, found: Assessment) -> list[Pair]:
    """Return the certainties of the goals that are said to be found, and whether a reader gives the same score."""
    return learnt.pair_goals(document, replace(found, scores=tuple(each for each in found.scores if each.value)))


def count_too_high(document: ScoredDocument, found: Assessment) -> int:
    """Return how many goals we say a plan commits to where a reader does not."""
    return sum(
        each.value >= COMMITTED and document.goals[each.label].value <= DESCRIBED
        for each in found.scores
        if each.subject is ScoreSubject.GOAL and each.label in document.goals
    )


def print_certainties(model: DocumentModel, documents: Mapping[str, Held], resources: Resources) -> None:
    """Print the bounds and what is right by them."""
    rows: Sequence[tuple[str, Pairing, CertaintyBounds]] = (
        ("goals", learnt.pair_goals, model.goal_certainty),
        ("goals not found", learnt.pair_absent, model.absent_certainty),
        ("criteria", learnt.pair_criteria, model.criterion_certainty),
        ("elements", partial(learnt.pair_elements, elements=resources.criteria), model.element_certainty),
    )
    for name, pairing, bounds in rows:
        print(f"{name}: clear from {bounds.clear}, likely from {bounds.likely}")
        for which, held in documents.items():
            print(f"  {which}: {count_right(call(held, pairing, bounds))}")
    print("goals as the report calls them")
    for which, held in documents.items():
        found = call(held, pair_found, model.goal_certainty)
        print(f"  {which}: {count_right([*found, *call(held, learnt.pair_absent, model.absent_certainty)])}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    golds = [load_gold(folder) for folder in find_gold_folders(parser.parse_args().folders)]
    resources = Resources(Config()).with_default_sets()
    model, held_out, maker = learn_scores(golds, resources=resources)
    unseen: Held = []
    for gold in (each for each in golds if each.scores and each.description.split == "test"):
        document = maker.make_scored(gold)
        found = assess_document(
            document.evidence, goals=tuple(document.goals), elements=resources.criteria, model=model.read
        )
        unseen.append((document, found))
    print_certainties(model.read, {"held out": held_out, "never seen": unseen}, resources)
    print("goals at 3 or 4 that a reader gives at most 2, never seen:")
    for document, found in unseen:
        print(f"  {document.name}: {count_too_high(document, found)}")


if __name__ == "__main__":
    main()
