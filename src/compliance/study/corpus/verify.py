"""What to look at in a corpus: files that are gone, changed, unknown, twice, outdated or wrongly labelled."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Final

from compliance.files import hash_file
from compliance.guidelines.municipalities import load_municipalities
from compliance.ingest.profile.document_type import match_type
from compliance.records import DocumentType
from compliance.records.study import CorpusRemark, RemarkKind, StudyDocument
from compliance.study.corpus.folder import CorpusFiles, list_corpus
from compliance.study.corpus.manifest import Cells, Manifest, ManifestRow, read_manifest
from compliance.study.documents import DRAFT
from compliance.study.owners import UNOWNED

_YEARS: Final = re.compile(r"(20\d\d)[-_–](20\d\d)")
_MIN_NAME: Final = 4  # letters; «Os» and «Bø» are parts of many file names


def verify_corpus(folder: Path) -> tuple[CorpusRemark, ...]:
    """Return what is wrong with the files and the manifest. Nothing is read anew but the files' content hashes."""
    corpus, manifest = list_corpus(folder), read_manifest(folder)
    hashes = {name: hash_file(path) or "" for name, path in corpus.files.items()}
    return (
        *corpus.remarks,
        *_check_files(corpus, manifest, hashes),
        *_find_copies(hashes),
        *find_mislabelled(manifest),
    )


def _check_files(corpus: CorpusFiles, manifest: Manifest, hashes: Mapping[str, str]) -> Iterator[CorpusRemark]:
    listed = {row["file"]: row for row in manifest.rows if row["file"]}
    for name, row in listed.items():
        moved = [other for other, content in hashes.items() if content and content == row["sha256"] and other != name]
        if name not in hashes and moved:
            detail = f"Filen heter nå {moved[0]}. Kjør compliance corpus init for å rette manifestet."
            yield CorpusRemark(RemarkKind.MISSING_FILE, name, detail)
        elif name not in hashes:
            detail = "Filen finnes ikke i mappen. Legg den tilbake, eller ta raden ut av manifestet."
            yield CorpusRemark(RemarkKind.MISSING_FILE, name, detail)
        elif row["sha256"] and row["sha256"] != hashes[name]:
            detail = (
                "Innholdet er et annet enn da manifestet ble skrevet. Kjør compliance corpus init hvis det er ment."
            )
            yield CorpusRemark(RemarkKind.CHANGED_FILE, name, detail)
    for name in corpus.files:
        if name not in listed:
            detail = "Filen står ikke i manifestet. Kjør compliance corpus init for å ta den med."
            yield CorpusRemark(RemarkKind.UNKNOWN_FILE, name, detail)


def _find_copies(hashes: Mapping[str, str]) -> Iterator[CorpusRemark]:
    first: dict[str, str] = {}
    for name, content in hashes.items():
        if content and first.setdefault(content, name) != name:
            yield CorpusRemark(RemarkKind.DUPLICATE, name, f"Filen er helt lik {first[content]}. Bare den ene telles.")


def find_mislabelled(manifest: Manifest) -> tuple[CorpusRemark, ...]:
    """Return the files whose name, or whose row in the manifest, says something else than the document does."""
    return tuple(remark for row in manifest.rows if row["file"] for remark in _compare(row, manifest))


def _compare(row: ManifestRow, manifest: Manifest) -> Iterator[CorpusRemark]:
    read = manifest.read.get(row["sha256"], {})
    for what in (*_compare_row(row, manifest, read), *_compare_name(row, manifest, read)):
        detail = f"{what} Rett manifestet, eller gi filen et annet navn."
        yield CorpusRemark(RemarkKind.MISLABELLED, row["file"], detail)
    if not row.municipalities:
        detail = "Dokumentet sier ikke hvilken kommune det gjelder. Skriv nummeret i manifestet."
        yield CorpusRemark(RemarkKind.NO_MUNICIPALITY, row["file"], detail)


def _compare_row(row: ManifestRow, manifest: Manifest, read: Cells) -> Iterator[str]:
    """Yield what a person says of the document that it does not say itself."""
    for column, what in (("municipality_number", "kommunen"), ("type", "typen"), ("period", "perioden")):
        if read.get(column) and row[column] and manifest.is_persons(row, column):
            yield f"Manifestet sier at {what} er «{row[column]}», men dokumentet leses som «{read[column]}»."


def _compare_name(row: ManifestRow, manifest: Manifest, read: Cells) -> Iterator[str]:
    """Yield what the file's name says that the document does not, where no person has settled it."""
    name = re.sub(r"[_\W]+", " ", PurePosixPath(row["file"]).stem)
    kind, known = match_type(name), read.get("type")
    if (
        kind in _ONE_AT_A_TIME
        and known not in {None, kind, DocumentType.OTHER}
        and not manifest.is_persons(row, "type")
    ):
        yield f"Filnavnet ser ut som {kind}, men dokumentet leses som {known}."
    years, period = _YEARS.search(row["file"]), read.get("period")
    if years and period and f"{years[1]}-{years[2]}" != period and not manifest.is_persons(row, "period"):
        yield f"Filnavnet sier {years[1]}–{years[2]}, men dokumentet leses som {period}."
    number = read.get("municipality_number")
    named = _name_municipalities(name)
    settled = manifest.is_persons(row, "municipality_number") or any(number in each for each in named)
    if number and named and not settled:
        yield f"Filnavnet nevner en annen kommune ({', '.join(sorted(named[0]))}) enn dokumentet ({number})."


def _name_municipalities(name: str) -> list[set[str]]:
    """Return, for each municipality that a file's name holds, its number and name."""
    register = load_municipalities()
    words = [word for word in name.split() if len(word) >= _MIN_NAME]
    return [
        {number for each in found for number in (each.number, each.name, *each.former_numbers, *each.successors)}
        for word in words
        if (found := register.find_name(word))
    ]


def find_superseded(documents: Sequence[StudyDocument]) -> tuple[CorpusRemark, ...]:
    """Return the documents that a newer one has taken the place of, and those that there are two editions of."""
    titles = {each.document_id: each.file for each in documents}
    remarks = [
        CorpusRemark(
            RemarkKind.SUPERSEDED, each.file, f"En nyere utgave er i korpuset: {titles.get(each.superseded_by, '')}."
        )
        for each in documents
        if each.superseded_by
    ]
    editions: dict[tuple[str, str, str], list[StudyDocument]] = defaultdict(list)
    for each in documents:
        if (
            each.period
            and each.municipality != UNOWNED
            and each.status != DRAFT
            and each.document_type in _ONE_AT_A_TIME
        ):
            editions[each.municipality, each.document_type, each.period].append(each)
    for same in editions.values():
        remarks += [
            CorpusRemark(
                RemarkKind.DUPLICATE,
                each.file,
                f"Samme kommune, type og periode som {same[0].file}. Sjekk hvilken som gjelder.",
            )
            for each in same[1:]
        ]
    return tuple(remarks)


_ONE_AT_A_TIME: Final = frozenset(
    {
        DocumentType.DIGITALISERINGSSTRATEGI,
        DocumentType.IKT_STRATEGI,
        DocumentType.SAMFUNNSDEL,
        DocumentType.OKONOMIPLAN,
        DocumentType.ARSBUDSJETT,
        DocumentType.PLANSTRATEGI,
    }
)
