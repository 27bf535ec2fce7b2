"""Read a REFI-QDA project (.qdpx) that a person coded in NVivo, ATLAS.ti, MAXQDA or QualCoder."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from lxml import etree

from compliance.errors import SettingsError, describe_os_error
from compliance.files import ARCHIVE_FAULTS
from compliance.study.export.refi_xml import PROJECT

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_BYTES: Final = 500_000_000  # of one file of the project when unpacked: more is no text, or an attack
MEDIA: Final = ("PictureSource", "AudioSource", "VideoSource")
CUT_SIGNS: Final = "…. "  # programs cut long names of selections and say so with these


@dataclass(frozen=True, slots=True)
class Coding:
    """A stretch of a source that someone gave a code; `end` is not included."""

    start: int
    end: int
    code: str  # guid, lower case
    user: str  # guid, lower case; empty: the project does not say


@dataclass(frozen=True, slots=True)
class Source:
    """A text of the project with its codings, and what of it could not be placed in the text."""

    guid: str
    name: str
    text: str
    codings: tuple[Coding, ...]
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CodedProject:
    """A project: its codes' names and its users' by guid, its texts, and what is no text."""

    codes: Mapping[str, str]
    users: Mapping[str, str]
    sources: tuple[Source, ...]
    problems: tuple[str, ...]


def read_project(path: Path) -> CodedProject:
    """Return the texts and codings of a project. Raises SettingsError where the file is no REFI-QDA project."""
    try:
        with zipfile.ZipFile(path) as archive:
            root = _parse_project(archive)
            files = {name.lower(): name for name in archive.namelist()}
            sources = tuple(_read_source(each, archive, files) for each in _find(root, "TextSource", "PDFSource"))
    except (*ARCHIVE_FAULTS, etree.XMLSyntaxError) as error:
        why = describe_os_error(error) if isinstance(error, OSError) else str(error)
        raise SettingsError(f"{path}: kan ikke leses som et REFI-QDA-prosjekt ({why}).", file=path) from error
    if root.tag != _tag("Project"):
        raise SettingsError(f"{path}: er ikke et REFI-QDA-prosjekt. Lagre prosjektet på nytt som .qdpx.", file=path)
    return CodedProject(
        codes={_guid(each): each.get("name", "") for each in root.iter(_tag("Code"))},
        users={_guid(each): each.get("name", "") for each in root.iter(_tag("User"))},
        sources=sources,
        problems=tuple(f"{each.get('name', '')}: bilde, lyd og film er ikke tekst" for each in _find(root, *MEDIA)),
    )


def _parse_project(archive: zipfile.ZipFile) -> _Element:
    name = next((each for each in archive.namelist() if each.lower().endswith(".qde")), None)
    if name is None:
        raise zipfile.BadZipFile("filen har ingen project.qde")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    return etree.fromstring(_unpack(archive, name), parser)


def _unpack(archive: zipfile.ZipFile, name: str) -> bytes:
    if archive.getinfo(name).file_size > MAX_BYTES:
        raise zipfile.BadZipFile(f"{name} er for stor")
    return archive.read(name)


def _read_source(source: _Element, archive: zipfile.ZipFile, files: Mapping[str, str]) -> Source:
    holder = source if source.tag == _tag("TextSource") else source.find(_tag("Representation"))
    name = source.get("name") or _guid(source)
    text = None if holder is None else _read_text(holder, archive, files)
    if holder is None or text is None:
        return Source(_guid(source), name, "", (), ("teksten følger ikke med prosjektet",))
    selections = holder.findall(_tag("PlainTextSelection"))
    text = _choose_line_ends(text, selections)
    codings: list[Coding] = []
    problems: list[str] = []
    for selection in selections:
        start, end = int(selection.get("startPosition", "0")), int(selection.get("endPosition", "0"))
        if 0 <= start < end <= len(text):
            codings += _read_codings(selection, start, end)
        elif selection.find(_tag("Coding")) is not None:
            problems.append(f"et merket sted ({start}–{end}) ligger utenfor teksten")
    for region in source.findall(_tag("PDFSelection")):
        _read_region(region, text, codings, problems)
    codings += _read_codings(source, 0, len(text)) if source.find(_tag("Coding")) is not None else []
    return Source(_guid(source), name, text, tuple(codings), tuple(problems))


def _read_text(holder: _Element, archive: zipfile.ZipFile, files: Mapping[str, str]) -> str | None:
    content = holder.findtext(_tag("PlainTextContent"))
    if content is not None:
        return content
    named = (holder.get("plainTextPath") or "").removeprefix("internal://").lower()
    name = files.get(f"sources/{named}")  # some programs write Sources/
    return None if not named or name is None else _unpack(archive, name).decode("utf-8-sig", errors="replace")


def _choose_line_ends(text: str, selections: Sequence[_Element]) -> str:
    """Return the text as its program counted it: a line end of two characters is one or two, as the names agree."""
    readings = [text, text.replace("\r\n", "\n"), text.replace("\r\n", "\n").replace("\n", "\r\n")]
    return max(readings, key=lambda each: sum(_agrees(selection, each) for selection in selections))


def _agrees(selection: _Element, text: str) -> bool:
    start, end = int(selection.get("startPosition", "0")), int(selection.get("endPosition", "0"))
    name = " ".join((selection.get("name") or "").split()).rstrip(CUT_SIGNS)
    return bool(name) and " ".join(text[start:end].split()).startswith(name)


def _read_codings(holder: _Element, start: int, end: int) -> Iterator[Coding]:
    for coding in holder.findall(_tag("Coding")):
        reference = coding.find(_tag("CodeRef"))
        if reference is not None:
            user = coding.get("creatingUser") or holder.get("creatingUser") or ""
            yield Coding(start, end, _bare(reference.get("targetGUID", "")), _bare(user))


def _read_region(region: _Element, text: str, codings: list[Coding], problems: list[str]) -> None:
    """Find a coded part of a page in the text by the words that the project has of it."""
    if region.find(_tag("Coding")) is None:
        return
    words = (
        region.findtext(f"{_tag('Representation')}/{_tag('PlainTextContent')}") or region.get("name") or ""
    ).strip()
    if words and text.count(words) == 1:
        start = text.index(words)
        codings.extend(_read_codings(region, start, start + len(words)))
    else:
        problems.append(f"et merket område på side {int(region.get('page', '0')) + 1} finnes ikke igjen i teksten")


def _find(root: _Element, *tags: str) -> Iterator[_Element]:
    sources = root.find(_tag("Sources"))
    for element in sources if sources is not None else ():
        if element.tag in {_tag(each) for each in tags}:
            yield element


def _tag(name: str) -> str:
    return f"{{{PROJECT}}}{name}"


def _guid(element: _Element) -> str:
    return _bare(element.get("guid", ""))


def _bare(guid: str) -> str:
    return guid.strip("{}").lower()
