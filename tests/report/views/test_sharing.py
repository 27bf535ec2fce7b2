"""Who shares with whom."""

from dataclasses import replace

import pytest

from compliance.records import ReuseKind
from compliance.report.document_results import collect_results
from compliance.report.views.sharing import MAX_NAMES, SHADES, SharingView, count_sharing, show_sharing


def test_common_wording_and_own_documents_are_not_counted(results):
    spans = (results.reuse_spans[0], replace(results.reuse_spans[0], boilerplate=True), results.reuse_spans[-1])
    sharing = count_sharing(collect_results(replace(results, reuse_spans=spans)))
    assert sharing == {("Granvik", "Storelva"): 1}


def test_run_without_sharing_has_no_names(results):
    assert show_sharing(count_sharing(collect_results(replace(results, reuse_spans=())))).names == ()


def test_table_holds_those_that_share_most(results):
    span = results.reuse_spans[0]
    others = [replace(span, source_id=f"x{n}", source_name=f"Kommune {n:02}") for n in range(MAX_NAMES + 5)]
    sharing = show_sharing(count_sharing(collect_results(replace(results, reuse_spans=tuple(others)))))
    assert (len(sharing.names), sharing.left_out) == (MAX_NAMES, 6)
    assert "Granvik" in sharing.names
    assert len(sharing.pairs) == 10


@pytest.mark.parametrize(("count", "shade"), [(0, 0), (1, 1), (50, 2), (100, SHADES)])
def test_cells_darken_with_the_count(count, shade):
    counts = {("A", "B"): 100, ("B", "A"): count}
    assert SharingView(("A", "B"), counts, (), 0).shade("B", "A") == shade


def test_what_is_only_reworked_is_not_shared(results):
    span = replace(results.reuse_spans[0], kind=ReuseKind.REWORKED)
    assert count_sharing(collect_results(replace(results, reuse_spans=(span,)))) == {}
