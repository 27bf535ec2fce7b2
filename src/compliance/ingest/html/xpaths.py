"""Where elements stand in a page, as XPaths from the root."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from lxml.etree import _Element as Element


@dataclass(slots=True)
class XPaths:
    """Finds XPaths ("/html/body/main/p[3]") as libxml2 writes them, and counts each element's children once.

    libxml2 counts the siblings before an element anew for each of them: 10 s for a page of 100,000 paragraphs.
    """

    _paths: dict[Element, str] = field(default_factory=dict)  # of elements that have children
    _steps: dict[Element, dict[Element, str]] = field(default_factory=dict)

    def find(self, element: Element) -> str:
        """Return the element's path."""
        missing = [element]
        while missing[-1] not in self._paths and (parent := missing[-1].getparent()) is not None:
            missing.append(parent)
        top = missing.pop()
        path = self._paths.setdefault(top, f"/{top.tag}")
        for one in reversed(missing):
            path = f"{path}/{self._name_step(one)}"
            if len(one):
                self._paths[one] = path
        return path

    def _name_step(self, element: Element) -> str:
        parent = element.getparent()
        if parent is None:
            return str(element.tag)
        if parent not in self._steps:
            self._steps[parent] = _name_steps(parent)
        return self._steps[parent][element]


def _name_steps(parent: Element) -> dict[Element, str]:
    total = Counter(child.tag for child in parent)
    seen: Counter[object] = Counter()
    steps: dict[Element, str] = {}
    for child in parent:
        seen[child.tag] += 1
        steps[child] = f"{child.tag}[{seen[child.tag]}]" if total[child.tag] > 1 else str(child.tag)
    return steps
