"""A study's pictures: steps by municipality, element profile, validity over time, copying against local."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from compliance.files import write_atomically
from compliance.records import DocumentType, ScoreSubject
from compliance.records.study import InventoryState, StrategyStatus, Study, StudyCell, StudyDocument, TextShare
from compliance.report.catalogue import load_catalogue
from compliance.study.export.codes import Code
from compliance.study.export.drawing import GREY, NAVY, SHADES, Drawing, Picture, measure_text, render_png, shorten

CELL, ROW, MARGIN, LABEL = 26.0, 20.0, 16.0, 44  # points; LABEL: characters of a name
STEPS: Final = ("ikke funnet", "bare nevnt", "omtalt", "skal", "konkret")
STATUSES: Final = {
    StrategyStatus.VALID: "har strategi",
    StrategyStatus.EXPIRED: "strategien har gått ut",
    StrategyStatus.DRAFT: "utkast",
    StrategyStatus.UNDER_WAY: "under arbeid",
    StrategyStatus.NONE: "har ikke strategi",
    StrategyStatus.NOT_FOUND: "ikke funnet",
}
STRATEGIES: Final = frozenset({DocumentType.DIGITALISERINGSSTRATEGI.value, DocumentType.IKT_STRATEGI.value})
CAPTIONS: Final = "bildetekster.md"


@dataclass(frozen=True, slots=True)
class PictureInput:
    """What the pictures show."""

    study: Study
    codes: Sequence[Code]
    shares: Sequence[TextShare]  # whose words each document has
    local: Mapping[str, float]  # share of each document's passages that are local, 0 to 1, by document id


def write_pictures(given: PictureInput, folder: Path) -> tuple[Path, ...]:
    """Write each picture as SVG and PNG, and their captions and alt texts; return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    pictures = [picture for draw in PICTURES if (picture := draw(given)) is not None]
    for picture in pictures:
        for suffix, content in (("svg", picture.svg), ("png", render_png(picture.svg))):
            written.append(folder / f"{picture.name}.{suffix}")
            with write_atomically(written[-1]) as stream:
                stream.write(content)
    with write_atomically(folder / CAPTIONS) as stream:
        stream.write("\n".join(_list_captions(pictures)).encode())
    return (*written, folder / CAPTIONS)


def _list_captions(pictures: Sequence[Picture]) -> Iterator[str]:
    yield "# Bildetekster\n"
    for picture in pictures:
        yield f"## {picture.title}\n\n![{picture.alt}]({picture.name}.svg)\n\n{picture.caption}\n"


def draw_themes(given: PictureInput) -> Picture | None:
    """Return how far each municipality goes on each theme."""
    return _draw_matrix(given, ScoreSubject.THEME.value, name="temaer", title="Fem temaer i hver kommune")


def draw_goals(given: PictureInput) -> Picture | None:
    """Return how far each municipality goes on each goal that its documents were held against."""
    return _draw_matrix(given, ScoreSubject.GOAL.value, name="maal", title="Nasjonale mål i hver kommune")


def _draw_matrix(given: PictureInput, subject: str, *, name: str, title: str) -> Picture | None:
    cells = {(each.label, each.municipality): each for each in given.study.cells if each.subject == subject}
    if not cells:
        return None
    labels = list(dict.fromkeys(label for label, _ in cells))
    places = [each for each in given.study.municipalities if any((label, each.id) in cells for label in labels)]
    names = _name_codes(given.codes, subject)
    left = MARGIN + max(measure_text(names.get(label, label), 11) for label in labels) + 8
    top = 34 + max(measure_text(shorten(each.name, 24), 11) for each in places) + 8
    drawing = Drawing(left + CELL * len(places) + MARGIN, top + ROW * len(labels) + 44)
    drawing.text(MARGIN, 22, title, size=14, bold=True)
    for column, place in enumerate(places):
        drawing.text_upwards(left + CELL * column + 17, top - 6, shorten(place.name, 24))
        for row, label in enumerate(labels):
            _draw_cell(drawing, left + CELL * column, top + ROW * row, cells.get((label, place.id)))
    for row, label in enumerate(labels):
        drawing.text_before(left - 8, top + ROW * row + 14, names.get(label, label))
    legend = "0 ikke funnet · 1 bare nevnt · 2 omtalt · 3 skal · 4 konkret · stiplet og «?»: usikkert · tomt: ikke målt"
    drawing.text(MARGIN, top + ROW * len(labels) + 24, legend, size=9, colour=GREY)
    drawing.width = max(drawing.width, MARGIN * 2 + measure_text(legend, 9))
    counts = Counter(each.value for each in cells.values())
    unsure = sum(not each.sure for each in cells.values())
    told = ", ".join(f"{counts[step]} er {STEPS[step]}" for step in range(5))
    caption = (
        f"{title} per {given.study.info.as_of}. Hver rute viser hvor langt det dokumentet som går lengst, kommer. "
        f"{unsure} av {len(cells)} ruter er usikre. «Ikke funnet» er ikke det samme som nei."
    )
    size = f"{len(labels)} rader og {len(places)} kommuner"
    alt = f"Rutenett med {size}. Av {len(cells)} ruter: {told}. {unsure} er usikre."
    return Picture(name, title, caption, alt, drawing.render(title=title, alt=alt))


