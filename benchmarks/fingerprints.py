"""How surely changed official wording is known by its fingerprints, and how often anything else is taken for it.

Run: `python benchmarks/fingerprints.py WORDINGS... [--gold corpus/labelled]`, with files of official wording named
after their sets (`ks.md`), as `compliance guidelines fingerprint` reads them. Each sentence of 8 to 20 words is put
among other passages with up to a quarter of its words replaced, left out or put in.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from compliance.analyse.reuse.fingerprint_matching import find_official_wording
from compliance.guidelines.fingerprints import Fingerprint, make_fingerprints
from compliance.guidelines.official_texts import read_wordings

SHARES = (0.0, 0.06, 0.12, 0.18, 0.25)  # of a sentence's words that are changed
BUCKETS = {"8-11": range(8, 12), "12-15": range(12, 16), "16-20": range(16, 21)}
TIMES = 2
AROUND = 4  # passages on either side
WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")


def main() -> None:
    """Measure recall by length and share of changes, and what is found in passages labelled as own words."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("wordings", nargs="+", type=Path)
    parser.add_argument("--gold", type=Path, default=Path("corpus/labelled"))
    options = parser.parse_args()
    wordings = {path.stem: read_wordings(path) for path in options.wordings}
    fingerprints = [each for name, texts in wordings.items() for each in make_fingerprints(texts, set_id=name)]
    documents = [list(read_gold(folder)) for folder in sorted(options.gold.iterdir()) if folder.is_dir()]
    sentences = [text for texts in wordings.values() for goal in texts.values() for text in goal]
    print_recall(sentences, [text for document in documents for text, _ in document], fingerprints)
    print_found(documents, fingerprints)


def read_gold(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield each passage's text and whose words a reader says it is."""
    texts, labels = (
        (folder / name).read_text(encoding="utf-8").splitlines() for name in ("passages.jsonl", "labels.jsonl")
    )
    for text, label in zip(texts, labels, strict=True):
        yield json.loads(text)["text"], json.loads(label)["reuse"]


def print_recall(sentences: Sequence[str], passages: Sequence[str], fingerprints: Sequence[Fingerprint]) -> None:
    """Print the share of changed sentences that are found where they are."""
    draw = random.Random(5)
    words = [word for passage in passages for word in WORD.findall(passage)]
    tried, found = Counter[tuple[str, float]](), Counter[tuple[str, float]]()
    for sentence in sentences:
        own = WORD.findall(sentence)
        bucket = next((name for name, lengths in BUCKETS.items() if len(own) in lengths), None)
        for share in SHARES if bucket else ():
            for _ in range(TIMES):
                changed = " ".join(change(own, share, words, draw))
                before, after = (" ".join(draw.sample(passages, AROUND)) for _ in range(2))
                matches = find_official_wording(f"{before} {changed}. {after}", fingerprints)
                low, high = len(before) + 1, len(before) + 1 + len(changed)
                tried[bucket or "", share] += 1
                found[bucket or "", share] += any(low <= (each.start + each.end) / 2 <= high for each in matches)
    for key in sorted(tried):
        print(*key, f"{found[key] / tried[key]:.2f} of {tried[key]}")
    edited = [key for key in tried if key[1]]
    print(f"changed, all lengths: {sum(found[key] for key in edited) / sum(tried[key] for key in edited):.3f}")


def change(words: Sequence[str], share: float, others: Sequence[str], draw: random.Random) -> list[str]:
    """Return the words with a share of them replaced, left out or put in."""
    changed = list(words)
    for _ in range(round(share * len(words))):
        place, how = draw.randrange(len(changed)), draw.choice(("replace", "leave out", "put in"))
        changed[place : place + (how != "put in")] = [] if how == "leave out" else [draw.choice(others)]
    return changed


def print_found(documents: Sequence[Sequence[tuple[str, str]]], fingerprints: Sequence[Fingerprint]) -> None:
    """Print what is found in passages that a reader says are the municipality's own words, to be read."""
    hits, own = 0, []
    for document in documents:
        for match in find_official_wording("\n\n".join(text for text, _ in document), fingerprints):
            hits += 1
            place = 0
            for text, label in document:
                if place <= match.start < place + len(text) and label == "own":
                    own.append((match.fingerprint, text[match.start - place : match.end - place]))
                place += len(text) + 2
    print(f"{sum(map(len, documents))} passages: {hits} matches, {len(own)} where a reader says own words")
    for fingerprint, text in own:
        print(f"  {fingerprint.set_id}:{fingerprint.goal_id}  {text}")


if __name__ == "__main__":
    main()
