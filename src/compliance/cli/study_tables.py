"""Tables of a study on the terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from compliance.records.study import InventoryState, StrategyState
from compliance.study.names import STATE_NAMES, STATUS_NAMES

if TYPE_CHECKING:
    from compliance.study.corpus.listing import CorpusState

SHORT_NAMES = STATE_NAMES | {InventoryState.HOLE: "?"}  # a column is as wide as its longest cell


def print_states(states: Sequence[StrategyState], names: Mapping[str, str]) -> None:
    """Print what each municipality has of a strategy, and why that is said."""
    table = Table(box=SIMPLE_HEAD)
    for heading in ("Kommune", "Strategi", "Periode", "Grunnlag"):
        table.add_column(heading)
    for each in states:
        period = (each.period or "–").replace("-", "–")
        table.add_row(
            escape(names.get(each.municipality, each.municipality)),
            STATUS_NAMES[each.status],
            period,
            escape(each.reason),
        )
    Console().print(table)


def print_inventory(state: CorpusState) -> None:
    """Print municipality by document type."""
    kinds = list(dict.fromkeys(each.document_type for each in state.inventory))
    table = Table(box=SIMPLE_HEAD)
    table.add_column("Kommune")
    for kind in kinds:
        table.add_column(kind)
    cells = {(each.municipality, each.document_type): each for each in state.inventory}
    for place in state.places:
        shown = [cells.get((place.id, kind)) for kind in kinds]
        table.add_row(
            escape(place.name),
            *[
                "" if each is None else SHORT_NAMES[each.state] + (f" ({each.documents})" if each.documents > 1 else "")
                for each in shown
            ],
        )
    Console().print(table)
