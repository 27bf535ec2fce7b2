"""Notes in the draft itself: its words, comments and tracked changes stay as they are."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from pathlib import Path

import docx
import pymupdf
import pytest
from docx.oxml.ns import qn
from lxml import etree

from builders import make_reading
from compliance.check import AUTHOR
from compliance.check.annotate_docx import annotate_docx
from compliance.check.annotate_pdf import annotate_pdf
from compliance.config import Config
from compliance.pipeline import read_file
from compliance.records import BlockKind
from compliance.report.remarks import Remark, RemarkKind

DOCUMENTS = Path(__file__).parents[2] / "corpus" / "documents"
WORD = DOCUMENTS / "granlia_digitaliseringsstrategi_2025-2028_utkast.docx"
PDF = DOCUMENTS / "havnesund_digitaliseringsstrategi_2023-2026.pdf"


def make_note(passage, start, end, text):
    return Remark(RemarkKind.NO_OWNER, passage.id, (start, end), None, text, 1)


def note_sentences(reading, every=12):
    passages = [passage for passage in reading.passages if passage.sentences][::every]
    return [
        make_note(
            each, each.sentences[-1].start, each.sentences[-1].end, f"Merknad {number}: hvem gjør det? <æøå & «»>"
        )
        for number, each in enumerate(passages)
    ]


@pytest.fixture(scope="module")
def word(tmp_path_factory):
    out = tmp_path_factory.mktemp("word") / "merket.docx"
    reading = read_file(WORD, config=Config())
    notes = note_sentences(reading)
    annotate_docx(WORD, reading, notes, out=out)
    return reading, notes, out


@pytest.fixture(scope="module")
def pdf(tmp_path_factory):
    out = tmp_path_factory.mktemp("pdf") / "merket.pdf"
    reading = read_file(PDF, config=Config())
    notes = note_sentences(reading)
    annotate_pdf(PDF, reading, notes, out=out)
    return reading, notes, out


def read_comments(path):
    return [(each.author, each.text) for each in docx.Document(str(path)).comments]


def marked_words(path, author=AUTHOR):
    """Return what each of an author's comments is about, from Word's own marks."""
    document = docx.Document(str(path))
    ours = {str(each.comment_id) for each in document.comments if each.author == author}
    words: dict[str, str] = {}
    open_ids: set[str] = set()
    for element in document.part.element.iter(qn("w:commentRangeStart"), qn("w:commentRangeEnd"), qn("w:t")):
        if element.tag == qn("w:commentRangeStart"):
            open_ids.add(element.get(qn("w:id")))
        elif element.tag == qn("w:commentRangeEnd"):
            open_ids.discard(element.get(qn("w:id")))
        else:
            for each in open_ids & ours:
                words[each] = words.get(each, "") + (element.text or "")
    return [words[each] for each in sorted(words, key=int)]


def test_text_of_a_word_draft_is_what_it_was(word):
    before, _, out = word
    after = read_file(out, config=Config())
    assert after.document.text == before.document.text
    assert [each.text for each in after.passages] == [each.text for each in before.passages]


def test_comments_of_others_stay_and_ours_come_after_them(word):
    _, notes, out = word
    before = read_comments(WORD)
    assert len(before) == 6
    assert read_comments(out) == [*before, *[(AUTHOR, note.text) for note in notes]]


def test_tracked_changes_stay(word):
    def count(path):
        root = docx.Document(str(path)).part.element
        return [len(root.findall(f".//{qn(tag)}")) for tag in ("w:ins", "w:del")]

    assert count(word[2]) == count(WORD)


def test_a_comment_marks_the_words_that_it_is_about(tmp_path):
    out = tmp_path / "merket.docx"
    reading = read_file(WORD, config=Config())
    notes = note_sentences(reading, every=1)
    annotate_docx(WORD, reading, notes, out=out)
    kinds = {passage.id: passage.kind for passage in reading.passages}
    for note, words in zip(notes, marked_words(out), strict=True):
        wanted = reading.document.text[slice(*note.span)].removeprefix("•")
        first_cell = wanted.split("\t")[0] if kinds[note.passage_id] is BlockKind.TABLE_ROW else wanted
        assert "".join(words.split()) == "".join(first_cell.split())


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed (soffice)")
def test_libreoffice_opens_and_saves_the_comments(word, tmp_path):
    _, notes, out = word
    command = [
        "soffice",
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--headless",
        "--convert-to",
        "docx:MS Word 2007 XML",
    ]
    subprocess.run([*command, "--outdir", str(tmp_path / "saved"), str(out)], check=True, capture_output=True)
    with zipfile.ZipFile(tmp_path / "saved" / out.name) as package:
        comments = etree.fromstring(package.read("word/comments.xml"))
    assert len(comments.findall(qn("w:comment"))) == 6 + len(notes)


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda p: p.add_run("Kommunen skal dele data. Vi måler hvert år."), id="one run"),
        pytest.param(
            lambda p: [p.add_run(w) for w in ("Kommunen skal ", "dele ", "data. Vi ", "måler hvert år.")], id="runs"
        ),
        pytest.param(lambda p: p.add_run("Kommunen skal dele data. Vi\tmåler hvert år."), id="run with a tab"),
    ],
)
def test_a_sentence_is_cut_out_of_its_runs(make, tmp_path):
    source, out = tmp_path / "a.docx", tmp_path / "b.docx"
    document = docx.Document()
    make(document.add_paragraph())
    document.save(str(source))
    reading = read_file(source, config=Config())
    (passage,) = reading.passages
    annotate_docx(source, reading, [make_note(passage, passage.start, passage.start + 24, "Hvem?")], out=out)
    (words,) = marked_words(out)
    assert words.startswith("Kommunen skal dele data.")
    assert read_file(out, config=Config()).document.text == reading.document.text


def test_text_of_a_pdf_is_what_it_was(pdf):
    _, _, out = pdf
    with pymupdf.open(PDF) as before, pymupdf.open(out) as after:
        assert [page.get_text() for page in after] == [page.get_text() for page in before]


def test_every_note_is_in_the_pdf_once_on_its_own_page(pdf):
    reading, notes, out = pdf
    pages = {passage.id: passage.pages for passage in reading.passages}
    with pymupdf.open(out) as document:
        found = [(page.number + 1, mark.info["content"]) for page in document for mark in page.annots()]
    said = [(page, text) for page, text in found if text]
    assert sorted(text for _, text in said) == sorted(note.text for note in notes)
    place = {text: page for page, text in said}
    assert all(place[note.text] in pages[note.passage_id] for note in notes)


def test_a_highlight_lies_on_the_words(pdf):
    reading, notes, out = pdf
    note = max(notes, key=lambda each: each.span[1] - each.span[0])
    words = reading.document.text[slice(*note.span)].split()
    with pymupdf.open(out) as document:
        marks = [(page, mark) for page in document for mark in page.annots() if mark.info["content"] == note.text]
        ((page, mark),) = marks
        text = page.get_text(clip=mark.rect)
    assert all(word in " ".join(text.split()) for word in words[:3])


@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="poppler is not installed (pdftoppm)")
def test_another_program_draws_the_pdf(pdf, tmp_path):
    subprocess.run(
        ["pdftoppm", "-r", "30", "-png", str(pdf[2]), str(tmp_path / "page")], check=True, capture_output=True
    )
    with pymupdf.open(pdf[2]) as document:
        assert len(list(tmp_path.glob("page*.png"))) == document.page_count


def test_a_turned_page_is_marked_where_it_is_read(tmp_path):
    source, out = tmp_path / "a.pdf", tmp_path / "b.pdf"
    with pymupdf.open() as document:
        page = document.new_page()
        page.insert_text((100, 200), "Kommunen skal dele data med alle.", rotate=90)
        page.set_rotation(90)
        document.save(source)
    reading = read_file(source, config=Config())
    (passage,) = reading.passages
    annotate_pdf(source, reading, [make_note(passage, passage.start, passage.end, "Hvem?")], out=out)
    with pymupdf.open(out) as document:
        page = document[0]
        (mark,) = page.annots()
        assert page.get_text(clip=mark.rect).split()[0] == "Kommunen"


def test_note_of_a_passage_without_a_box_is_put_in_the_corner(tmp_path):
    out = tmp_path / "b.pdf"
    reading = make_reading(["Kommunen skal dele data."])
    (passage,) = reading.passages
    annotate_pdf(PDF, reading, [make_note(passage, passage.start, passage.end, "Hvem?")], out=out)
    with pymupdf.open(out) as document:
        page = document[0]
        assert [mark.info["content"] for mark in page.annots()] == ["Hvem?"]
