"""Changed numbers between two wordings, in words."""

import pytest

from compliance.report.catalogue import load_catalogue
from compliance.report.views.differences import tell_changes


@pytest.mark.parametrize(
    ("own", "source", "told"),
    [
        pytest.param(
            "Alle får svar innen 2023.",
            "Alle får svar innen 2019.",
            ["Årstallet 2019 i kilden er endret til 2023 her."],
            id="year",
        ),
        pytest.param(
            "Vi sparer 12 % hvert år.",
            "Vi sparer 10 % hvert år.",
            ["Tallet 10 i kilden er endret til 12 her."],
            id="number",
        ),
        pytest.param("Vi sparer mye.", "Vi sparer 10 %.", ["Tallet 10 står i kilden, men ikke her."], id="removed"),
        pytest.param(
            "Vi får 3 stillinger.", "Vi får stillinger.", ["Tallet 3 står her, men ikke i kilden."], id="added"
        ),
        pytest.param("Innen 2023 får alle svar.", "Innen 2023 skal alle få svar.", [], id="same number"),
        pytest.param("3.1 Alle får svar.", "2 Alle får svar.", [], id="a heading's own number does not count"),
        pytest.param(
            "I 2021 og 2023 måler vi.",
            "I 2019 og 2023 måler vi.",
            ["Årstallet 2019 i kilden er endret til 2021 her."],
            id="one of two",
        ),
        pytest.param(
            "Perioden 2023–2026.",
            "Perioden 2019–2022.",
            ["Tallet 2019–2022 i kilden er endret til 2023–2026 her."],
            id="period",
        ),
    ],
)
def test_changed_numbers_are_told_in_words(own, source, told):
    assert list(tell_changes(own, source, texts=load_catalogue("nb"))) == told
