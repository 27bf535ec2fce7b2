"""The codes that an analysis gives, as a codebook: goals, elements with criteria, level, whose words, local."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import NAMESPACE_DNS, UUID, uuid5

from compliance.guidelines.criteria import ElementCriteria
from compliance.guidelines.sets import GuidelineSet
from compliance.guidelines.themes import SharedTheme
from compliance.records import Level

NAMESPACE: Final = uuid5(NAMESPACE_DNS, "norwegian-digital-compliance")

GOAL, THEME, ELEMENT, CRITERION, LEVEL, WORDS, LOCAL = (
    "goal",
    "theme",
    "element",
    "criterion",
    "level",
    "words",
    "local",
)
QUOTED, UNATTRIBUTED, UNCERTAIN, SHARED, REWORKED = "quoted", "unattributed", "uncertain", "shared", "reworked"

LEVELS: Final = {
    Level.BACKGROUND: ("Bakgrunn", "Teksten forteller om digitalisering, men lover ingenting."),
    Level.INTENTION: ("Intensjon", "Kommunen vil eller bør noe."),
    Level.COMMITMENT: ("Forpliktelse", "Kommunen skal noe."),
    Level.CONCRETE: ("Konkret", "Kommunen sier hvem, når, hvor mye eller hva som er gjort."),
}
WORD_CODES: Final = {
    QUOTED: ("Sitert", "Ordene er en annens, og teksten sier det."),
    UNATTRIBUTED: ("Uten kilde", "Ordene sto i en annen tekst først, og teksten sier det ikke."),
    UNCERTAIN: ("Uklart om kilden er nevnt", "Ordene er eller kan være en annens. Det er uklart om teksten sier det."),
    SHARED: ("Samme ord, rekkefølgen er ukjent", "En annen kommune har de samme ordene. Ingen vet hvem som var først."),
    REWORKED: ("Samme innhold i andre ord", "En annen tekst sier det samme i andre ord. Det er ikke avskrift."),
}


@dataclass(frozen=True, slots=True)
class Code:
    """A code of the codebook; `key` is None for a heading that nothing is coded with."""

    name: str
    description: str
    key: str | None
    children: tuple[Code, ...] = ()

    @property
    def guid(self) -> UUID:
        """The same for the same code in every run, so that projects can be put together."""
        return make_guid("code", self.key or f"heading:{self.name}")

    def list_all(self) -> Iterator[Code]:
        """Yield the code and all under it."""
        yield self
        for child in self.children:
            yield from child.list_all()


def make_guid(*parts: object) -> UUID:
    """Return the identifier of a thing by what it is: equal parts, equal identifier."""
    return uuid5(NAMESPACE, "|".join(str(part) for part in parts))


def make_key(kind: str, label: str) -> str:
    """Return how a code is known: "goal:DA1"."""
    return f"{kind}:{label}"


def build_codebook(
    guidelines: Sequence[GuidelineSet],
    elements: Sequence[ElementCriteria],
    *,
    themes: Sequence[SharedTheme] = (),
    used: Iterable[str] = (),
) -> tuple[Code, ...]:
    """Return the codebook in bokmål; a key in `used` that nothing explains (its set is gone) has a code by its id.

    Themes are for tables: no passage is coded with one.
    """
    codebook: tuple[Code, ...] = (
        Code("Nasjonale mål", "Målene i nasjonale dokumenter, i våre ord.", None, tuple(map(_code_set, guidelines))),
        Code("eGovWSF", "Rammeverkets tolv elementer med spørsmål.", None, tuple(map(_code_element, elements))),
        Code("Nivå", "Hvor langt avsnittet forplikter.", None, tuple(_code_each(LEVEL, LEVELS))),
        Code("Andres ord", "Ord som også står i en annen tekst.", None, tuple(_code_each(WORDS, WORD_CODES))),
        Code("Lokalt", "Avsnittet nevner noe som bare denne kommunen har.", make_key(LOCAL, LOCAL)),
    )
    if themes:
        shared = tuple(Code(each.title.nb, each.statement.nb, make_key(THEME, each.id)) for each in themes)
        codebook = (Code("Temaer", "De fem temaene som målsettene deler.", None, shared), *codebook)
    known = {code.key for top in codebook for code in top.list_all()}
    unknown = tuple(
        Code(key.partition(":")[2], "Målet finnes ikke lenger i målsettene.", key) for key in sorted({*used} - known)
    )
    return (*codebook, Code("Andre", "Koder uten forklaring.", None, unknown)) if unknown else codebook


def _code_set(guideline: GuidelineSet) -> Code:
    goals = tuple(
        Code(f"{goal.id} {goal.name_in('nb')}", f"{goal.title.nb}. {goal.statement.nb}", make_key(GOAL, goal.id))
        for goal in guideline.goals
    )
    return Code(f"{guideline.document} ({guideline.edition})", f"{guideline.publisher}. {guideline.url}", None, goals)


def _code_element(element: ElementCriteria) -> Code:
    criteria = tuple(
        Code(f"{each.id} {each.short_title.in_code('nb')}", each.question.nb, make_key(CRITERION, each.id))
        for each in element.criteria
    )
    return Code(f"{element.id} {element.title.nb}", element.title.nb, make_key(ELEMENT, element.id), criteria)


def _code_each(kind: str, named: dict[Level, tuple[str, str]] | dict[str, tuple[str, str]]) -> Iterator[Code]:
    for label, (name, description) in named.items():
        yield Code(name, description, make_key(kind, str(label)))
