"""What surrounds the content of a page that is built of divs: banners, menus, paths, share links and feet.

The signals are those that the reading modes of browsers use: what elements are called, and how much of their text is
links.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml.etree import _Element as Element

from compliance.records import FurnitureKind

MAX_SHARE = 0.4  # of the page's text: what holds more is the content, whatever it is called
MOSTLY_LINKS = 0.5  # share of an element's letters that are in links, for names that content has too
MENU_LINKS = 5  # links and nothing else, before the page's title: a menu without a name
ALL_LINKS = 0.9

_WORD = re.compile(r"[A-Za-zÆØÅæøå][a-zæøå]*|[A-ZÆØÅ]+")
# Names that content does not have, and where on the page they stand.
_ABOVE = frozenset(
    ("cookie", "cookies", "consent", "gdpr", "samtykke", "skip", "skiplink", "breadcrumb", "breadcrumbs")
)
_ABOVE |= frozenset(("brødsmule", "brødsmuler", "brødsmulesti", "brodsmule", "brodsmuler", "brodsmulesti", "login"))
_BELOW = frozenset(("footer", "sidefot", "bunntekst", "bunnfelt", "share", "sharing", "social", "feedback"))
_BELOW |= frozenset(("tilbakemelding", "newsletter", "nyhetsbrev"))
# Names that content may have as well: believed of elements that are mostly links.
_NAVIGATION = frozenset(("menu", "meny", "nav", "navbar", "navigation", "navigasjon", "navigasjonsmeny", "hovedmeny"))
_NAVIGATION |= frozenset(("toppmeny", "sidemeny", "topbar", "header", "sidebar", "related", "relatert", "relaterte"))
_NAVIGATION |= frozenset(("search", "søk", "sok", "tools", "verktøy", "pagination", "paginering", "sidehode"))
_NEVER = frozenset(("html", "body", "main", "article", "form"))

Boilerplate = dict[Element, FurnitureKind]


@dataclass(frozen=True, slots=True)
class Measure:
    """How much an element holds, itself and all within it."""

    order: int  # in the document
    letters: int
    linked: int  # letters in links
    links: int
    title: bool  # holds the page's title


def find_boilerplate(root: Element) -> Boilerplate:
    """Return the elements that surround the content, and what furniture they are."""
    measures = _measure(root)
    title = min((measure.order for element, measure in measures.items() if element.tag == "h1"), default=-1)
    found: Boilerplate = {}
    for element, measure in measures.items():
        small = measure.letters <= MAX_SHARE * measures[root].letters and not measure.title
        if small and element.tag not in _NEVER and (kind := _judge(element, measure, title=title)):
            found[element] = kind
    return found


def _judge(element: Element, measure: Measure, *, title: int) -> FurnitureKind | None:
    names = _list_names(element)
    if names & _BELOW:
        return FurnitureKind.FOOTER
    linked = measure.letters > 0 and measure.linked >= MOSTLY_LINKS * measure.letters
    if names & _ABOVE or (names & _NAVIGATION and linked):
        return FurnitureKind.HEADER
    return FurnitureKind.HEADER if element.tag == "ul" and _is_menu(element, measure, title=title) else None


def _is_menu(element: Element, measure: Measure, *, title: int) -> bool:
    """Whether a list of nothing but links stands before the page's title, outside what is marked as its content."""
    only_links = measure.links >= MENU_LINKS and measure.linked >= ALL_LINKS * measure.letters
    return only_links and measure.order < title and next(element.iterancestors("main", "article"), None) is None


def _measure(root: Element) -> dict[Element, Measure]:
    """Return what each element holds; those within come before those around them, so that each is counted once."""
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    measures: dict[Element, Measure] = {}
    for order, element in reversed(list(enumerate(elements))):
        inner = [measures[child] for child in element if child in measures]
        letters = _count(element.text) + sum(_count(child.tail) for child in element)
        letters += sum(one.letters for one in inner)
        is_link = element.tag == "a"
        measures[element] = Measure(
            order,
            letters,
            letters if is_link else sum(one.linked for one in inner),
            is_link + sum(one.links for one in inner),
            element.tag == "h1" or any(one.title for one in inner),
        )
    return measures


def _list_names(element: Element) -> set[str]:
    """Return the words of an element's classes and id: «cookieBanner top-menu» is cookie, banner, top, menu."""
    names = f"{element.get('class', '')} {element.get('id', '')}"
    return {word.casefold() for word in _WORD.findall(names)} if names.strip() else set()


def _count(text: str | None) -> int:
    return sum(map(len, text.split())) if text else 0
