"""Web pages: content in, surroundings beside."""

from __future__ import annotations

import pytest
from lxml import html as lxml_html
from tests.ingest.reading import outline, read_draft

from compliance.errors import DocumentError
from compliance.records import FurnitureKind

PAGE = """\
<!DOCTYPE html><html lang="nn"><head><meta charset="utf-8"><title>Temaplan | Fjellvik</title><style>p{}</style></head>
<body>
<header><a href="/">Framside</a><nav><ul><li>Meny</li></ul></nav></header>
<main>
  <h1>Temaplan for <em>digitalisering</em></h1>
  <p>Planen gjeld<br>for alle&nbsp;einingar &amp; føretak.<script>x()</script></p>
  <h2>Mål</h2>
  Laus tekst før lista:
  <ul><li>ein<ul><li>under</li></ul></li><li><p>to</p><p>meir om to</p></li></ul>
  <ol start="3"><li>tre</li></ol>
  <aside><h3>Fakta</h3><p>Tal frå SSB.</p></aside>
  <blockquote>Staten seier noko.</blockquote>
  <figure><img src="k.png"><figcaption>Figur 1: Kart</figcaption></figure>
  <table><caption>Tabell 2: Investeringar (mill. kr)</caption>
    <thead><tr><th rowspan="2">Tiltak</th><th colspan="2">Budsjett</th></tr><tr><th>2025</th><th>2026</th></tr></thead>
    <tbody><tr><td colspan="3">Teknisk område</td></tr><tr><td>Fiber</td><td>2,5</td><td>2,5</td></tr></tbody></table>
  <div style="display: none">gøymt</div><div>Til <span>slutt</span>.</div>
</main>
<footer><p>Kontakt oss</p></footer>
</body></html>
"""


def test_main_content_gives_blocks_in_order() -> None:
    assert outline(read_draft("plan.html", PAGE)) == [
        "h1 Temaplan for digitalisering",
        "p Planen gjeld for alle einingar & føretak.",
        "h2 Mål",
        "p Laus tekst før lista:",
        "li1 • ein",
        "li2 • under",
        "li1 • to",
        "li1 meir om to",
        "li1 3. tre",
        "[h3] Fakta",
        "[p] Tal frå SSB.",
        "[p] Staten seier noko.",
        "caption Figur 1: Kart",
        "caption Tabell 2: Investeringar (mill. kr)",
        "row Tiltak | Budsjett",
        "row Tiltak | 2025 | 2026",
        "row Teknisk område",
        "row Fiber | 2,5 | 2,5",
        "p Til slutt.",
    ]


def test_merged_header_cells_name_every_column() -> None:
    row = read_draft("plan.html", PAGE).blocks[-2].table
    assert row is not None
    assert row.header == ("Tiltak", "Budsjett 2025", "Budsjett 2026")
    assert row.unit == "mill. kr"


def test_navigation_and_foot_are_furniture() -> None:
    furniture = [(piece.kind, piece.text) for piece in read_draft("plan.html", PAGE).furniture]
    assert furniture == [
        (FurnitureKind.HEADER, "Framside"),
        (FurnitureKind.HEADER, "• Meny"),
        (FurnitureKind.FOOTER, "Kontakt oss"),
    ]


def test_title_falls_back_to_the_head() -> None:
    assert (
        read_draft("a.html", "<html><head><title>Plan</title></head><body><p>Tekst</p></body></html>").title == "Plan"
    )


def test_page_without_main_element_is_read_whole() -> None:
    text = "<html><body><nav>Meny</nav><div><h2>Mål</h2>Tekst <b>her</b></div><footer>Fot</footer></body></html>"
    draft = read_draft("a.html", text)
    assert outline(draft) == ["h2 Mål", "p Tekst her"]
    assert [piece.text for piece in draft.furniture] == ["Meny", "Fot"]


