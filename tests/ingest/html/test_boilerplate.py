"""Pages built of divs: what surrounds the content is told by names and links."""

from __future__ import annotations

import pytest
from tests.ingest.reading import outline, read_draft

CONTENT = "<h1>Strategi</h1>" + "<p>Kommunen skal dele data med alle som spør etter dem, og gi råd.</p>" * 4
LINKS = "".join(f'<li><a href="/{number}">Tjeneste {number}</a></li>' for number in range(6))


def read(surroundings: str) -> list[str]:
    return outline(read_draft("plan.html", f"<html><body>{surroundings}<div>{CONTENT}</div></body></html>"))


@pytest.mark.parametrize(
    "element",
    [
        pytest.param('<div class="cookie-banner"><p>Vi bruker informasjonskapsler.</p></div>', id="cookie banner"),
        pytest.param('<div id="cookieConsent"><p>Vi bruker informasjonskapsler.</p></div>', id="name in camel case"),
        pytest.param('<a class="skip-link" href="#innhold">Hopp til innholdet</a>', id="link in running text"),
        pytest.param(f'<div class="menu"><ul>{LINKS}</ul></div>', id="menu"),
        pytest.param(f"<ul>{LINKS}</ul>", id="menu without a name before the title"),
        pytest.param('<div class="brødsmulesti"><a href="/">Forsiden</a> / Planer</div>', id="path"),
        pytest.param('<div class="footer"><p>Rådhusgata 1, 9999 Fjellvik</p></div>', id="foot"),
        pytest.param('<div class="share"><a href="#">Del på Facebook</a></div>', id="share links"),
    ],
)
def test_what_surrounds_the_content_is_furniture(element: str) -> None:
    assert read(element)[0] == "h1 Strategi"


@pytest.mark.parametrize(
    ("element", "first"),
    [
        pytest.param('<div class="menu"><p>Menyen i kantina blir digital.</p></div>', "p Menyen", id="named, no links"),
        pytest.param(
            f'<div class="page-footer"><h1>Plan</h1>{"<p>Vi deler data.</p>" * 30}</div>', "h1 Plan", id="main"
        ),
        pytest.param('<p>Se <a href="/a">planen</a>.</p>', "p Se planen", id="link in a sentence"),
        pytest.param('<div class="footnotes"><p>Vedtatt i sak 12.</p></div>', "p Vedtatt", id="notes are no foot"),
    ],
)
def test_content_stays_whatever_it_is_called(element: str, first: str) -> None:
    assert read(element)[0].startswith(first)
