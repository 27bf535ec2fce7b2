"""How much of a document is own words, counted in characters, for the whole and for each chapter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from compliance.records import BlockKind, Passage
from compliance.report.catalogue import Catalogue
from compliance.report.charts import ChartTexts, draw_stacks
from compliance.report.loans import Loan, Standing, ranges_of
from compliance.report.material import DocumentMaterial
from compliance.report.quotes import Span

# Where loans overlap the later one holds: whoever names a source somewhere is not said to have left it out.
LAYERS: Final = (Standing.BOILERPLATE, Standing.UNATTRIBUTED, Standing.UNCERTAIN, Standing.QUOTED)
MAX_CHAPTERS: Final = 25
MAX_BARS: Final = 12
MAX_LABEL: Final = 26  # characters beside a bar
MAX_DEPTH: Final = 2  # a document whose only outermost heading is its title is divided by the headings below


@dataclass(frozen=True, slots=True)
class Portion:
    """Characters of a stretch of the document by whose words they are."""

    name: str
    total: int
    quoted: int
    unattributed: int
    uncertain: int
    boilerplate: int

    @property
    def own(self) -> int:
        """Characters that are nobody else's, as far as is known."""
        return self.total - self.borrowed - self.boilerplate

    @property
    def borrowed(self) -> int:
        """Characters that are another's, what everybody writes not counted."""
        return self.quoted + self.unattributed + self.uncertain

    def share(self, part: int) -> float:
        """Return characters as a share of the stretch, 0 to 1."""
        return part / self.total if self.total else 0.0


@dataclass(frozen=True, slots=True)
class Portions:
    """The document as a whole, and its chapters that hold words of others."""

    whole: Portion
    chapters: tuple[Portion, ...]
    others: int  # chapters that hold none
    chart: str


def measure_portions(material: DocumentMaterial, loans: Sequence[Loan], *, texts: Catalogue) -> Portions:
    """Return the portions of the document's passages; headings are not counted."""
    paint = _paint(len(material.document.text), loans)
    passages = [passage for passage in material.reading.passages if passage.kind is not BlockKind.HEADING]
    whole = _count(texts.text("portions.whole"), passages, paint)
    chapters = [_count(name, members, paint) for name, members in _divide(passages, texts).items()]
    telling = [chapter for chapter in chapters if chapter.borrowed or chapter.boilerplate]
    shown = tuple(telling[:MAX_CHAPTERS]) if len(chapters) > 1 else ()
    chart = _chart((whole, *shown[:MAX_BARS]), texts) if whole.own < whole.total else ""
    return Portions(whole, shown, others=len(chapters) - len(telling) if shown else 0, chart=chart)


def measure_borrowed(material: DocumentMaterial, loans: Iterable[Loan]) -> dict[str, float]:
    """Return, for each passage with words of others, the share of it that they make up, 0 to 1."""
    by_passage: dict[str, list[Loan]] = {}
    for loan in loans:
        if loan.standing is not Standing.BOILERPLATE:
            by_passage.setdefault(loan.passage.id, []).append(loan)
    paint = _paint(len(material.document.text), [loan for each in by_passage.values() for loan in each])
    portions = {name: _count("", [each[0].passage], paint) for name, each in by_passage.items()}
    return {name: portion.share(portion.borrowed) for name, portion in portions.items()}


def _paint(length: int, loans: Sequence[Loan]) -> bytes:
    """Return one byte a character: 0 for own words, else the layer's number."""
    canvas = bytearray(length)
    for number, standing in enumerate(LAYERS, start=1):
        for loan in loans:
            if loan.standing is standing:
                for start, end in (*loan.ranges, *_told_by(loan)):
                    canvas[start:end] = bytes([number]) * (end - start)
    return bytes(canvas)


def _told_by(loan: Loan) -> tuple[Span, ...]:
    return ranges_of(loan.finding, loan.passage) if loan.finding else ()


def _count(name: str, passages: Sequence[Passage], paint: bytes) -> Portion:
    counts = {
        standing: sum(paint.count(bytes([number]), passage.start, passage.end) for passage in passages)
        for number, standing in enumerate(LAYERS, start=1)
    }
    return Portion(
        name=name,
        total=sum(passage.end - passage.start for passage in passages),
        quoted=counts[Standing.QUOTED],
        unattributed=counts[Standing.UNATTRIBUTED],
        uncertain=counts[Standing.UNCERTAIN],
        boilerplate=counts[Standing.BOILERPLATE],
    )


def _divide(passages: Sequence[Passage], texts: Catalogue) -> dict[str, list[Passage]]:
    """Return the passages by chapter: the outermost headings of which there are at least two."""
    unnamed = texts.text("portions.unnamed")
    chapters: dict[str, list[Passage]] = {}
    for depth in range(MAX_DEPTH):
        chapters = {}
        for passage in passages:
            name = passage.section[min(depth, len(passage.section) - 1)].strip() if passage.section else unnamed
            chapters.setdefault(name, []).append(passage)
        if len(chapters) > 2:
            break
    return chapters


def _chart(portions: Sequence[Portion], texts: Catalogue) -> str:
    """Return a stacked bar for the document and each chapter, in per cent."""
    parts = ("unattributed", "uncertain", "quoted", "boilerplate", "own")
    series = tuple(
        (texts.text(f"portions.{part}"), tuple(round(100 * each.share(getattr(each, part))) for each in portions))
        for part in parts
    )
    described = [
        f"{each.name}: " + ", ".join(f"{name.lower()} {values[number]}" for name, values in series)
        for number, each in enumerate(portions)
    ]
    words = ChartTexts("chart-portions", texts.text("portions.chart"), ". ".join(described) + ".")
    return draw_stacks(_label(portions), series, texts=words)


def _label(portions: Sequence[Portion]) -> tuple[str, ...]:
    cut = (each.name if len(each.name) <= MAX_LABEL else f"{each.name[: MAX_LABEL - 1]}…" for each in portions)
    return tuple(cut)
