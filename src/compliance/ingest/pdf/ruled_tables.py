"""Ruled tables: from ruled lines and shaded cells to rows and columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from compliance.ingest.pdf.cell_values import is_value
from compliance.ingest.pdf.extract import PageContent
from compliance.ingest.pdf.grid import SNAP, Grid, Rule, find_cell
from compliance.ingest.pdf.lines import Area, Line
from compliance.ingest.pdf.row_splitting import split_strips

MIN_SHADES = 4  # fewer shaded areas are boxes
MAX_STRIPE = 130.0  # points between two rules that have one table row between them
MAX_COLUMNS = 12
MIN_CELL = 5.0  # points: a narrower strip is a double rule, not a row or column


def find_grids(page: PageContent) -> list[Grid]:
    """Return the page's grids, top to bottom, those without text in several cells left out.

    Ruled lines come first; shaded cells make a grid only where no rules do, for cells are often shaded in pieces.
    """
    grids = _find_ruled(page, page.frames)
    shades = [area for area in page.fills if not _is_backdrop(area, page)]
    shades = [area for area in shades if not any(grid.area.holds(area) for grid in grids)]
    if len(shades) >= MIN_SHADES:
        shaded = _find_ruled(page, [*page.frames, *shades])
        grids += [grid for grid in shaded if len(grid.ys) > 2 and not any(_meet(grid.area, one.area) for one in grids)]
    grids += [grid for grid in find_striped(page) if not any(_meet(grid.area, other.area) for other in grids)]
    grids = [split_strips(grid, page.lines) for grid in grids]
    return sorted(grids, key=lambda grid: (grid.ys[0], grid.xs[0]))


def _find_ruled(page: PageContent, outlines: Sequence[Area]) -> list[Grid]:
    levels = _merge_rules(
        [Rule((rule.y0 + rule.y1) / 2, rule.x0, rule.x1) for rule in page.horizontal]
        + [Rule(y, area.x0, area.x1) for area in outlines for y in (area.y0, area.y1)]
    )
    plumbs = _merge_rules(
        [Rule((rule.x0 + rule.x1) / 2, rule.y0, rule.y1) for rule in page.vertical]
        + [Rule(x, area.y0, area.y1) for area in outlines for x in (area.x0, area.x1)]
    )
    grids = [grid for group in _connect(levels, plumbs) if (grid := _make_grid(*group))]
    return [grid for grid in grids if _holds_table(grid, page)]


def _meet(one: Area, other: Area) -> bool:
    return one.x0 < other.x1 and other.x0 < one.x1 and one.y0 < other.y1 - SNAP and other.y0 < one.y1 - SNAP


def find_striped(page: PageContent) -> list[Grid]:
    """Return the tables that have rules between their rows only, their columns told by where the words stand."""
    levels = _merge_rules(Rule((rule.y0 + rule.y1) / 2, rule.x0, rule.x1) for rule in page.horizontal)
    stacks: list[list[Rule]] = []
    for level in sorted(levels, key=lambda rule: rule.at):
        for stack in stacks:
            last = stack[-1]
            if (
                abs(last.start - level.start) <= 4
                and abs(last.end - level.end) <= 4
                and level.at - last.at <= MAX_STRIPE
            ):
                stack.append(level)
                break
        else:
            stacks.append([level])
    return [grid for stack in stacks if (grid := _try_striped(stack, page))]


def _try_striped(stack: list[Rule], page: PageContent) -> Grid | None:
    """Return the grid of the rules, trying again without the first and last few, which may set off a title."""
    for above in range(3):
        for below in range(3):
            part = stack[above : len(stack) - below]
            if len(part) >= 3 and (grid := _make_striped(part, page)):
                return grid
    return None


def _make_striped(stack: list[Rule], page: PageContent) -> Grid | None:
    """Return the grid of rules of one width under each other, unless its strips hold more than a row each."""
    area = Area(stack[0].start, stack[0].at, stack[0].end, stack[-1].at)
    inside = [line for line in page.lines if line.upright and area.holds(line, slack=0)]
    columns = _merge_pieces([Rule(0.0, line.x0, line.x1) for line in inside])
    if not 2 <= len(columns) <= MAX_COLUMNS:
        return None
    xs = [area.x0, *(right.start - SNAP for right in columns[1:]), area.x1]
    ys = [*_find_open_row(area, columns, page), *(rule.at for rule in stack)]
    drawn = Grid(tuple(xs), tuple(ys), tuple(stack), tuple(Rule(x, ys[0], ys[-1]) for x in xs))
    grid = split_strips(drawn, page.lines)
    rows = len(grid.ys) - 1
    strips: list[list[tuple[int, Line]]] = [[] for _ in range(rows)]
    for line in inside:
        if cell := find_cell(grid, line):
            strips[cell[0]].append((cell[1], line))
    single = sum(map(_is_single_row, strips))
    return grid if single >= 0.7 * rows and _holds_table(grid, page) else None


def _find_open_row(area: Area, columns: Sequence[Rule], page: PageContent) -> list[float]:
    """Return the top of a row that stands right above the first rule, as headers do; empty where none does."""
    above = [
        line for line in page.lines if area.y0 - 2.2 * line.size <= line.y0 and line.y1 <= area.y0 + 2 and line.upright
    ]
    filled = {
        index
        for index, column in enumerate(columns)
        for line in above
        if line.x0 <= column.end + SNAP and line.x1 >= column.start - SNAP
    }
    return [min(line.y0 for line in above) - 1] if len(filled) >= 2 and len(above) >= 2 else []


def _is_single_row(cells: Sequence[tuple[int, Line]]) -> bool:
    """Tell whether a strip is one row: words beside each other on one baseline at most, or one amount a column."""
    amounts = [column for column, line in cells if column and is_value(line.text)]
    if amounts and len(set(amounts)) == len(amounts) and len({column for column, _ in cells}) >= 3:
        return True
    first = [line for column, line in cells if column == 0]
    beside = [line for line in first if any(column and abs(other.y1 - line.y1) <= 2 for column, other in cells)]
    return len(beside) <= 1


def _is_backdrop(area: Area, page: PageContent) -> bool:
    return area.width * area.height > 0.8 * page.transform.width * page.transform.height


def _merge_rules(rules: Iterable[Rule]) -> list[Rule]:
    """Return the rules with pieces on one line that touch or overlap made one."""
    merged: list[Rule] = []
    current: list[Rule] = []
    for rule in sorted(rules, key=lambda rule: rule.at):
        if current and rule.at - current[0].at > SNAP:
            merged += _merge_pieces(current)
            current = []
        current.append(rule)
    return merged + _merge_pieces(current)


def _merge_pieces(pieces: list[Rule]) -> list[Rule]:
    """Return pieces at about one height with those that touch made one."""
    merged: list[Rule] = []
    for piece in sorted(pieces, key=lambda piece: piece.start):
        if merged and piece.start - merged[-1].end <= SNAP:
            last = merged[-1]
            merged[-1] = Rule(last.at, last.start, max(last.end, piece.end))
        else:
            merged.append(piece)
    return merged


def _connect(levels: Sequence[Rule], plumbs: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Return the rules in groups that hang together by crossing or touching."""
    groups: list[tuple[list[Rule], list[Rule]]] = []
    for plumb in plumbs:
        touched = [level for level in levels if _touch(level, plumb)]
        joined = [group for group in groups if any(level in group[0] for level in touched)]
        merged_levels = list(dict.fromkeys([level for group in joined for level in group[0]] + touched))
        merged_plumbs = [one for group in joined for one in group[1]] + [plumb]
        groups = [group for group in groups if group not in joined] + [(merged_levels, merged_plumbs)]
    return groups