def _draw_cell(drawing: Drawing, x: float, y: float, cell: StudyCell | None) -> None:
    if cell is None:
        return
    drawing.rectangle(x + 1, y + 1, CELL - 2, ROW - 2, fill=SHADES[cell.value], dashed=not cell.sure)
    words = f"{cell.value}" if cell.sure else f"{cell.value}?"
    drawing.text_around(x + CELL / 2, y + 14, words, size=10, colour="#ffffff" if cell.value == 4 else NAVY)


def draw_profile(given: PictureInput) -> Picture | None:
    """Return how many municipalities reach which step of each eGovWSF element."""
    cells = [each for each in given.study.cells if each.subject == ScoreSubject.ELEMENT.value]
    if not cells:
        return None
    title, names = (
        "eGovWSF-elementene: hvor langt kommunene kommer",
        _name_codes(given.codes, ScoreSubject.ELEMENT.value),
    )
    labels = list(dict.fromkeys(each.label for each in cells))
    counts = {label: Counter(each.value for each in cells if each.label == label) for label in labels}
    left = MARGIN + max(measure_text(names.get(label, label), 11) for label in labels) + 8
    width, top = 420.0, 40.0
    drawing = Drawing(left + width + MARGIN, top + 24 * len(labels) + 44)
    drawing.text(MARGIN, 22, title, size=14, bold=True)
    for row, label in enumerate(labels):
        y, x, total = top + 24 * row, left, counts[label].total()
        drawing.text_before(left - 8, y + 15, names.get(label, label))
        for step in range(5):
            if part := width * counts[label][step] / total:
                drawing.rectangle(x, y + 2, part, 18, fill=SHADES[step])
                colour = "#ffffff" if step == 4 else NAVY
                if part > 30:  # points: the words' width
                    words = f"{step}: {counts[label][step]}"
                    drawing.text_around(x + part / 2, y + 15, words, size=9, colour=colour)
                x += part
    legend = "Trinn (0 ikke funnet, 4 alle spørsmålene svart) og antall kommuner: «3: 4» er fire kommuner på trinn 3."
    drawing.text(MARGIN, top + 24 * len(labels) + 24, legend, size=9, colour=GREY)
    alt = "Liggende søyler, én for hvert element. " + " ".join(
        f"{names.get(label, label)}: {sum(counts[label][step] for step in (3, 4))} av {counts[label].total()} på "
        "trinn 3 eller 4."
        for label in labels
    )
    caption = f"Hvor mange kommuner som når hvert trinn for de tolv elementene, per {given.study.info.as_of}."
    return Picture("elementer", title, caption, alt, drawing.render(title=title, alt=alt))


def draw_validity(given: PictureInput) -> Picture | None:
    """Return when each municipality's strategies hold, beside the study date."""
    study, as_of = given.study, int(given.study.info.as_of[:4])
    states = {each.municipality: each for each in study.states}
    places = [each for each in study.municipalities if each.id in states]
    if not places:
        return None
    strategies = [each for each in study.documents if each.document_type in STRATEGIES and each.period]
    years = [int(year) for each in strategies for year in (each.period or "").split("-")]
    first, last = min([as_of, *years]) - 1, max([as_of, *years]) + 1
    title, scale, left, top = "Når strategiene gjelder", 620.0 / (last - first + 1), 190.0, 56.0
    drawing = Drawing(left + 620 + 170, top + 26 * len(places) + 50)
    drawing.text(MARGIN, 22, title, size=14, bold=True)
    for year in range(first, last + 1):
        drawing.text(left + scale * (year - first), top - 10, str(year), size=9, colour=GREY)
    told = []
    for row, place in enumerate(places):
        y, status = top + 26 * row, STATUSES[states[place.id].status]
        drawing.text(MARGIN, y + 16, shorten(place.name, 26))
        for each in (each for each in strategies if each.municipality == place.id):
            _draw_period(drawing, each, y, left=left - scale * first, scale=scale)
        drawing.text(left + 628, y + 16, status, colour=GREY)
        told.append(f"{place.name}: {status}.")
    month = int(study.info.as_of[5:7]) - 1
    x = left + scale * (as_of - first + month / 12)
    drawing.line(x, top - 4, x, top + 26 * len(places), colour=NAVY, width=2)
    drawing.text_around(x, top + 26 * len(places) + 14, f"studiedatoen {study.info.as_of}", size=9)
    drawing.text(MARGIN, top + 26 * len(places) + 36, "Stiplet: utkast, eller gått ut.", size=9, colour=GREY)
    caption = f"Perioden til hver digitaliserings- og IKT-strategi, og hva kommunen har per {study.info.as_of}."
    alt = f"Tidslinje fra {first} til {last}. " + " ".join(told)
    return Picture("gyldighet", title, caption, alt, drawing.render(title=title, alt=alt))


