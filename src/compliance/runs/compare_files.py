"""`compliance reuse`: who shares wording with whom in a file of documents, without reading them for anything else."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from compliance.config import Config
from compliance.errors import SettingsError, describe_os_error
from compliance.files import write_atomically
from compliance.ingest.encoding import decode_text
from compliance.ingest.read import read_document
from compliance.records import ReuseKind, parse_date
from compliance.textreuse.clusters import Family, Member, find_families
from compliance.textreuse.corpus import Compared, OnProgress, SharedSpan, compare_documents
from compliance.textreuse.index import IndexedText, open_index
from compliance.textreuse.token_hashes import index_words

READING = "read"  # step of OnProgress; counts bytes


@dataclass(frozen=True, slots=True)
class ReuseInput:
    """What to compare: files of documents, a line each, with documents of any kind that they may have copied."""

    files: Sequence[Path]
    references: Sequence[Path] = ()
    index: Path | None = None


@dataclass(frozen=True, slots=True)
class ReuseOutput:
    """Where to write: the spans, and the families of passages with the same wording where they are asked for."""

    spans: Path
    families: Path | None = None


@dataclass(frozen=True, slots=True, eq=False)
class _Read:
    """A document as it was read: `date` is what the line says of when it was adopted."""

    text: IndexedText
    characters: int
    date: date | None


@dataclass(frozen=True, slots=True)
class ReuseSummary:
    """What a comparison found."""

    documents: int
    references: int
    characters: int  # of the documents
    pairs: int  # of texts that share wording
    verbatim: int  # spans
    near_verbatim: int
    families: int | None  # None where they were not asked for


def find_corpus_reuse(given: ReuseInput, *, out: ReuseOutput, config: Config, on_progress: OnProgress) -> ReuseSummary:
    """Write every stretch of wording that two texts share, a JSON line each; a file appears when it is complete.

    The same documents give the same bytes, whatever the order of files and lines. With an index, the spans are those
    of the documents given, with each other and with all that the index holds. Raises SettingsError for a line that is
    no document, DocumentError for a reference that cannot be read, RunFolderError for an index that cannot be used.
    """
    read = _read_all(given.files, on_progress=on_progress)
    documents = [each.text for each in read]
    references = _read_references(given.references, taken={text.id for text in documents}, config=config)
    settings = config.analyse.reuse
    with open_index(given.index, config=settings) if given.index else nullcontext() as index:
        compared = compare_documents(
            documents, references=references, index=index, config=settings, on_progress=on_progress
        )
    counts = _write_spans(compared, out.spans)
    families = None
    if out.families:
        families = find_families(compared, dates={each.text.id: each.date for each in read if each.date})
        _write_families(families, out.families)
    return ReuseSummary(
        documents=len(documents),
        references=len(references),
        characters=sum(each.characters for each in read),
        families=None if families is None else len(families),
        **counts,
    )


def _read_all(files: Sequence[Path], *, on_progress: OnProgress) -> list[_Read]:
    documents: dict[str, _Read] = {}
    done = 0
    total = sum(_size_of(file) for file in files)
    for file in files:
        for number, line in enumerate(_read_lines(file), start=1):
            done += len(line)
            if line.strip():
                document = _parse_document(line, file=file, number=number)
                if document.text.id in documents:
                    raise SettingsError(f"{file}:{number}: id «{document.text.id}» står to ganger", file=file)
                documents[document.text.id] = document
                on_progress(READING, done, total)
    return list(documents.values())


def _size_of(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError as error:
        raise SettingsError(f"{file}: kan ikke leses: {describe_os_error(error)}", file=file) from error


def _read_lines(file: Path) -> Iterator[bytes]:
    try:
        with file.open("rb") as stream:
            yield from stream
    except OSError as error:
        raise SettingsError(f"{file}: kan ikke leses: {describe_os_error(error)}", file=file) from error


def _parse_document(line: bytes, *, file: Path, number: int) -> _Read:
    """Return the document of one line. Raises SettingsError naming file and line."""
    where = f"{file}:{number}"
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise SettingsError(f"{where}: linjen er ikke UTF-8", file=file) from error
    except json.JSONDecodeError as error:
        raise SettingsError(f"{where}: ikke gyldig JSON: {error.msg}", file=file) from error
    if not isinstance(row, dict):
        raise SettingsError(f'{where}: linjen må være {{"id": "…", "text": "…"}}', file=file)
    for field in ("id", "text"):
        if not isinstance(row.get(field), str) or (field == "id" and not row["id"]):
            raise SettingsError(f"{where}: feltet «{field}» mangler eller er ikke tekst", file=file, field=field)
    adopted = _parse_adopted(row.get("date"), file=file, where=where)
    return _Read(_index_text(row["id"], row["text"]), len(row["text"]), adopted)


def _parse_adopted(value: object, *, file: Path, where: str) -> date | None:
    if value is None:
        return None
    try:
        return parse_date(str(value))
    except (ValueError, TypeError) as error:
        message = f"{where}: feltet «date» må være en dato som 2024, 2024-05 eller 2024-05-31"
        raise SettingsError(message, file=file, field="date") from error


def _index_text(text_id: str, text: str) -> IndexedText:
    key = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return IndexedText(text_id, key, index_words(text))


def _read_references(files: Sequence[Path], *, taken: set[str], config: Config) -> list[IndexedText]:
    """Read the references: lines of documents (.jsonl), or any document, by its file name."""
    texts: list[IndexedText] = []
    for file in files:
        if file.suffix == ".jsonl":
            texts += [each.text for each in _read_all([file], on_progress=lambda *_: None)]
        else:
            texts.append(_index_text(file.name, _read_reference(file, config=config)))
    for text in texts:
        if text.id in taken:
            raise SettingsError(f"id «{text.id}» står to ganger blant dokumenter og referanser", field="id")
        taken.add(text.id)
    return texts


def _read_reference(file: Path, *, config: Config) -> str:
    # Plain text as it stands, so that offsets are the file's own; other formats as they are read everywhere.
    if file.suffix == ".txt":
        _size_of(file)
        text = decode_text(file.read_bytes())
        if text is not None:
            return text
    return read_document(file, config=config.ingest).text


def _write_spans(compared: Compared, out: Path) -> dict[str, int]:
    pairs, kinds = set(), dict.fromkeys((ReuseKind.VERBATIM, ReuseKind.NEAR_VERBATIM), 0)
    with write_atomically(out) as stream:
        for span in compared.describe_spans():
            pairs.add((span.document_id, span.source_id))
            kinds[span.kind] += 1
            stream.write((json.dumps(_describe(span), ensure_ascii=False) + "\n").encode())
    return {"pairs": len(pairs), **{kind.value: count for kind, count in kinds.items()}}


def _describe(span: SharedSpan) -> dict[str, Any]:
    return {
        "doc": span.document_id,
        "span": [span.start, span.end],
        "source": span.source_id,
        "source_span": [span.source_start, span.source_end],
        "kind": span.kind.value,
        "similarity": span.similarity,
    }


def _write_families(families: Sequence[Family], out: Path) -> None:
    with write_atomically(out) as stream:
        for family in families:
            row = {
                "core": family.core,
                "earliest": family.earliest,
                "members": [_describe_member(member) for member in family.members],
            }
            stream.write((json.dumps(row, ensure_ascii=False) + "\n").encode())


def _describe_member(member: Member) -> dict[str, Any]:
    return {
        "doc": member.text_id,
        "span": [member.start, member.end],
        "similarity": member.similarity,
        "differences": [
            {"span": [each.start, each.end], "core_span": [each.core_start, each.core_end]}
            for each in member.differences
        ],
    }
