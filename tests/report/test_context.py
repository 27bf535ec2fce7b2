"""What all parts of a report know: which set has taken another's place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from compliance.config import ReportConfig
from compliance.report.pages import make_context


@pytest.mark.parametrize(
    ("between", "found"),
    [
        pytest.param({"valid_to": None}, "mellom", id="in force"),
        pytest.param({"replaced_by": "ny"}, "ny", id="ended as well"),
        pytest.param({}, None, id="ended, and nothing came after"),
        pytest.param({"replaced_by": "gammel"}, None, id="in a circle"),
    ],
)
def test_the_successor_is_the_set_in_force_also_where_no_document_is_held_against_it(
    results, guidelines, between, found
):
    ended = {"valid_from": date(2015, 1, 1), "valid_to": date(2020, 12, 31), "replaced_by": None}
    old, middle, new = (guidelines[0].model_copy(update={**ended, "id": name}) for name in ("gammel", "mellom", "ny"))
    old = old.model_copy(update={"replaced_by": "mellom"})
    known = (old, middle.model_copy(update=between), new.model_copy(update={"valid_to": None}))
    context = replace(make_context(results.run, [old], known=known, config=ReportConfig()), today=date(2026, 1, 1))
    successor = context.find_successor(old)
    assert (successor and successor.id) == found