def _draw_period(drawing: Drawing, document: StudyDocument, y: float, *, left: float, scale: float) -> None:
    first, _, last = (document.period or "").partition("-")
    start, years = left + scale * int(first), int(last or first) - int(first) + 1
    over = document.state in {InventoryState.DRAFT, InventoryState.EXPIRED}
    drawing.rectangle(start, y + 4, scale * years, 16, fill="#ffffff" if over else "#ddeaf6", dashed=over)
    drawing.text(start + 4, y + 16, f"{first}–{last}" if last else first, size=9)


def draw_copying(given: PictureInput) -> Picture | None:
    """Return each document by how much is others' words, and how many of its passages are local."""
    names = {each.id: each.name for each in given.study.municipalities}
    documents = {each.document_id: each for each in given.study.documents}
    points = [
        (_share_of_others(each), given.local[each.document_id], documents[each.document_id])
        for each in given.shares
        if each.document_id in documents and each.document_id in given.local
    ]
    if not points:
        return None
    texts = load_catalogue("nb")
    title, side, left, top = "Andres ord og lokalt innhold", 380.0, 70.0, 44.0
    widest = max(0.1, *(share for share, _, _ in points))
    drawing = Drawing(left + side + 230, top + side + 60)
    drawing.text(MARGIN, 22, title, size=14, bold=True)
    drawing.rectangle(left, top, side, side)
    for number, (share, local, _) in enumerate(points, start=1):
        x, y = left + side * share / widest, top + side * (1 - local)
        drawing.circle(x, y, 3)
        drawing.text(x + 5, y - 3, str(number), size=9)
    for number, (_, _, document) in enumerate(points[:30], start=1):
        kind = texts.text(f"type.{document.document_type}")
        words = f"{number} {names[document.municipality]}, {kind} {texts.period(document.period or '')}"
        drawing.text(left + side + 14, top + 12 + 12.5 * (number - 1), shorten(words, 58), size=8)
    for part in range(5):
        drawing.text_around(left + side * part / 4, top + side + 14, f"{100 * widest * part / 4:.0f} %", size=9)
        drawing.text_before(left - 6, top + side * (1 - part / 4) + 4, f"{100 * part / 4:.0f} %", size=9)
    drawing.text(left, top + side + 32, "Andel av teksten som er andres ord", size=10)
    drawing.text_upwards(20, top + side, "Andel av avsnittene som er lokale", size=10)
    caption = (
        f"Hvert punkt er ett av {len(points)} dokumenter. Bortover: andelen av teksten som også står i andre tekster. "
        "Oppover: andelen av avsnittene som nevner noe lokalt. Tallene viser til listen"
        f"{' (de 30 første)' if len(points) > 30 else ''}; alle står i arbeidsboken."
    )
    others = sorted(share for share, _, _ in points)
    alt = (
        f"Punktdiagram med {len(points)} dokumenter. Andelen andres ord går fra {100 * others[0]:.0f} til "
        f"{100 * others[-1]:.0f} prosent, med {100 * others[len(others) // 2]:.0f} prosent i midten."
    )
    return Picture("andres_ord_og_lokalt", title, caption, alt, drawing.render(title=title, alt=alt))


def _share_of_others(share: TextShare) -> float:
    return (share.quoted + share.unattributed + share.uncertain) / max(share.total, 1)


def _name_codes(codes: Sequence[Code], subject: str) -> dict[str, str]:
    """Return the names of a subject's labels, cut to a line."""
    keyed = ((code.key or "", code.name) for top in codes for code in top.list_all())
    return {key.partition(":")[2]: shorten(name, LABEL) for key, name in keyed if key.startswith(f"{subject}:")}


PICTURES: Final[tuple[Callable[[PictureInput], Picture | None], ...]] = (
    draw_themes,
    draw_goals,
    draw_profile,
    draw_validity,
    draw_copying,
)
