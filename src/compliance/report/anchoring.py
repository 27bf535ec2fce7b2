"""What only this municipality could have written: own decisions, places, figures, partners and steps taken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from compliance.records import BlockKind, Evidence, EvidenceCode, EvidenceKind, Finding, Level, Passage
from compliance.report.catalogue import Catalogue
from compliance.report.material import DocumentMaterial
from compliance.report.presentation import Presentation
from compliance.report.quotes import Quote, quote_passage
from compliance.report.reasons import quote_words
from compliance.report.weighing import Weighing, weigh_finding

MAX_EXAMPLES: Final = 6
FEW_EXAMPLES: Final = 3  # with fewer kinds of signs, a second example of one
MIN_EXAMPLE_CHARS: Final = 40  # shorter passages are lead-ins and addresses: local, but nothing to show
BORROWED: Final = 0.5  # share of a passage from which on its words are another's
COMMITTING: Final = (Level.COMMITMENT, Level.CONCRETE)
WEAK_SIGNS: Final = frozenset(
    {EvidenceCode.NAME, EvidenceCode.OWN_NAME, EvidenceCode.OWN_FIGURE}
)  # alone they may be a telephone number or an example


@dataclass(frozen=True, slots=True)
class LocalExample:
    """One passage with what makes it local."""

    anchor: str
    quote: Quote
    signs: tuple[str, ...]  # «Eget vedtak: «FSK 8/18»»
    weighing: Weighing | None  # None where rules judged


@dataclass(frozen=True, slots=True)
class LocalText:
    """How much of the document is the municipality's own, and the strongest of it."""

    known: bool  # whether the document's municipality is known; without it nothing is looked for
    passages: int  # local ones
    total: int  # passages that could be
    committing: int
    local_committing: int
    examples: tuple[LocalExample, ...]

    @property
    def share(self) -> float:
        """Return the local passages' share of those that could be, 0 to 1."""
        return self.passages / self.total if self.total else 0.0


def show_local_text(
    material: DocumentMaterial, borrowed: Mapping[str, float], *, presentation: Presentation
) -> LocalText:
    """Return what is locally anchored; `borrowed` is the share of each passage that is another's words."""
    passages = [passage for passage in material.reading.passages if passage.kind is not BlockKind.HEADING]
    local = [passage for passage in passages if passage.id in material.local]
    committing = [passage for passage in passages if _commits(material, passage)]
    own = [passage for passage in local if borrowed.get(passage.id, 0.0) < BORROWED]
    return LocalText(
        known=material.profile.municipality is not None,
        passages=len(local),
        total=len(passages),
        committing=len(committing),
        local_committing=sum(passage.id in material.local for passage in committing),
        examples=tuple(_show(passage, material, presentation) for passage in _choose(own, material.local)),
    )


def _commits(material: DocumentMaterial, passage: Passage) -> bool:
    level = material.level_finding(passage.id)
    return level is not None and level.label in COMMITTING


def _choose(passages: Sequence[Passage], findings: Mapping[str, Finding]) -> list[Passage]:
    """Return the strongest examples in reading order: one of each kind of sign before a second of any."""
    long = [passage for passage in passages if len(passage.text) >= MIN_EXAMPLE_CHARS]
    strong = [passage for passage in long if not _is_weak(findings[passage.id])]
    ranked = sorted(strong or long, key=lambda passage: -findings[passage.id].score)
    seen: set[str] = set()
    first: list[Passage] = []
    second: list[Passage] = []
    for passage in ranked:
        strongest = max(_list_signs(findings[passage.id]), key=lambda item: item.score, default=None)
        kind = strongest.code or strongest.reference if strongest else ""
        (second if kind in seen else first).append(passage)
        seen.add(kind)
    more = second[: max(0, FEW_EXAMPLES - len(first))]
    return sorted([*first[:MAX_EXAMPLES], *more], key=lambda passage: passage.index)


def _is_weak(finding: Finding) -> bool:
    """Tell whether names and figures alone speak for it; what reads as local without a sign is no better example."""
    return all(item.code in WEAK_SIGNS for item in _list_signs(finding))


def _list_signs(finding: Finding) -> list[Evidence]:
    """Return what the rules see, without what the trained encoder reads in the passage as a whole."""
    return [item for item in finding.evidence if item.kind is not EvidenceKind.EMBEDDING]


def _show(passage: Passage, material: DocumentMaterial, presentation: Presentation) -> LocalExample:
    finding, texts = material.local[passage.id], presentation.texts
    marks = [(item.start, item.end) for item in finding.evidence if item.start is not None and item.end is not None]
    limit = presentation.config.max_quote_chars
    return LocalExample(
        anchor=f"local-{passage.index:04d}",
        quote=quote_passage(material, passage, marks, texts=texts, max_chars=limit),
        signs=tuple(_tell_signs(_list_signs(finding), material.document.text, texts)) or (texts.text("local.read"),),
        weighing=weigh_finding(finding, presentation=presentation),
    )


def _tell_signs(evidence: Iterable[Evidence], text: str, texts: Catalogue) -> list[str]:
    """Return what makes the passage local, a sentence for each kind of sign."""
    kinds: dict[str, list[Evidence]] = {}
    for item in evidence:
        sign = texts.find(f"local.sign.{item.code or item.reference}", texts.text("local.sign.other"))
        kinds.setdefault(sign, []).append(item)
    quoted = {sign: quote_words(items, text, texts=texts) for sign, items in kinds.items()}
    return [texts.text("local.because", sign=sign, words=words) for sign, words in quoted.items()]
