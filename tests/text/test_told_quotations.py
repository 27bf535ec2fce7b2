from __future__ import annotations

import pytest

from compliance.text.told_quotations import is_told_quotation


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("«Sammen skal vi skape gode tjenester», heter det i strategien til KS.", True),
        ("«Saman skal vi skape gode tenester», seier regjeringa.", True),
        ("«Sammen skal vi skape gode tjenester», heter det i samfunnsdelen vår.", False),
        ("«Digital hverdag for alle» skal være ferdig i 2031.", False),
        ("Kommunen skal innføre «Digital hverdag for alle», sier rådmannen.", False),
    ],
)
def test_a_quotation_is_anothers_by_what_is_told_after_it(sentence, told) -> None:
    assert is_told_quotation(sentence) is told