def test_layout_tables_are_no_tables() -> None:
    text = "<body><table><tr><td><h1>Plan</h1><p>Tekst</p></td></tr></table></body>"
    assert outline(read_draft("a.html", text)) == ["h1 Plan", "p Tekst"]


def test_accordions_and_page_wide_forms_keep_their_text() -> None:
    text = (
        "<body><form><h2><button>Mål</button></h2><div id='panel-1' hidden><p>Vi deler.</p></div>"
        "<button>Søk</button><input value='x'></form></body>"
    )
    assert outline(read_draft("a.html", text)) == ["h2 Mål", "p Vi deler."]


def test_footnotes_of_word_pages_are_footnotes() -> None:
    text = (
        "<body><p>Vi deler data<a href='#_ftn1' id='_ftnref1'>[1]</a>.</p>"
        "<div id='ftn1'><p><a href='#_ftnref1'>[1]</a> Sjå lova.</p></div></body>"
    )
    assert outline(read_draft("a.html", text)) == ["p Vi deler data.", "note 1 Sjå lova."]


def test_footnote_lists_are_footnotes() -> None:
    text = '<body><p>Tekst</p><section class="footnotes"><ol><li>Sjå lova.</li></ol></section></body>'
    assert outline(read_draft("a.html", text)) == ["p Tekst", "note 1 Sjå lova."]


def test_anchor_leads_to_the_element_in_the_page() -> None:
    root = lxml_html.document_fromstring(PAGE, ensure_head_body=True)
    tags = [root.getroottree().xpath(block.anchor)[0].tag for block in read_draft("plan.html", PAGE).blocks]
    assert tags == [
        *["h1", "p", "h2", "main", "li", "li", "p", "p", "li", "h3", "p", "blockquote", "figcaption"],
        *["table", "tr", "tr", "tr", "tr", "div"],
    ]


def read_body(body: str) -> list[str]:
    return outline(read_draft("plan.html", f"<html><body>{body}</body></html>"))


@pytest.mark.parametrize(
    ("body", "blocks"),
    [
        pytest.param("<div>Første.<br><br>Andre.</div>", ["p Første.", "p Andre."], id="two breaks part paragraphs"),
        pytest.param("<div>Første<br>linje.</div>", ["p Første linje."], id="one break does not"),
        pytest.param("<p>Vi skal:<br>- dele<br>- spare</p>", ["p Vi skal:", "li1 - dele", "li1 - spare"], id="typed"),
        pytest.param('<ol type="a"><li>en</li><li>to</li></ol>', ["li1 a. en", "li1 b. to"], id="letters"),
        pytest.param('<ol type="I" start="4"><li>en</li></ol>', ["li1 IV. en"], id="Roman numerals"),
        pytest.param('<ol><li value="7">en</li><li>to</li></ol>', ["li1 7. en", "li1 8. to"], id="value of an item"),
        pytest.param("<p class=MsoListParagraph>·<span>&nbsp; </span>en</p>", ["li1 · en"], id="list saved by Word"),
        pytest.param(
            "<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'>o&nbsp; en</p>", ["li2 o en"], id="its depth"
        ),
    ],
)
def test_lists_and_breaks_are_read_as_shown(body: str, blocks: list[str]) -> None:
    assert read_body(body) == blocks


ARCHIVE = """From: <Saved by Blink>
MIME-Version: 1.0
Content-Type: multipart/related;
\ttype="text/html"; boundary="--M"

----M
Content-Type: {kind}; charset=utf-8
Content-Transfer-Encoding: quoted-printable

<html><body><h1>M=C3=A5l</h1><p>Kommunen skal dele data.</p></body></html>
----M--
"""


def test_a_page_saved_as_one_file_is_read() -> None:
    assert outline(read_draft("plan.mht", ARCHIVE.format(kind="text/html"))) == ["h1 Mål", "p Kommunen skal dele data."]


def test_a_saved_page_without_a_page_is_rejected() -> None:
    with pytest.raises(DocumentError, match="uten innhold"):
        read_draft("plan.mht", ARCHIVE.format(kind="image/png"))
