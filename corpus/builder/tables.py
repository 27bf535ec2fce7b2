"""Sets a ruled table row by row, repeating its header where it crosses a page."""

from __future__ import annotations

import re

from builder.blocks import Block, Cell, join_text
from builder.flow import Flow
from builder.html import render_runs

PADDING = 3.0
AMOUNT = re.compile(r"[-–+]?\d[\d  ,.]*( ?%)?|[-–]|")
NARROW = 14  # characters: a column this narrow gets the width its longest text needs
MAX_WEIGHT = 42  # characters: a longer cell wraps rather than widening its column
CHARACTER = 0.5  # width of a bold character, in ems of the body size
SMALL_TABLE = 9  # rows: a table this small is not split over pages
TABLE_START = 66.0  # of a longer one, the header and two rows stay together


def set_table(block: Block, flow: Flow, *, size: float, accent: str) -> None:
    """Set the table at the flow's position."""
    header, *rows = block.rows
    widths = share_width(block.rows, flow.width, size=size)
    amounts = [all(AMOUNT.fullmatch(join_text(row[i]).strip()) for row in rows) for i in range(len(header))]
    _set_row(flow, header, widths=widths, amounts=amounts, accent=accent)
    for row in rows:
        if _row_height(flow, row, widths) > flow.room:
            flow.next_column()
            _set_row(flow, header, widths=widths, amounts=amounts, accent=accent)
        _set_row(flow, row, widths=widths, amounts=amounts, accent="")


def start_height(block: Block, flow: Flow, *, size: float) -> float:
    """Return the height that must be free for the table to start."""
    if len(block.rows) > SMALL_TABLE:
        return TABLE_START
    widths = share_width(block.rows, flow.width, size=size)
    return sum(_row_height(flow, row, widths) for row in block.rows)


def share_width(rows: tuple[tuple[Cell, ...], ...], width: float, *, size: float) -> list[float]:
    """Return column widths that sum to `width`: narrow columns as they need, the others by their longest text."""
    longest = [max(len(join_text(row[i])) for row in rows) for i in range(len(rows[0]))]
    if all(length <= NARROW for length in longest):
        return [width * length / sum(longest) for length in longest]
    needs = [length * CHARACTER * size + 2 * PADDING + 3 if length <= NARROW else 0 for length in longest]
    weights = [0 if length <= NARROW else min(length, MAX_WEIGHT) for length in longest]
    free = width - sum(needs)
    return [need or free * weight / sum(weights) for need, weight in zip(needs, weights, strict=True)]


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
