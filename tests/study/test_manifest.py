from __future__ import annotations

from pathlib import Path

import pytest

from compliance.errors import SettingsError
from compliance.guidelines.study_rules import ManifestStatus
from compliance.study.corpus.manifest import Manifest, fill_in, read_manifest, write_manifest
from compliance.study.files import MANIFEST_NAME

READ = {"municipality_number": "1106", "type": "temaplan", "title": "Plan", "status": "", "period": "2020-2023"}


def write(folder: Path, text: str) -> None:
    (folder / MANIFEST_NAME).write_text(text, encoding="utf-8")


def test_what_a_person_wrote_is_never_filled_in_anew(tmp_path: Path):
    write_manifest(tmp_path, fill_in(Manifest(), {"a.pdf": ("a1", READ)}))
    text = (tmp_path / MANIFEST_NAME).read_text(encoding="utf-8")
    write(tmp_path, text.replace("temaplan", "samfunnsdel").replace("2020-2023", ""))
    manifest = fill_in(read_manifest(tmp_path), {"a.pdf": ("a1", {**READ, "title": "Plan 2", "period": "2020-2024"})})
    write_manifest(tmp_path, manifest)
    (row,) = read_manifest(tmp_path).rows
    assert (row["type"], row["period"], row["title"]) == ("samfunnsdel", "", "Plan 2")


def test_corrections_are_what_differs_from_what_was_read(tmp_path: Path):
    write_manifest(tmp_path, fill_in(Manifest(), {"a.pdf": ("a1", READ), "b.pdf": ("b1", READ)}))
    text = (tmp_path / MANIFEST_NAME).read_text(encoding="utf-8")
    write(tmp_path, text.replace("1106,temaplan,Plan,,2020-2023,,,a.pdf", "1103,økonomiplan,Plan,utkast,,,,a.pdf"))
    (correction,) = read_manifest(tmp_path).list_corrections()
    assert correction.sha256 == "a1"
    assert (correction.municipality, correction.document_type) == ("1103", "okonomiplan")
    assert (correction.period, correction.adopted) == ("", "")


def test_without_the_state_every_cell_is_a_persons(tmp_path: Path):
    write(tmp_path, "municipality_number;type;file;sha256\n1106;temaplan;a.pdf;a1\n")
    (correction,) = read_manifest(tmp_path).list_corrections()
    assert (correction.municipality, correction.document_type) == ("1106", "temaplan")


def test_columns_of_ones_own_and_the_separator_are_kept(tmp_path: Path):
    write(tmp_path, "\ufeffmunicipality;file;koder\n1106;a.pdf;Siri\n")
    write_manifest(tmp_path, read_manifest(tmp_path))
    lines = (tmp_path / MANIFEST_NAME).read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("municipality_number;type;")
    assert lines[0].endswith(";koder")
    assert lines[1].endswith(";Siri")


def test_a_row_without_a_file_says_what_is_known(tmp_path: Path):
    write(tmp_path, "municipality_number,type,status,file\n1106,digitaliseringsstrategi,Ikke svart,\n")
    (row,) = read_manifest(tmp_path).rows
    assert row.status is ManifestStatus.NO_RESPONSE


def test_days_and_periods_are_read_as_people_write_them(tmp_path: Path):
    write(tmp_path, "municipality_number,period,adopted,file\n1106 | 1108,2020 – 2023,16.6.2020,a.pdf\n")
    (row,) = read_manifest(tmp_path).rows
    assert (row["period"], row["adopted"], row.municipalities) == ("2020-2023", "2020-06-16", ("1106", "1108"))


@pytest.mark.parametrize(
    ("column", "cell"), [("period", "fire år"), ("period", "2024-2020"), ("adopted", "i fjor"), ("status", "kanskje")]
)
def test_what_cannot_be_read_is_told_with_its_line(tmp_path: Path, column: str, cell: str):
    write(tmp_path, f"{column},file\n,a.pdf\n{cell},b.pdf\n")
    with pytest.raises(SettingsError, match=f"linje 3: {column}"):
        read_manifest(tmp_path)
