"""Sets a ruled table row by row, repeating its header where it crosses a page."""

from __future__ import annotations

import re

from builder.blocks import Block, Cell, join_text
from builder.flow import Flow
from builder.html import render_runs

PADDING = 3.0
AMOUNT = re.compile(r"[-–+]?\d[\d  ,.]*( ?%)?|[-–]|")
MAX_WEIGHT = 42  # characters: a longer cell wraps rather than widening its column
MIN_WEIGHT = 7


def set_table(block: Block, flow: Flow, *, accent: str) -> None:
    """Set the table at the flow's position."""
    header, *rows = block.rows
    widths = share_width(block.rows, flow.width)
    amounts = [all(AMOUNT.fullmatch(join_text(row[i]).strip()) for row in rows) for i in range(len(header))]
    _set_row(flow, header, widths=widths, amounts=amounts, accent=accent)
    for row in rows:
        if _row_height(flow, row, widths) > flow.room:
            flow.next_column()
            _set_row(flow, header, widths=widths, amounts=amounts, accent=accent)
        _set_row(flow, row, widths=widths, amounts=amounts, accent="")


def share_width(rows: tuple[tuple[Cell, ...], ...], width: float) -> list[float]:
    """Return column widths that sum to `width`, in proportion to the columns' longest texts."""
    longest = [max(len(join_text(row[i])) for row in rows) for i in range(len(rows[0]))]
    weights = [min(max(length, MIN_WEIGHT), MAX_WEIGHT) for length in longest]
    return [width * weight / sum(weights) for weight in weights]


def _set_row(flow: Flow, row: tuple[Cell, ...], *, widths: list[float], amounts: list[bool], accent: str) -> None:
    height = _row_height(flow, row, widths)
    x = flow.left
    total = any(run.bold for run in row[0]) and not accent
    for cell, width, amount in zip(row, widths, amounts, strict=True):
        fill = accent or ("#eeeeee" if total else "")
        flow.add_shape((x, flow.y, x + width, flow.y + height), fill=fill, stroke="#8a8a8a")
        box = (x + PADDING, flow.y + PADDING - 1, x + width - PADDING, flow.y + height + 1)
        flow.put_in(_cell_html(cell, amount=amount, header=bool(accent)), box)
        x += width
    flow.y += height


def _row_height(flow: Flow, row: tuple[Cell, ...], widths: list[float]) -> float:
    def height(cell: Cell, width: float) -> float:
        amount = bool(AMOUNT.fullmatch(join_text(cell).strip()))
        return flow.measure(_cell_html(cell, amount=amount), width - 2 * PADDING)

    return max(map(height, row, widths)) + 2 * PADDING


def _cell_html(cell: Cell, *, amount: bool = False, header: bool = False) -> str:
    inner = render_runs(cell).replace(" ", "&nbsp;") if amount else render_runs(cell)
    if header:
        inner = f'<span style="color:#ffffff"><b>{inner}</b></span>'
    return f'<p class="{"amount" if amount else "cell"}">{inner or "&nbsp;"}</p>'
