"""Word documents: the final text as a reader sees it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import docx
import pytest
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.text.paragraph import Paragraph
from tests.ingest.reading import outline, read_draft

from compliance.ingest.docx.numbering import format_number
from compliance.ingest.draft import Draft
from compliance.records import FurnitureKind


def read_word(build: Callable[[WordDocument], object]) -> Draft:
    document = docx.Document()
    build(document)
    stream = io.BytesIO()
    document.save(stream)
    return read_draft("plan.docx", stream.getvalue())


def add_runs(document: WordDocument, runs: str, properties: str = "") -> Paragraph:
    """Add a paragraph made of raw runs."""
    xml = f"<w:p {nsdecls('w')}><w:pPr>{properties}</w:pPr>{runs}</w:p>"
    element = parse_xml(xml)
    document.element.body.insert(len(document.element.body) - 1, element)
    return Paragraph(element, document._body)


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def test_headings_lists_and_paragraphs_keep_their_order() -> None:
    def build(document: WordDocument) -> None:
        document.add_paragraph("Digital plan", "Title")
        document.add_heading("Mål", 1)
        document.add_paragraph("Kommunen skal:")
        document.add_paragraph("øke", "List Bullet")
        document.add_paragraph("i skolen", "List Bullet 2")
        document.add_paragraph("- spare tid")
        document.add_heading("Delmål", 2)
        document.add_paragraph("først", "List Number")
        document.add_paragraph("så", "List Number")

    draft = read_word(build)
    assert outline(draft) == [
        "h1 Digital plan",
        "h1 Mål",
        "p Kommunen skal:",
        "li1 • øke",
        "li2 • i skolen",
        "li1 - spare tid",
        "h2 Delmål",
        "li1 1. først",
        "li1 2. så",
    ]
    assert draft.title == "Digital plan"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("Overskrift 2", "h2 Tiltak", id="norwegian-name"),
        pytest.param("Sitat", "[p] Tiltak", id="quote"),
        pytest.param("Bildetekst", "caption Tiltak", id="caption"),
    ],
)
def test_norwegian_style_names_are_known(name: str, expected: str) -> None:
    def build(document: WordDocument) -> None:
        document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        document.add_paragraph("Tiltak", name)

    assert outline(read_word(build)) == [expected]


def test_a_style_inherits_what_it_is_based_on() -> None:
    def build(document: WordDocument) -> None:
        style = document.styles.add_style("Kommunens kapittel", WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Heading 3"]
        document.add_paragraph("Tiltak", style)

    assert outline(read_word(build)) == ["h3 Tiltak"]


def test_outline_level_makes_a_heading() -> None:
    assert outline(read_word(lambda d: add_runs(d, run("Tiltak"), '<w:outlineLvl w:val="1"/>'))) == ["h2 Tiltak"]


def test_short_bold_lines_are_headings_below_the_last() -> None:
    def build(document: WordDocument) -> None:
        document.add_heading("Mål", 1)
        document.add_paragraph().add_run("Skole og barnehage").bold = True
        document.add_paragraph("Skolen skal dele data.")
        document.add_paragraph().add_run("Dette er viktig, og vi mener det.").bold = True

    assert outline(read_word(build)) == [
        "h1 Mål",
        "h2 Skole og barnehage",
        "p Skolen skal dele data.",
        "p Dette er viktig, og vi mener det.",
    ]


def test_tracked_insertions_are_in_and_deletions_out() -> None:
    inserted = f'<w:ins w:id="1" w:author="K">{run("skal ")}</w:ins>'
    deleted = '<w:del w:id="2" w:author="K"><w:r><w:delText>bør </w:delText></w:r></w:del>'
    draft = read_word(lambda d: add_runs(d, run("Kommunen ") + inserted + deleted + run("dele data.")))
    assert outline(draft) == ["p Kommunen skal dele data."]


def test_a_deleted_paragraph_end_joins_the_paragraphs() -> None:
    def build(document: WordDocument) -> None:
        add_runs(document, run("Kommunen skal"), '<w:rPr><w:del w:id="3" w:author="K"/></w:rPr>')
        add_runs(document, run("dele data."))

    assert outline(read_word(build)) == ["p Kommunen skal dele data."]


def test_comments_are_kept_beside_the_text() -> None:
    def build(document: WordDocument) -> None:
        paragraph = document.add_paragraph("Kommunen skal dele data.")
        document.add_comment(paragraph.runs, text="Er dette vedtatt?", author="Kari")

    draft = read_word(build)
    assert outline(draft) == ["p Kommunen skal dele data."]
    assert [(piece.kind, piece.text) for piece in draft.furniture] == [
        (FurnitureKind.COMMENT, "Kari: Er dette vedtatt?")
    ]


def test_headers_and_footers_are_furniture() -> None:
    def build(document: WordDocument) -> None:
        document.sections[0].header.paragraphs[0].text = "Fjellvik kommune"
        document.sections[0].footer.paragraphs[0].text = "Side 2"
        document.add_paragraph("Tekst.")

    kinds = {(piece.kind, piece.text) for piece in read_word(build).furniture}
    assert kinds == {(FurnitureKind.HEADER, "Fjellvik kommune"), (FurnitureKind.PAGE_NUMBER, "Side 2")}


def test_table_of_contents_field_is_furniture() -> None:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    def build(document: WordDocument) -> None:
        code = '<w:r><w:instrText xml:space="preserve"> TOC \\o "1-3" </w:instrText></w:r>'
        add_runs(document, mark("begin") + code + mark("separate") + run("Mål 3"))
        add_runs(document, run("Tiltak 4"))
        add_runs(document, mark("end"))
        document.add_heading("Mål", 1)

    draft = read_word(build)
    assert outline(draft) == ["h1 Mål"]
    assert [(piece.kind, piece.text) for piece in draft.furniture] == [
        (FurnitureKind.CONTENTS, "Mål 3"),
        (FurnitureKind.CONTENTS, "Tiltak 4"),
    ]


def test_tables_come_row_by_row_with_merged_cells() -> None:
    def build(document: WordDocument) -> None:
        document.add_paragraph("Tabell 1: Tiltak (tall i 1000 kr)", "Caption")
        table = document.add_table(4, 3)
        for y, texts in enumerate(
            [("Tiltak", "2025", "2026"), ("Skole", "", ""), ("Nettbrett", "5", "5"), ("", "7", "9")]
        ):
            for x, text in enumerate(texts):
                table.cell(y, x).text = text
        table.cell(1, 0).merge(table.cell(1, 2))
        table.cell(2, 0).merge(table.cell(3, 0))

    draft = read_word(build)
    assert outline(draft) == [
        "caption Tabell 1: Tiltak (tall i 1000 kr)",
        "row Tiltak | 2025 | 2026",
        "row Skole",
        "row Nettbrett | 5 | 5",
        "row Nettbrett | 7 | 9",
    ]
    row = draft.blocks[-1].table
    assert row is not None
    assert (row.header, row.unit) == (("Tiltak", "2025", "2026"), "1000 kr")


def test_a_table_of_one_cell_is_a_box() -> None:
    def build(document: WordDocument) -> None:
        cell = document.add_table(1, 1).cell(0, 0)
        cell.text = "Fakta om kommunen"
        cell.add_paragraph("Vi er 4 000 innbyggere.")

    assert outline(read_word(build)) == ["[p] Fakta om kommunen", "[p] Vi er 4 000 innbyggere."]


def test_text_boxes_come_once_and_are_boxed() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>I boksen</w:t></w:r></w:p></w:txbxContent>"
    namespace = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    drawing = (
        f'<w:r><mc:AlternateContent {namespace}><mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert outline(read_word(lambda d: add_runs(d, run("Tekst.") + drawing))) == ["p Tekst.", "[p] I boksen"]


def test_hidden_text_is_out_and_special_characters_are_in() -> None:
    runs = run("hemmelig", "<w:vanish/>") + run("e") + "<w:r><w:noBreakHyphen/></w:r>" + run("helse")
    runs += "<w:r><w:br/></w:r>" + run("ny linje") + "<w:r><w:tab/></w:r>" + run("tabulert")
    assert outline(read_word(lambda d: add_runs(d, runs))) == ["p e-helse ny linje tabulert"]


def test_links_keep_their_text() -> None:
    link = f'<w:hyperlink w:anchor="x">{run("nettsiden")}</w:hyperlink>'
    assert outline(read_word(lambda d: add_runs(d, run("Se ") + link + run(".")))) == ["p Se nettsiden."]


def test_automatic_numbers_restart_below_a_heading() -> None:
    def build(document: WordDocument) -> None:
        numbering = document.part.numbering_part.element
        levels = "".join(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
            for level, form, text in [(0, "decimal", "%1"), (1, "decimal", "%1.%2"), (2, "lowerLetter", "%3)")]
        )
        numbering.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{levels}</w:abstractNum>'))
        numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="91"><w:abstractNumId w:val="90"/></w:num>'))
        for level, style, text in [
            (0, "Heading1", "Mål"),
            (1, "Heading2", "Skole"),
            (2, "Normal", "dele"),
            (2, "Normal", "lære"),
            (0, "Heading1", "Tiltak"),
            (1, "Heading2", "Helse"),
        ]:
            number = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="91"/></w:numPr>'
            add_runs(document, run(text), f'<w:pStyle w:val="{style}"/>{number}')

    assert outline(read_word(build)) == [
        "h1 1 Mål",
        "h2 1.1 Skole",
        "li3 a) dele",
        "li3 b) lære",
        "h1 2 Tiltak",
        "h2 2.1 Helse",
    ]


def test_footnotes_follow_their_paragraph() -> None:
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    def build(document: WordDocument) -> None:
        notes = (
            f'<w:footnotes {nsdecls("w")}><w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
            f'<w:footnote w:id="7"><w:p><w:r><w:footnoteRef/></w:r>{run(" Se loven.")}</w:p></w:footnote></w:footnotes>'
        )
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
        part = Part(PackURI("/word/footnotes.xml"), kind, notes.encode(), document.part.package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        add_runs(document, run("Vi deler data") + '<w:r><w:footnoteReference w:id="7"/></w:r>' + run("."))
        document.add_paragraph("Neste.")

    draft = read_word(build)
    assert outline(draft) == ["p Vi deler data.", "note 1 Se loven.", "p Neste."]
    assert draft.blocks[1].marker == "1"


@pytest.mark.parametrize(
    ("number", "form", "text"),
    [(3, "decimal", "3"), (28, "lowerLetter", "bb"), (14, "upperRoman", "XIV"), (4, "decimalZero", "04")],
)
def test_number_formats(number: int, form: str, text: str) -> None:
    assert format_number(number, form) == text


def test_shaded_paragraphs_are_boxed() -> None:
    draft = read_word(lambda d: add_runs(d, run("Fakta her"), '<w:shd w:val="clear" w:fill="DDEEFF"/>'))
    assert outline(draft) == ["[p] Fakta her"]


def test_italic_text_under_a_picture_is_its_caption() -> None:
    blip = '<a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"/>'
    runs = f"<w:r><w:drawing>{blip}</w:drawing></w:r>" + run("Plansystemet i kommunen", "<w:i/>")
    assert outline(read_word(lambda d: add_runs(d, runs))) == ["caption Plansystemet i kommunen"]


@pytest.mark.parametrize("before", [b"", b"<!-- made by hand -->", b"<?made by hand?>"])
def test_a_lost_picture_does_not_lose_the_text(before: bytes) -> None:
    document = docx.Document()
    document.add_paragraph("Kommunen skal dele data.")
    document.part.rels.get_or_add_ext_rel("http://example.no/picture", "media/borte.png")
    stream = io.BytesIO()
    document.save(stream)
    broken = io.BytesIO()
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(broken, "w") as new:
        for name in old.namelist():
            part = old.read(name).replace(b' TargetMode="External"', b"")
            new.writestr(name, part.replace(b"<Relationship ", before + b"<Relationship ", 1))
    assert outline(read_draft("plan.docx", broken.getvalue())) == ["p Kommunen skal dele data."]


def test_letters_under_typed_numbers_lie_deeper() -> None:
    def build(document: WordDocument) -> None:
        for text in ["1. øke", "a) i skolen", "b) på sykehjemmet", "2. dele"]:
            document.add_paragraph(text)

    assert outline(read_word(build)) == ["li1 1. øke", "li2 a) i skolen", "li2 b) på sykehjemmet", "li1 2. dele"]


def test_contents_typed_by_hand_are_furniture() -> None:
    def build(document: WordDocument) -> None:
        document.styles.add_style("Overskrift for innholdsfortegnelse", WD_STYLE_TYPE.PARAGRAPH)
        document.add_paragraph("Innhold", "Overskrift for innholdsfortegnelse")
        document.add_paragraph("1 Innledning\t3")
        document.add_paragraph("Planen gjelder fra 2025.")

    assert outline(read_word(build)) == ["p Planen gjelder fra 2025."]


def test_anchor_is_the_index_of_the_paragraph() -> None:
    def build(document: WordDocument) -> None:
        document.add_paragraph("Vi skal.")
        document.add_paragraph("")
        table = document.add_table(2, 2)
        for cell, text in zip(table._cells, ["Tiltak", "Ansvar", "Fiber", "Teknisk"], strict=True):
            cell.text = text
        document.add_paragraph("Vi vil.")

    assert [block.anchor for block in read_word(build).blocks] == ["0", "2", "4", "6"]


NOTES = (
    '<w:footnotes {}><w:footnote w:id="1"><w:p><w:r><w:t>Vedtatt i sak 12/24.</w:t></w:r></w:p></w:footnote>'
    '<w:footnote w:id="2"><w:p><w:r><w:t>Faste kroner.</w:t></w:r></w:p></w:footnote></w:footnotes>'
).format(nsdecls("w"))


def relate(document: WordDocument, kind: str, name: str, content: str, content_type: str = "application/xml") -> str:
    part = Part(PackURI(name), content_type, content.encode(), document.part.package)
    return document.part.relate_to(part, f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}")


def insert(document: WordDocument, xml: str) -> None:
    document.element.body.insert(len(document.element.body) - 1, parse_xml(xml))


def refer(identity: int) -> str:
    return f'<w:r><w:footnoteReference w:id="{identity}"/></w:r>'


def test_a_footnote_in_a_cell_is_a_footnote_and_shifts_no_number() -> None:
    def build(document: WordDocument) -> None:
        relate(document, "footnotes", "/word/footnotes.xml", NOTES)
        row = "".join(
            f"<w:tc><w:p>{run(text)}{note}</w:p></w:tc>" for text, note in (("Tiltak", refer(1)), ("Frist", ""))
        )
        insert(document, f"<w:tbl {nsdecls('w')}><w:tr>{row}</w:tr><w:tr>{row.replace(refer(1), '')}</w:tr></w:tbl>")
        add_runs(document, run("Rammen står fast.") + refer(2))

    assert outline(read_word(build)) == [
        "row Tiltak | Frist",
        "row Tiltak | Frist",
        "note 1 Vedtatt i sak 12/24.",
        "p Rammen står fast.",
        "note 2 Faste kroner.",
    ]


def test_paragraphs_within_alternatives_are_read_once() -> None:
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'

    def build(document: WordDocument) -> None:
        inner = f"<w:p>{run('Kommunen skal dele data.')}</w:p>"
        both = f'<mc:Choice Requires="wps">{inner}</mc:Choice><mc:Fallback>{inner}</mc:Fallback>'
        insert(document, f"<mc:AlternateContent {nsdecls('w')} {mc}>{both}</mc:AlternateContent>")

    assert outline(read_word(build)) == ["p Kommunen skal dele data."]


def test_word_art_of_older_files_is_text() -> None:
    def build(document: WordDocument) -> None:
        shape = '<v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textpath string="Sammen om framtida"/></v:shape>'
        add_runs(document, f"<w:r><w:pict>{shape}</w:pict></w:r>")

    assert outline(read_word(build)) == ["p Sammen om framtida"]


def test_a_set_in_document_that_cannot_be_read_is_told() -> None:
    def build(document: WordDocument) -> None:
        identity = relate(document, "aFChunk", "/word/chunk1.rtf", "{\\rtf1 Tiltak}", "application/rtf")
        insert(document, f'<w:altChunk {nsdecls("w", "r")} r:id="{identity}"/>')
        add_runs(document, run("Kommunen skal dele data."))

    draft = read_word(build)
    assert outline(draft) == ["p Kommunen skal dele data."]
    assert [warning.code for warning in draft.warnings] == ["missing_part"]


def test_prompts_of_the_template_are_left_out_and_told() -> None:
    def build(document: WordDocument) -> None:
        control = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('Skriv her')}</w:sdtContent></w:sdt>"
        add_runs(document, run("Saksbehandler:") + control)

    draft = read_word(build)
    assert outline(draft) == ["p Saksbehandler:"]
    assert [warning.code for warning in draft.warnings] == ["template_text"]
