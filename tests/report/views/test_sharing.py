"""Who shares with whom."""

import pytest

from compliance.report.views.sharing import MAX_NAMES, SHADES, SharingView, show_sharing


def test_run_without_sharing_has_no_names():
    assert show_sharing({}).names == ()


def test_table_holds_those_that_share_most():
    sharing = show_sharing({("Granvik", f"Kommune {n:02}"): 1 for n in range(MAX_NAMES + 5)})
    assert (len(sharing.names), sharing.left_out) == (MAX_NAMES, 6)
    assert "Granvik" in sharing.names
    assert len(sharing.pairs) == 10


@pytest.mark.parametrize(("count", "shade"), [(0, 0), (1, 1), (50, 2), (100, SHADES)])
def test_cells_darken_with_the_count(count, shade):
    counts = {("A", "B"): 100, ("B", "A"): count}
    assert SharingView(("A", "B"), counts, (), 0).shade("B", "A") == shade
