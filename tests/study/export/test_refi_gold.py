"""Codings of a REFI-QDA project as gold sets."""

from __future__ import annotations

import zipfile

import pytest

from compliance.config import Config
from compliance.errors import SettingsError
from compliance.evaluate.gold import load_gold
from compliance.study.export.refi import write_refi
from compliance.study.export.refi_gold import cut_passages
from compliance.study.export.refi_read import read_project
from compliance.study.export.run import import_codings
from study.export.coded_run import make_results
from study.export.test_refi import CODES

PROGRAM = "compliance (program)"
TEXT = "Visjon\r\n\r\nKommunen skal ha én digital inngang.\r\nDen er åpen.\r\n\r\nBudsjett"
A, B = "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"


def write_project(path, selections, *, users=(("Kari", A),), text=TEXT, extra=""):
    """Write a project as another program would: own identifiers, codes known by their names."""
    names = list(dict.fromkeys(code for *_, code, _ in selections))
    guids = {name: f"00000000-0000-4000-8000-{number:012d}" for number, name in enumerate(names)}
    codes = "".join(f'<Code guid="{guids[name]}" name="{name}" isCodable="true"/>' for name in names)
    marked = "".join(
        f'<PlainTextSelection guid="33333333-0000-4000-8000-{number:012d}" name="{name}" startPosition="{start}" '
        f'endPosition="{end}"><Coding guid="44444444-0000-4000-8000-{number:012d}" creatingUser="{user}">'
        f'<CodeRef targetGUID="{guids[code]}"/></Coding></PlainTextSelection>'
        for number, (start, end, name, code, user) in enumerate(selections)
    )
    people = "".join(f'<User guid="{guid}" name="{name}"/>' for name, guid in users)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("Sources/T.txt", b"\xef\xbb\xbf" + text.encode())
        archive.writestr(
            "project.qde",
            f'<Project xmlns="urn:QDA-XML:project:1.0" name="P"><Users>{people}</Users><CodeBook><Codes>{codes}</Codes>'
            f'</CodeBook><Sources><TextSource guid="{A}" name="plan.docx" plainTextPath="internal://t.txt">{marked}'
            f"</TextSource>{extra}</Sources></Project>",
        )
    return path


def bring_in(path, out, **options):
    return import_codings(path, out=out, config=Config(), **options)


def mark(words, code, user=A, text=TEXT):
    start = text.index(words)
    return start, start + len(words), words[:20], code, user


def test_own_export_comes_back_as_the_findings(tmp_path):
    results, files = make_results(tmp_path)
    written = write_refi(results, CODES, folder=tmp_path, files=files)
    found = bring_in(written.project, tmp_path / "gull", coder=PROGRAM)
    gold = load_gold(found.sets[0].folder)
    assert [each.text for each in gold.passages] == [
        each.text.replace("😀", "\ufffd") for each in results.readings[0].passages
    ]
    second = gold.labels[1]
    assert (second.goals, second.elements, second.level, second.reuse) == (("DA1",), ("W7",), "commitment", "own")
    assert gold.labels[2].local
    assert gold.labels[2].reuse == "copied"  # more than half of the passage
    assert gold.description.guidelines == {"digital_agenda": "2015–2016"}


def test_other_programs_codes_are_known_by_their_names(tmp_path):
    path = write_project(
        tmp_path / "p.qdpx",
        [mark("Kommunen skal ha", "DA1"), mark("Kommunen skal ha", "forpliktelse"), mark("Budsjett", "W12 Strategier")],
    )
    gold = load_gold(bring_in(path, tmp_path / "gull").sets[0].folder)
    assert [each.text for each in gold.passages] == ["Visjon", TEXT.split("\r\n\r\n")[1], "Budsjett"]
    assert [(each.goals, each.elements, each.level) for each in gold.labels] == [
        ((), (), "none"), (("DA1",), (), "commitment"), ((), ("W12",), "none")
    ]  # fmt: skip


def test_line_ends_are_counted_as_the_program_did(tmp_path):
    counted = TEXT.replace("\r\n", "\n")
    path = write_project(
        tmp_path / "p.qdpx", [mark("Budsjett", "W12", text=counted), mark("Den er åpen", "W7", text=counted)]
    )
    source = read_project(path).sources[0]
    assert [source.text[each.start : each.end] for each in source.codings] == ["Budsjett", "Den er åpen"]


def test_what_has_no_place_in_a_gold_set_is_told(tmp_path):
    picture = f'<PictureSource guid="{B}" name="foto.jpg"/>'
    path = write_project(
        tmp_path / "p.qdpx",
        [mark("Budsjett", "W12"), mark("Visjon", "Min egen kode"), (900, 950, "", "W12", A)],
        extra=picture,
    )
    told = {each.what: each.times for each in bring_in(path, tmp_path / "gull").unmapped}
    assert told == {
        "foto.jpg: bilde, lyd og film er ikke tekst": 1,
        "koden «Min egen kode» er ikke en av merkelappene i et gullsett": 1,
        "plan.docx: et merket sted (900–950) ligger utenfor teksten": 1,
    }


def test_two_coders_become_two_readers(tmp_path):
    users = (("Kari", A), ("Ola", B))
    path = write_project(tmp_path / "p.qdpx", [mark("Budsjett", "W12"), mark("Budsjett", "W7", B)], users=users)
    found = bring_in(path, tmp_path / "gull")
    gold = load_gold(found.sets[0].folder)
    assert found.coders == ("Kari", "Ola")
    assert [labels[2].elements for labels in gold.annotators] == [("W12",), ("W7",)]


@pytest.mark.parametrize("coder", [None, "Per"])
def test_nobody_or_a_stranger_is_refused(tmp_path, coder):
    results, files = make_results(tmp_path)
    written = write_refi(results, CODES, folder=tmp_path, files=files)
    with pytest.raises(SettingsError, match=r"koder fra compliance \(program\)"):
        bring_in(written.project, tmp_path / "gull", coder=coder)


@pytest.mark.parametrize("content", [b"ikke en zip", b"PK\x03\x04"])
def test_file_that_is_no_project_is_refused(tmp_path, content):
    (tmp_path / "p.qdpx").write_bytes(content)
    with pytest.raises(SettingsError, match="REFI-QDA"):
        read_project(tmp_path / "p.qdpx")


def test_text_without_blank_lines_is_cut_at_line_ends():
    assert [("a\n  b \nc")[start:end] for start, end in cut_passages("a\n  b \nc")] == ["a", "b", "c"]
