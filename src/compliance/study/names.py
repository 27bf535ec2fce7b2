"""What a reader calls the status of a strategy and the state of a place in the inventory."""

from __future__ import annotations

from typing import Final

from compliance.records.study import InventoryState, StrategyStatus

STATUS_NAMES: Final = {
    StrategyStatus.VALID: "gjelder",
    StrategyStatus.EXPIRED: "utløpt",
    StrategyStatus.DRAFT: "utkast",
    StrategyStatus.UNDER_WAY: "under arbeid",
    StrategyStatus.NONE: "ingen",
    StrategyStatus.NOT_FOUND: "ikke funnet",
}
STATE_NAMES: Final = {
    InventoryState.HELD: "har",
    InventoryState.EXPIRED: "utløpt",
    InventoryState.DRAFT: "utkast",
    InventoryState.LATER: "senere",
    InventoryState.UNDER_WAY: "under arbeid",
    InventoryState.NONE: "finnes ikke",
    InventoryState.NO_RESPONSE: "ikke svart",
    InventoryState.HOLE: "ukjent",
}
