from __future__ import annotations

import tracemalloc

import pytest

from compliance.analyse.reuse import paraphrase_candidates
from compliance.analyse.reuse.paraphrase_candidates import SentenceIndex
from compliance.records import ProseSentence

SENTENCES = 1000  # of each of two texts
STEPS = (1, 3, 5, 7, 11)


@pytest.fixture
def index():
    """Give two texts whose sentences' words are each in some thirty sentences, and some pairs much alike."""
    index = SentenceIndex()
    for owner in ("Lillevik", "Storvik"):
        words = (tuple(sorted({f"ord{number * step % 97}" for step in STEPS})) for number in range(SENTENCES))
        index.add(owner, [ProseSentence(0, 0, 80, stems, (), f"{len(stems):016x}") for stems in words])
    return index


def find(index):
    """Return all pairs; the last of sixteen digits depends on what is added up beside it."""
    found = index.find_candidates(range(len(index)), index.weigh_words())
    return [(each.holder, each.source, round(each.overlap, 9)) for each in found]


def test_how_many_sentences_are_looked_up_at_a_time_changes_no_pair(index, monkeypatch):
    found = find(index)
    assert len(found) > len(index)
    monkeypatch.setattr(paraphrase_candidates, "_SENTENCES", 7)
    monkeypatch.setattr(paraphrase_candidates, "_PAIRS", 11)
    assert find(index) == found


def test_what_is_held_does_not_grow_with_the_sentences_that_are_looked_up(index):
    weights = index.weigh_words()
    peaks = []
    for sentences in (SENTENCES // 2, 2 * SENTENCES):
        tracemalloc.start()
        try:
            assert sum(1 for _ in index.find_candidates(range(sentences), weights)) > sentences
            peaks.append(tracemalloc.get_traced_memory()[1])
        finally:
            tracemalloc.stop()
    assert peaks[1] < 1.2 * peaks[0]
