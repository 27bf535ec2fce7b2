from __future__ import annotations

import tempfile
from enum import Enum
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from hypothesis import given, settings
from hypothesis import strategies as st

from builders import save_corpus
from compliance.records import (
    Assessment,
    CriterionAnswer,
    Document,
    Fact,
    Finding,
    Meaning,
    Measure,
    Page,
    Passage,
    Profile,
    Reading,
    Rejected,
    ReuseSpan,
    Review,
    Run,
    Score,
)
from compliance.store.runs import open_run

# What a reader can hand over: any Unicode text without lone surrogates, numbers that fit the columns.
PLAIN = {
    str: st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    int: st.integers(-(2**31), 2**31 - 1),
    float: st.floats(allow_nan=False, allow_infinity=False),
    bool: st.booleans(),
    NoneType: st.none(),
}


def values_of(hint: Any) -> st.SearchStrategy[Any]:
    """Return a strategy for a field's type, without changing what hypothesis does for other tests."""
    if hint in PLAIN:
        return PLAIN[hint]
    parts = get_args(hint)
    if get_origin(hint) is UnionType:
        return st.one_of(*map(values_of, parts))
    if get_origin(hint) is tuple and parts[-1] is Ellipsis:
        return st.lists(values_of(parts[0]), max_size=3).map(tuple)
    if get_origin(hint) is tuple:
        return st.tuples(*map(values_of, parts))
    return st.sampled_from(list(hint)) if issubclass(hint, Enum) else records(hint)


def records(record: type, **given_fields: object) -> st.SearchStrategy[Any]:
    """Return a strategy for a record, some of its fields given."""
    hints = get_type_hints(record)
    drawn = {name: values_of(hint) for name, hint in hints.items() if name not in given_fields}
    return st.builds(record, **drawn, **{name: st.just(value) for name, value in given_fields.items()})


@st.composite
def saved_runs(draw: st.DrawFn):
    numbers = draw(st.lists(PLAIN[int], max_size=3, unique=True))
    pages = tuple(draw(records(Page, number=page)) for page in sorted(numbers))
    document = draw(records(Document, id="d", pages=pages))
    passages = draw(st.lists(records(Passage, document_id="d"), max_size=3, unique_by=lambda passage: passage.index))
    reading = Reading(
        document, draw(records(Profile, document_id="d")), tuple(sorted(passages, key=lambda passage: passage.index))
    )
    findings = draw(st.lists(records(Finding, document_id="d"), max_size=3))
    meanings = draw(st.lists(records(Meaning, document_id="d"), max_size=3))
    facts = draw(st.lists(records(Fact, document_id="d"), max_size=3))
    spans = draw(st.lists(records(ReuseSpan, document_id="d"), max_size=2))
    assessment = Assessment(
        *(
            draw(st.lists(records(each, document_id="d"), max_size=2).map(tuple))
            for each in (Score, CriterionAnswer, Review, Measure)
        )
    )
    return (
        draw(records(Run)),
        reading,
        findings,
        meanings,
        facts,
        spans,
        assessment,
        draw(st.lists(records(Rejected), max_size=2)),
    )


@settings(max_examples=20)
@given(saved_runs())
def test_any_records_come_back_equal(saved) -> None:
    run, reading, findings, meanings, facts, spans, assessment, rejected = saved
    with tempfile.TemporaryDirectory() as folder, open_run(Path(folder)) as store:
        store.start(run)
        store.save_reading(reading, records=[*findings, *meanings, *facts], config_sha256="c")
        save_corpus(store, spans=spans, assessment=assessment, key="k")
        store.save_rejected(rejected)
        results = store.load_results()
        assert store.load_meanings(["d"]) == tuple(meanings)
    assert results.run == run
    assert results.readings == (reading,)
    assert (results.findings, results.facts) == (tuple(findings), tuple(facts))
    assert results.reuse_spans == tuple(spans)
    assert Assessment(results.scores, results.criteria, results.reviews, results.measures) == assessment
    assert results.rejected == tuple(rejected)
