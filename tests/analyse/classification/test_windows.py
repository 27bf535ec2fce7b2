from __future__ import annotations

import numpy as np
import pytest

from builders import make_reading
from compliance.analyse.classification.windows import MAX_CHARACTERS, MAX_PASSAGES, cut_windows
from compliance.analyse.context import outline_passages

HEADING, OTHER = "Digitale tjenester", "Veier og bruer"
SENTENCE = "Kommunen skal gi innbyggerne gode digitale tjenester."
LONG = " ".join([SENTENCE] * (MAX_CHARACTERS // len(SENTENCE)))


def cut(*texts):
    return cut_windows(outline_passages(make_reading(texts).passages))


def test_every_passage_is_in_one_window_in_order() -> None:
    texts = [HEADING, SENTENCE, LONG, SENTENCE, OTHER, LONG, LONG]
    assert [text for window in cut(*texts) for text in window.texts] == texts


def test_no_passages_give_no_windows() -> None:
    assert cut() == []


def test_a_heading_begins_a_window_and_is_read_with_what_follows() -> None:
    first, second = cut(HEADING, SENTENCE, OTHER, SENTENCE)
    assert first.texts == (HEADING, SENTENCE)
    assert second.texts == (OTHER, SENTENCE)


def test_a_change_in_one_section_leaves_the_windows_of_others_alone() -> None:
    before, after = (
        cut(HEADING, SENTENCE, OTHER, SENTENCE),
        cut(HEADING, SENTENCE, "Nytt avsnitt her.", OTHER, SENTENCE),
    )
    assert before[1] == after[1]


def test_a_full_window_is_followed_by_one_that_knows_heading_and_predecessor() -> None:
    first, second = cut(HEADING, LONG, SENTENCE)
    assert first.texts == (HEADING, LONG)
    assert second.context == f"{HEADING} / {LONG}"
    assert second.texts == (SENTENCE,)


def test_an_item_is_read_after_its_lead_in_where_the_list_is_cut() -> None:
    windows = cut("Kommunen skal:", f"- {LONG}", f"- {LONG}", "- dele data")
    assert windows[-1].context == "Kommunen skal:"
    assert windows[-1].texts[-1] == "• dele data"
    assert len(windows) > 1


def test_a_line_that_goes_on_stays_with_what_it_continues() -> None:
    (window,) = cut(LONG, "og skal være enkle å bruke for alle.")
    assert len(window.texts) == 2


@pytest.mark.parametrize("count", [MAX_PASSAGES, MAX_PASSAGES + 1])
def test_a_window_has_room_for_the_beginning_of_each_passage(count) -> None:
    assert max(len(window.texts) for window in cut(*["Ja, så er det."] * count)) == MAX_PASSAGES


def test_a_passage_that_is_not_wanted_ends_a_window_and_is_told_as_what_stands_before() -> None:
    places = outline_passages(make_reading([SENTENCE, "Det er gammelt.", SENTENCE, SENTENCE]).passages)
    first, second = cut_windows(places, np.array([True, False, True, True]))
    assert (first.texts, second.texts) == ((SENTENCE,), (SENTENCE, SENTENCE))
    assert second.context == "Det er gammelt."