def _touch(level: Rule, plumb: Rule) -> bool:
    return level.start - SNAP <= plumb.at <= level.end + SNAP and plumb.start - SNAP <= level.at <= plumb.end + SNAP


def _make_grid(levels: list[Rule], plumbs: list[Rule]) -> Grid | None:
    if len(levels) < 2:
        return None
    xs = _edges([rule.at for rule in plumbs], [end for rule in levels for end in (rule.start, rule.end)])
    ys = _edges([rule.at for rule in levels], [end for rule in plumbs for end in (rule.start, rule.end)])
    if len(xs) < 2 or len(ys) < 2:
        return None
    return Grid(tuple(xs), tuple(ys), tuple(levels), tuple(plumbs))


def _edges(drawn: list[float], ends: list[float]) -> list[float]:
    """Return the edges of rows or columns; the ends of crossing rules close a table that has no outer rule."""
    edges: list[float] = []
    for at in sorted([*drawn, min(ends), max(ends)]):
        if not edges or at - edges[-1] > MIN_CELL:
            edges.append(at)
    return edges


def _holds_table(grid: Grid, page: PageContent) -> bool:
    """Tell whether enough cells hold text: at least two rows, and two columns or three rows of one."""
    filled = {cell for line in page.lines if line.upright and (cell := find_cell(grid, line))}
    rows, columns = {row for row, _ in filled}, {column for _, column in filled}
    if len(grid.ys) == 2:  # a row alone, at a page's edge, must be ruled as a table is
        return len(columns) >= 3 and len(grid.xs) >= 4
    if len(columns) >= 2:
        per_row = [sum(1 for row, _ in filled if row == wanted) for wanted in rows]
        return len(rows) >= 2 and sum(count >= 2 for count in per_row) >= 2
    return len(rows) >= 3 and len(rows) >= 0.7 * (len(grid.ys) - 1) and _is_list_of_short(grid, page)


def _is_list_of_short(grid: Grid, page: PageContent) -> bool:
    """Tell whether the rows of a one-column grid are short enough for a table."""
    inside = [line for line in page.lines if find_cell(grid, line)]
    return len(inside) <= 1.6 * (len(grid.ys) - 1)
