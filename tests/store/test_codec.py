from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.records import (
    Block,
    CriterionAnswer,
    Document,
    Evidence,
    Fact,
    Finding,
    Furniture,
    Measure,
    Page,
    Passage,
    Profile,
    Rejected,
    ReuseSpan,
    Review,
    Run,
    Score,
)
from compliance.store.codec import decode_record, encode_record, field_names, make_codec

RECORDS = [
    Block, CriterionAnswer, Document, Evidence, Fact, Finding, Furniture, Measure, Page, Passage, Profile, Rejected,
    ReuseSpan, Review, Run, Score,
]  # fmt: skip


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
@given(data=st.data())
def test_any_record_survives_encoding(record, data) -> None:
    value = data.draw(st.from_type(record))
    assert decode_record(record, encode_record(value, names=field_names(record))) == value or "nan" in repr(value)


def test_a_type_without_a_database_value_is_refused() -> None:
    @dataclass
    class Odd:
        bag: dict[str, str]

    with pytest.raises(TypeError, match="no database value"):
        make_codec(dict[str, str])
