from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from compliance.config import Config
from compliance.errors import DocumentError, SettingsError
from compliance.records.study import InventoryState, RemarkKind, StrategyStatus
from compliance.study.corpus.folder import add_answer, add_documents, list_left_out, update_manifest
from compliance.study.corpus.listing import list_corpus_state
from compliance.study.corpus.manifest import read_manifest
from compliance.study.corpus.places import find_place, load_places
from compliance.study.corpus.selection import make_selection
from compliance.study.corpus.verify import verify_corpus

PLAN = "# Digitaliseringsstrategi for {name} kommune {years}\n\nVedtatt av kommunestyret 16. juni 2020.\n\nVi skal.\n"


def write_plan(path: Path, name: str, years: str = "2020–2023") -> Path:
    path.write_text(PLAN.format(name=name, years=years), encoding="utf-8")
    return path


def test_the_manifest_is_filled_in_from_what_is_read(tmp_path: Path):
    write_plan(tmp_path / "haugesund.md", "Haugesund")
    (tmp_path / "gammel.doc").write_bytes(b"x")
    manifest, remarks = update_manifest(tmp_path, config=Config())
    (row,) = manifest.rows
    assert (row["municipality_number"], row["type"]) == ("1106", "digitaliseringsstrategi")
    assert (row["period"], row["adopted"], row["status"]) == ("2020-2023", "2020-06-16", "vedtatt")
    assert [(each.kind, each.file) for each in remarks] == [(RemarkKind.SKIPPED_FORMAT, "gammel.doc")]
    assert "DOCX eller PDF" in remarks[0].detail


def test_a_file_is_read_once(tmp_path: Path):
    write_plan(tmp_path / "haugesund.md", "Haugesund")
    update_manifest(tmp_path, config=Config())
    read: list[Path] = []
    update_manifest(tmp_path, config=Config(), on_file=read.append)
    assert read == []


def test_an_archive_gives_its_documents_and_nothing_outside_the_folder(tmp_path: Path):
    archive = tmp_path / "svar.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("../../ute/strategi.md", PLAN.format(name="Haugesund", years="2020–2023"))
        file.writestr("bilde.png", b"x")
    corpus = tmp_path / "korpus"
    assert add_documents(corpus, [archive], said={"licence": "offentlig"}, config=Config()) == ("strategi.md",)
    (row,) = read_manifest(corpus).rows
    assert (row["licence"], row["municipality_number"]) == ("offentlig", "1106")
    assert not (tmp_path / "ute").exists()


def test_what_an_archive_holds_beside_documents_is_listed(tmp_path: Path):
    archive = tmp_path / "svar.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("mappe/", b"")
        file.writestr("mappe/strategi.md", PLAN.format(name="Haugesund", years="2020–2023"))
        file.writestr("flere.zip", b"PK")
    assert list_left_out(archive) == ("flere.zip",)
    assert list_left_out(tmp_path / "strategi.md") == ()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes among files")
@pytest.mark.parametrize("name", ["strategi.md", "svar.zip"])
def test_what_is_no_regular_file_is_not_read(tmp_path: Path, name: str):
    os.mkfifo(tmp_path / name)
    with pytest.raises(SettingsError, match="ikke en vanlig fil"):
        add_documents(tmp_path / "korpus", [tmp_path / name], said={}, config=Config())


def test_a_damaged_archive_is_told(tmp_path: Path):
    (tmp_path / "svar.zip").write_bytes(b"PK nothing")
    with pytest.raises(DocumentError, match="Pakk det ut"):
        add_documents(tmp_path / "korpus", [tmp_path / "svar.zip"], said={}, config=Config())


def test_an_archive_with_a_damaged_member_is_told(tmp_path: Path):
    archive = tmp_path / "svar.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("strategi.md", "Kommunen skal dele data. " * 200)
    content = bytearray(archive.read_bytes())
    content[45:60] = b"\xff" * 15  # within what is packed, after the member's header of 30 bytes and its name of 11
    archive.write_bytes(content)
    with pytest.raises(DocumentError, match="Pakk det ut"):
        add_documents(tmp_path / "korpus", [archive], said={}, config=Config())


def test_the_inventory_has_holes_and_those_that_have_not_answered(tmp_path: Path):
    write_plan(tmp_path / "haugesund.md", "Haugesund")
    update_manifest(tmp_path, config=Config())
    add_answer(tmp_path, {"municipality_number": "1103", "type": "", "status": "ikke svart"})
    add_answer(tmp_path, {"municipality_number": "1103", "type": "samfunnsdel", "status": "finnes ikke"})
    state = list_corpus_state(tmp_path)
    cells = {(each.municipality, each.document_type): each.state for each in state.inventory}
    assert cells["1106", "samfunnsdel"] is InventoryState.HOLE
    assert cells["1103", "samfunnsdel"] is InventoryState.NONE
    assert cells["1103", "digitaliseringsstrategi"] is InventoryState.NO_RESPONSE
    states = {each.municipality: each.status for each in state.states}
    assert states == {"1103": StrategyStatus.NOT_FOUND, "1106": StrategyStatus.EXPIRED}


def test_verify_finds_what_is_changed_gone_unknown_twice_and_mislabelled(tmp_path: Path):
    write_plan(tmp_path / "stavanger_strategi_2016-2019.md", "Haugesund")
    write_plan(tmp_path / "borte.md", "Sola")
    changed = write_plan(tmp_path / "endret.md", "Tysvær")
    update_manifest(tmp_path, config=Config())
    (tmp_path / "borte.md").unlink()
    write_plan(tmp_path / "ny.md", "Klepp")
    write_plan(tmp_path / "ny kopi.md", "Klepp")
    changed.write_text("noe annet", encoding="utf-8")
    found = [(each.kind, each.file) for each in verify_corpus(tmp_path)]
    assert set(found) == {
        (RemarkKind.MISSING_FILE, "borte.md"),
        (RemarkKind.CHANGED_FILE, "endret.md"),
        (RemarkKind.UNKNOWN_FILE, "ny.md"),
        (RemarkKind.UNKNOWN_FILE, "ny kopi.md"),
        (RemarkKind.DUPLICATE, "ny.md"),
        (RemarkKind.MISLABELLED, "stavanger_strategi_2016-2019.md"),
    }
    assert len([each for each in found if each[0] is RemarkKind.MISLABELLED]) == 2  # the name, and the years


def test_a_file_of_inhabitants_is_joined_and_chosen_by(tmp_path: Path):
    file = tmp_path / "innbyggere.csv"
    file.write_text("region;innbyggere;sentralitet\nK-1106 Haugesund;38 000;3\n1127;11 000;2\n", encoding="utf-8")
    places = load_places(file)
    haugesund, randaberg, sola = (find_place(each, places) for each in ("1106", "Randaberg", "Sola"))
    assert (haugesund.population, haugesund.centrality, haugesund.county) == (38000, "3", "Rogaland")
    chosen = make_selection("25000..", ["Rogaland"])
    assert chosen.leaves_out(haugesund) is None
    assert "11000" in (chosen.leaves_out(randaberg) or "")
    assert "ukjent" in (chosen.leaves_out(sola) or "")
