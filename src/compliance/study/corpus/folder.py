"""A corpus folder: its files are read, its manifest filled in, documents added to it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Final

from compliance.config import Config
from compliance.errors import DocumentError, SettingsError, describe_os_error
from compliance.files import ARCHIVE_FAULTS, describe_path, hash_file, write_atomically
from compliance.ingest.discover import advise_skipped, discover_files
from compliance.ingest.media import SUFFIXES
from compliance.records import Attribute, AttributeSource, Rejected, RejectionReason
from compliance.records.study import CorpusRemark, RemarkKind
from compliance.runs.isolation import read_each
from compliance.study.corpus.manifest import (
    Cells,
    Manifest,
    ManifestRow,
    fill_in,
    name_files,
    read_manifest,
    write_manifest,
)
from compliance.study.files import MANIFEST_NAME
from compliance.study.outline import DocumentOutline, outline_reading

MAX_MEMBERS: Final = 2_000  # of an archive: more is no set of plans
MAX_MEMBER_BYTES: Final = 500_000_000
_ADOPTED, _DRAFT = "vedtatt", "utkast"

Progress = Callable[[Path], None]


@dataclass(frozen=True, slots=True)
class CorpusFiles:
    """The documents of a corpus folder by their names in the manifest, and what was left alone or cannot be read."""

    folder: Path
    files: Mapping[str, Path]
    remarks: tuple[CorpusRemark, ...]


def list_corpus(folder: Path) -> CorpusFiles:
    """Return the folder's documents. Raises SettingsError where there is no such folder."""
    if not folder.is_dir():
        raise SettingsError(f"{describe_path(folder)}: finnes ikke. Lag korpuset med compliance corpus init.")
    holds_any = any(path.suffix.lower() in SUFFIXES for path in folder.rglob("*"))
    found = discover_files([folder]) if holds_any else discover_files([])
    names = name_files(found.files, folder=folder)
    skipped = name_files([path for path in found.skipped if path.name != MANIFEST_NAME], folder=folder)
    remarks = [
        CorpusRemark(RemarkKind.SKIPPED_FORMAT, name, advice)
        for path, name in skipped.items()
        if (advice := advise_skipped(path)) and path.suffix.lower() not in {".csv", ".json"}  # the study's own
    ]
    remarks += [CorpusRemark(RemarkKind.REJECTED, each.id, each.detail) for each in found.rejected]
    return CorpusFiles(folder, {name: path for path, name in names.items()}, tuple(remarks))


def update_manifest(
    folder: Path, *, config: Config, on_file: Progress = lambda _: None
) -> tuple[Manifest, tuple[CorpusRemark, ...]]:
    """Read the files that the manifest does not know yet, fill it in and write it; also return what to look at."""
    corpus = list_corpus(folder)
    manifest = read_manifest(folder)
    hashes = {name: hash_file(path) for name, path in corpus.files.items()}
    new = [path for name, path in corpus.files.items() if hashes[name] not in manifest.read]
    read: dict[str, tuple[str, Cells]] = {}
    remarks = list(corpus.remarks)
    names = {path: name for name, path in corpus.files.items()}
    for path, reading in read_each(new, config=config):
        on_file(path)
        if isinstance(reading, Rejected):
            remarks.append(CorpusRemark(RemarkKind.REJECTED, names[path], reading.detail))
            read[names[path]] = (hashes[names[path]] or "", {})
        else:
            read[names[path]] = (reading.document.sha256, read_cells(outline_reading(reading)))
    for name in corpus.files:
        if name not in read:
            read[name] = (hashes[name] or "", manifest.read.get(hashes[name] or "", {}))
    filled = fill_in(manifest, read)
    write_manifest(folder, filled)
    return filled, tuple(remarks)


def read_cells(outline: DocumentOutline) -> Cells:
    """Return what the manifest says of a document where no person has: only what was read, not what was corrected."""
    profile = outline.profile
    cells = {"title": outline.title or ""}
    attributes: tuple[tuple[str, Attribute | None, str], ...] = (
        ("municipality_number", profile.municipality, profile.municipality_number or ""),
        ("type", profile.document_type, ""),
        ("period", profile.period, ""),
        ("adopted", profile.adopted, ""),
    )
    for column, attribute, value in attributes:
        if attribute is None or attribute.source is not AttributeSource.OVERRIDE:
            cells[column] = value or (attribute.value if attribute else "")
    owners = outline.owners
    if len(owners) > 1 and "municipality_number" in cells:
        cells["municipality_number"] = " | ".join(owners)
    if outline.is_draft and not cells.get("adopted"):
        cells["status"] = _DRAFT
    elif "adopted" in cells:
        cells["status"] = _ADOPTED if cells["adopted"] else ""
    return cells


