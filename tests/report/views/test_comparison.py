"""Two wordings side by side."""

import pytest

from compliance.report.views.comparison import compare_wordings


@pytest.mark.parametrize(
    ("own", "source", "only_own", "only_source"),
    [
        pytest.param("Vi deler data", "Vi deler data", [], [], id="same"),
        pytest.param("«Vi deler data.»", "vi deler data", [], [], id="case and punctuation do not count"),
        pytest.param("Kommunen deler data", "Staten deler data", ["Kommunen"], ["Staten"], id="one word replaced"),
        pytest.param("Vi deler åpne data", "Vi deler data", ["åpne"], [], id="word added"),
        pytest.param("Vi – ja vi – deler", "Vi deler", ["– ja vi –"], [], id="signs alone are words"),
        pytest.param("", "Vi deler", [], ["Vi deler"], id="nothing on one side"),
    ],
)
def test_words_on_one_side_only_are_marked(own, source, only_own, only_source):
    left, right = compare_wordings(own, source)
    assert [piece.text for piece in left if piece.marked] == only_own
    assert [piece.text for piece in right if piece.marked] == only_source


def test_both_sides_keep_all_their_words():
    left, right = compare_wordings("En  to\ntre", "to fire")
    assert " ".join(piece.text for piece in left) == "En to tre"
    assert " ".join(piece.text for piece in right) == "to fire"
