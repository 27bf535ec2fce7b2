"""A run as a REFI-QDA project, read back by another library and held to the schema and beyond it."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree
from pyrefiqda import RefiCodebook, RefiProject

from compliance.config import GuidelinesConfig
from compliance.files import hash_file
from compliance.guidelines.criteria import load_criteria
from compliance.guidelines.load import load_guidelines
from compliance.study.export.codes import build_codebook, make_guid
from compliance.study.export.refi import RefiFiles, write_refi
from study.export.coded_run import COPIED, make_results

SCHEMAS = Path(__file__).parents[2] / "vendor" / "refi-qda"
NAMESPACE = {"q": "urn:QDA-XML:project:1.0"}
CODES = build_codebook(load_guidelines(GuidelinesConfig()), load_criteria())


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> RefiFiles:
    folder = tmp_path_factory.mktemp("refi")
    results, files = make_results(folder)
    return write_refi(results, CODES, folder=folder, files=files)


@pytest.fixture(scope="module")
def root(written):
    with zipfile.ZipFile(written.project) as archive:
        return etree.fromstring(archive.read("project.qde"))


def read_text(written: RefiFiles, path: str) -> str:
    with zipfile.ZipFile(written.project) as archive:
        return archive.read(f"sources/{path.removeprefix('internal://')}").decode("utf-8")


def list_selections(root):
    return root.findall(".//q:PlainTextSelection", NAMESPACE)


def test_project_and_codebook_keep_the_schema(written, root):
    etree.XMLSchema(etree.parse(SCHEMAS / "Project.xsd")).assertValid(root)
    etree.XMLSchema(etree.parse(SCHEMAS / "Codebook.xsd")).assertValid(etree.parse(written.codebook))


def test_another_library_reads_the_project_and_writes_it_back(written, tmp_path):
    project = RefiProject.load(written.project, extract_dir=str(tmp_path / "a"))
    RefiProject.save(project, tmp_path / "tilbake.qdpx", source_media_dir=tmp_path / "a" / "sources")
    again = RefiProject.load(tmp_path / "tilbake.qdpx", extract_dir=str(tmp_path / "b"))
    assert again == project
    shown = project.sources.pdfsource[0].representation
    assert {each.name for each in shown.plain_text_selection} >= {COPIED}


def test_another_library_reads_the_codebook(written):
    names = [code.name for code in RefiCodebook.load(written.codebook).codes.code]
    assert names == ["Nasjonale mål", "eGovWSF", "Nivå", "Andres ord", "Lokalt"]


def test_every_identifier_is_given_once_and_every_reference_resolves(root):
    given = [each.get("guid") for each in root.iter() if each.get("guid")]
    assert len(given) == len(set(given))
    referred = {each.get("targetGUID") for each in root.iter() if each.get("targetGUID")}
    users = {each.get("creatingUser") for each in root.iter() if each.get("creatingUser")}
    assert referred | users | {root.get("creatingUserGUID")} <= set(given)


def test_selection_is_named_as_the_text_it_selects(written, root):
    for holder in (*root.iter(f"{{{NAMESPACE['q']}}}TextSource"), *root.iter(f"{{{NAMESPACE['q']}}}Representation")):
        text = read_text(written, holder.get("plainTextPath"))
        for each in holder.findall("q:PlainTextSelection", NAMESPACE):
            assert text[int(each.get("startPosition")) : int(each.get("endPosition"))] == each.get("name")
    assert list_selections(root)


def test_codings_are_what_the_run_found(root):
    coded = {
        each.get("name"): {ref.get("targetGUID") for ref in each.findall("q:Coding/q:CodeRef", NAMESPACE)}
        for each in list_selections(root)
    }
    keys = ("goal:DA1", "element:W7", "level:commitment", "criterion:W7.a")
    assert coded == {
        "Kommunen skal ha én digital inngang.\tNå \ufffd.": {str(make_guid("code", key)) for key in keys},
        "Innbyggerne skal slippe å si det samme to ganger.": {str(make_guid("code", "local:local"))},
        COPIED: {str(make_guid("code", "words:unattributed"))},
    }


def test_regions_of_pages_come_first_and_have_no_codings(root):
    source = root.find(".//q:PDFSource", NAMESPACE)
    tags = [etree.QName(each).localname for each in source]
    assert tags == ["PDFSelection", "PDFSelection", "Representation", *["VariableValue"] * (len(tags) - 3)]
    region = source.find("q:PDFSelection", NAMESPACE)
    assert [region.get(name) for name in ("page", "firstX", "firstY", "secondX", "secondY")] == [
        "0", "72", "738", "300", "752"
    ]  # fmt: skip
    assert region.find("q:Coding", NAMESPACE) is None


def test_files_have_no_byte_order_mark_and_lie_in_sources(written):
    with zipfile.ZipFile(written.project) as archive:
        names = archive.namelist()
        assert all(name == "project.qde" or name.startswith("sources/") for name in names)
        for name in names:
            content = archive.read(name)
            assert not content.startswith(b"\xef\xbb\xbf")
            assert name.endswith(".pdf") or b"\r" not in content


def test_program_is_a_coder_of_its_own(root):
    (user,) = root.findall("q:Users/q:User", NAMESPACE)
    assert user.get("name") == "compliance (program)"
    assert {each.get("creatingUser") for each in root.iter(f"{{{NAMESPACE['q']}}}Coding")} == {user.get("guid")}


def test_municipality_is_a_case_with_its_documents(root):
    cases = {
        each.get("name"): len(each.findall("q:SourceRef", NAMESPACE)) for each in root.iterfind(".//q:Case", NAMESPACE)
    }
    assert cases == {"Granlia": 1, "Tverrdalen": 1}


def test_same_run_gives_the_same_bytes(written, tmp_path):
    results, _ = make_results(tmp_path)
    files = {"plan-00000000": written.project.parent / "plan.pdf"}  # a PDF is never written the same twice
    sha256 = hash_file(files["plan-00000000"])
    first = replace(results.readings[0], document=replace(results.readings[0].document, sha256=sha256))
    again = write_refi(replace(results, readings=(first, results.readings[1])), CODES, folder=tmp_path, files=files)
    assert again.codebook.read_bytes() == written.codebook.read_bytes()
    assert again.project.read_bytes() == written.project.read_bytes()


def test_pdf_that_has_changed_is_left_out(tmp_path):
    results, files = make_results(tmp_path)
    files["plan-00000000"].write_bytes(b"%PDF-1.7 en annen")
    assert write_refi(results, CODES, folder=tmp_path, files=files).pdfs == 0


def test_goal_that_no_set_has_any_more_is_in_the_codebook():
    codes = build_codebook((), (), used={"goal:GAMMELT"})
    assert [code.name for code in codes[-1].children] == ["GAMMELT"]