def add_documents(folder: Path, paths: Sequence[Path], *, said: Cells, config: Config) -> tuple[str, ...]:
    """Copy files into the folder (an archive's documents, for a ZIP) and note what a person says of them.

    Returns their names in the manifest. A file that is there already, whatever its name, is not copied again. Raises
    SettingsError where a file cannot be read or the folder not be written to, DocumentError for a damaged archive.
    """
    folder.mkdir(parents=True, exist_ok=True)
    known = {hash_file(path): name for name, path in list_corpus(folder).files.items()}
    names = []
    for path in paths:
        for name, content in _open_source(path):
            names.append(_copy_in(folder, name, content, known=known))
    manifest, _ = update_manifest(folder, config=config)
    rows = tuple(
        replace(row, cells={**row.cells, **{key: value for key, value in said.items() if value}})
        if row["file"] in names
        else row
        for row in manifest.rows
    )
    write_manifest(folder, replace(manifest, rows=rows))
    return tuple(names)


def add_answer(folder: Path, said: Cells) -> ManifestRow:
    """Note what is known of a document that there is no file of: «ikke svart», «finnes ikke», «under arbeid»."""
    manifest = read_manifest(folder)
    row = ManifestRow(dict(said))
    kept = [
        each
        for each in manifest.rows
        if each["file"] or any(each[column] != row[column] for column in ("municipality_number", "type"))
    ]
    write_manifest(folder, replace(manifest, rows=(*kept, row)))
    return row


def list_left_out(path: Path) -> tuple[str, ...]:
    """Return what `add_documents` leaves in an archive: other formats, archives in it, what is too much or too large.

    Raises DocumentError for a damaged archive.
    """
    if not _is_archive(path):
        return ()
    with _open_archive(path) as archive:
        taken = _list_documents(archive)
        return tuple(each.filename for each in archive.infolist() if not each.is_dir() and each not in taken)


def _open_source(path: Path) -> Iterator[tuple[str, bytes]]:
    """Yield a file's name and content, or an archive's documents one after the other.

    They have their bare names: a path within an archive leads nowhere.
    """
    if _is_archive(path):
        with _open_archive(path) as archive:
            for member in _list_documents(archive):
                yield PurePosixPath(member.filename.replace("\\", "/")).name, archive.read(member)
        return
    try:
        if path.exists() and not path.is_file():  # a device: reading may never end
            raise SettingsError(f"{describe_path(path)}: dette er ikke en vanlig fil. Velg en fil.", file=path)
        yield path.name, path.read_bytes()
    except OSError as error:
        raise SettingsError(f"{describe_path(path)}: kan ikke leses: {describe_os_error(error)}", file=path) from error


def _is_archive(path: Path) -> bool:
    return path.suffix.lower() == ".zip" and path.is_file()


@contextmanager
def _open_archive(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open an archive. Raises DocumentError where it, or what is read of it, is damaged."""
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except ARCHIVE_FAULTS as error:
        advice = "Arkivet er skadet eller låst med passord. Pakk det ut selv, og legg til dokumentene i det."
        raise DocumentError(path, RejectionReason.CORRUPT, advice) from error


def _list_documents(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    return [
        each
        for each in archive.infolist()[:MAX_MEMBERS]
        if PurePosixPath(each.filename).suffix.lower() in SUFFIXES and each.file_size <= MAX_MEMBER_BYTES
    ]


def _copy_in(folder: Path, name: str, content: bytes, *, known: dict[str | None, str]) -> str:
    """Write a file into the folder, under a name of its own, and return the name."""
    from hashlib import sha256

    digest = sha256(content).hexdigest()
    if digest in known:
        return known[digest]
    clean = re.sub(r"[\x00-\x1f/\\]", "_", name).lstrip(".") or "dokument"
    path, number = folder / clean, 2
    while path.exists():
        path, number = folder / f"{Path(clean).stem}-{number}{Path(clean).suffix}", number + 1
    with write_atomically(path) as stream:
        stream.write(content)
    known[digest] = path.name
    return path.name
