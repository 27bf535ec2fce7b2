"""Does a sentence on something else change a score? Every sample document, with one sentence added at its end.

    python benchmarks/added_sentences.py [--documents 15] [--sentences 50]

Prints each goal whose score changed though the sentence does not speak for it, and how many there were.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from compliance.config import Config
from compliance.pipeline import assess_readings, read_file
from compliance.records import Block, BlockKind, Finding, Meaning, Passage, Reading, Task
from compliance.resources import Resources

SAMPLES = Path(__file__).resolve().parents[1] / "corpus" / "documents"
PLACES = (
    *("skolen", "biblioteket", "kaia", "idrettshallen", "rådhuset"),
    *("barnehagen", "museet", "parken", "brannstasjonen", "kulturhuset"),
)
SENTENCES = (
    "Taket på {} skal legges om våren 2027.",
    "Åpningstidene ved {} er som i fjor.",
    "Bredbånd til husstandene rundt {} skal bygges ut innen 2028.",
    "Kommunen har plantet 40 trær utenfor {}.",
    "Hvordan kan {} brukes mer om kvelden?",
)


def list_sentences() -> list[str]:
    """Return fifty sentences: five kinds, ten places."""
    return [sentence.format(place) for place in PLACES for sentence in SENTENCES]


def add_sentence(reading: Reading, sentence: str) -> Reading:
    """Return the reading with the sentence as its last paragraph."""
    text = f"{reading.document.text}\n\n{sentence}"
    start, end = len(text) - len(sentence), len(text)
    index = len(reading.passages)
    last = reading.passages[-1]
    passage = Passage(
        id=f"{reading.document.id}:{index:04d}",
        document_id=reading.document.id,
        index=index,
        kind=BlockKind.PARAGRAPH,
        text=sentence,
        start=start,
        end=end,
        pages=last.pages,
        section=last.section,
        sentences=((start, end),),
    )
    blocks = (*reading.document.blocks, Block(BlockKind.PARAGRAPH, start, end))
    return Reading(replace(reading.document, text=text, blocks=blocks), reading.profile, (*reading.passages, passage))


def score(reading: Reading, resources: Resources) -> tuple[dict[str, int], list[Finding]]:
    """Return the values by label, and the findings."""
    records = resources.analyse(reading)
    findings = [each for each in records if isinstance(each, Finding)]
    meanings = [each for each in records if isinstance(each, Meaning)]
    found = assess_readings([reading], findings=findings, meanings=meanings, reuse_spans=(), resources=resources)
    return {each.label: each.value for each in found.scores if each.subject == "goal"}, findings


def find_changes(path: Path, sentences: list[str], resources: Resources) -> Iterator[str]:
    """Yield each unrelated goal that a sentence changes."""
    reading = read_file(path, config=resources.config)
    before, _ = score(reading, resources)
    for sentence in sentences:
        longer = add_sentence(reading, sentence)
        after, findings = score(longer, resources)
        added = longer.passages[-1].id
        about = {each.label for each in findings if each.passage_id == added and each.task in {Task.GOALS, Task.REVIEW}}
        for label, value in after.items():
            if label not in about and value != before[label]:
                yield f"{path.name}: {label} {before[label]} → {value} by «{sentence}»"


def main() -> None:
    """Print the changes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=15)
    parser.add_argument("--sentences", type=int, default=50)
    options = parser.parse_args()
    resources = Resources(Config())
    changes = 0
    for path in sorted(SAMPLES.iterdir())[: options.documents]:
        for change in find_changes(path, list_sentences()[: options.sentences], resources):
            changes += 1
            print(change)
    print(f"{changes} changes")


if __name__ == "__main__":
    main()
