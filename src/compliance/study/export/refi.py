"""A run as a REFI-QDA project (.qdpx) and codebook (.qdc), for NVivo, ATLAS.ti, MAXQDA and QualCoder."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from lxml import etree

from compliance.files import hash_file, write_atomically
from compliance.records import Profile, Results
from compliance.study.export.codes import Code
from compliance.study.export.codings import CodedDocument, code_documents
from compliance.study.export.refi_xml import (
    MACHINE,
    ORIGIN,
    PROJECT,
    SourceFiles,
    add_codes,
    add_variables,
    clean,
    name_files,
    render_cases,
    render_codebook,
    render_source,
)

if TYPE_CHECKING:
    from lxml.etree import _Element

MADE: Final = (1980, 1, 1, 0, 0, 0)  # of every file in the archive: the same run gives the same bytes
VARIABLES: Final = ("Kommune", "Dokumenttype", "Periode", "Vedtatt", "Målform")


@dataclass(frozen=True, slots=True)
class RefiFiles:
    """What was written, and how much of it."""

    project: Path
    codebook: Path
    sources: int
    selections: int
    codings: int
    pdfs: int  # sources whose PDF is in the project; the others have their text


def write_refi(results: Results, codes: Sequence[Code], *, folder: Path, files: Mapping[str, Path]) -> RefiFiles:
    """Write `prosjekt.qdpx` and `kodebok.qdc` into the folder.

    `files` says where a document's file lay, by its id; a PDF goes with the project where it is unchanged. Raises
    SettingsError where a file cannot be written.
    """
    coded = code_documents(results)
    pdfs = {each.document.id: path for each in coded if (path := _find_pdf(each, files)) is not None}
    project, codebook = folder / "prosjekt.qdpx", folder / "kodebok.qdc"
    with write_atomically(project) as stream:
        _write_archive(stream, results, coded, codes=codes, pdfs=pdfs)
    with write_atomically(codebook) as stream:
        stream.write(render_codebook(codes))
    selections = [selection for each in coded for selection in each.selections]
    codings = sum(len(each.codes) for each in selections)
    return RefiFiles(project, codebook, len(coded), len(selections), codings, len(pdfs))


def _find_pdf(coded: CodedDocument, files: Mapping[str, Path]) -> Path | None:
    path = files.get(coded.document.id)
    if path is None or coded.document.media_type != "application/pdf" or path.suffix.lower() != ".pdf":
        return None
    return path if hash_file(path) == coded.document.sha256 else None


def _write_archive(
    stream: BinaryIO,
    results: Results,
    documents: Sequence[CodedDocument],
    *,
    codes: Sequence[Code],
    pdfs: Mapping[str, Path],
) -> None:
    named = {each.document.id: name_files(each, has_pdf=each.document.id in pdfs) for each in documents}
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for each in documents:
            files = named[each.document.id]
            archive.writestr(_entry(f"sources/{files.text}"), clean(each.document.text).encode("utf-8"))
            if files.pdf:
                archive.writestr(_entry(f"sources/{files.pdf}"), pdfs[each.document.id].read_bytes())
        with archive.open(_entry("project.qde"), "w", force_zip64=True) as entry:
            _write_project(entry, results, documents, codes=codes, named=named)


def _entry(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, MADE)
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def _write_project(
    stream: object,
    results: Results,
    documents: Sequence[CodedDocument],
    *,
    codes: Sequence[Code],
    named: Mapping[str, SourceFiles],
) -> None:
    """Write the project a source at a time: a corpus' codings are more than one wants to hold at once."""
    made = _to_zulu(results.run.started)
    attributes = {"name": "Kommunale planer", "origin": ORIGIN, "creatingUserGUID": str(MACHINE)}
    with etree.xmlfile(stream, encoding="utf-8") as file:
        file.write_declaration()
        with file.element(f"{{{PROJECT}}}Project", {**attributes, "creationDateTime": made}, nsmap={None: PROJECT}):
            file.write(_render_users(), _render_codes(codes), _render_variables())
            with file.element(f"{{{PROJECT}}}Cases"):
                for case in render_cases(_group_by_municipality(documents)):
                    file.write(case)
            with file.element(f"{{{PROJECT}}}Sources"):
                for each in documents:
                    known = dict(_list_variables(each.reading.profile))
                    file.write(render_source(each, named[each.document.id], variables=known, made=made))


def _render_users() -> _Element:
    users = etree.Element(f"{{{PROJECT}}}Users")
    etree.SubElement(users, f"{{{PROJECT}}}User", guid=str(MACHINE), name="compliance (program)", id="maskin")
    return users


def _render_codes(codes: Sequence[Code]) -> _Element:
    codebook = etree.Element(f"{{{PROJECT}}}CodeBook")
    add_codes(etree.SubElement(codebook, f"{{{PROJECT}}}Codes"), codes)
    return codebook


def _render_variables() -> _Element:
    variables = etree.Element(f"{{{PROJECT}}}Variables")
    add_variables(variables, VARIABLES)
    return variables


def _group_by_municipality(documents: Sequence[CodedDocument]) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = {}
    for each in documents:
        found = each.reading.profile.municipality
        grouped.setdefault(found.value if found else "Uten kommune", []).append(each.document.id)
    return grouped


def _list_variables(profile: Profile) -> Iterator[tuple[str, str]]:
    found = (profile.municipality, profile.document_type, profile.period, profile.adopted, profile.language)
    for name, attribute in zip(VARIABLES, found, strict=True):
        if attribute is not None:
            yield name, attribute.value


def _to_zulu(moment: str) -> str:
    return moment.replace("+00:00", "Z")
