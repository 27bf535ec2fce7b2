"""Reading order: which lines of a page stand in columns and boxes, and in what order they are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice

from compliance.ingest.pdf.lines import Area, Line, Region, bound_area
from compliance.ingest.pdf.tables import Table

MIN_GUTTER = 0.8  # in type sizes: columns stand at least so far apart
MIN_LINES = 3  # lines that begin at one place beside others make a column
SAME_START = 3.0  # points
SAME_EDGE = 20.0  # points: parts of one column that begin so near each other are counted once
TALL = 45.0  # points: a box or table at least so high is a column by itself
HEADS = 1.15  # of the columns' usual type size: a heading over them is larger
CLEAR = 0.7  # of a heading's size: the least room above it
NEAR = 2.5  # of a heading's size: the most room below it
FULL = 0.6  # share of the column's width that a line of running text fills


@dataclass(frozen=True, slots=True)
class Item:
    """Something that is placed: a line, a table, or a box with its own lines inside."""

    area: Area
    line: Line | None = None
    table: Table | None = None
    inside: tuple[Item, ...] = ()
    boxed: bool = True  # what is inside is set apart; not so in a region of the layout model
    role: str | None = None  # the layout model's name for the region

    @property
    def size(self) -> float:
        """Type size of a line, or of the first line inside; of a table a usual one."""
        if self.line:
            return self.line.size
        return self.inside[0].size if self.inside and not self.boxed else 10.0


@dataclass(frozen=True, slots=True)
class Flow:
    """Lines and tables that are read downwards in one column, with the column's edges."""

    items: tuple[Line | Table, ...]
    left: float
    right: float
    boxed: bool = False
    role: str | None = None  # the layout model's name for it


def order_page(
    lines: Sequence[Line],
    *,
    tables: Sequence[Table] = (),
    boxes: Sequence[Area] = (),
    regions: Sequence[Region] = (),
) -> list[Flow]:
    """Return the page's flows in the order they are read; lines printed sideways come last.

    `regions` of the layout model are placed whole, as boxes are.
    """
    upright = [line for line in lines if line.upright]
    items = [Item(table.area, table=table) for table in tables] + _gather_regions(upright, regions)
    for box in boxes:
        held = tuple(item for item in items if box.holds(item.area, slack=0))
        items = [item for item in items if item not in held]
        items.append(Item(box, inside=held))
    flows = _lay_out(items, boxed=False)
    sideways = [line for line in lines if not line.upright]
    return flows + [Flow((line,), line.x0, line.x1) for line in sideways]


def order_rows(lines: Sequence[Line]) -> list[Flow]:
    """Return a page that is too full to be laid out as one flow, row by row as `lines` come."""
    if not lines:
        return []
    area = bound_area(lines)
    return [Flow(tuple(lines), area.x0, area.x1)]


def count_columns(flows: Sequence[Flow]) -> int:
    """Return how many columns of running text stand beside each other on a page; 1 where there are none."""
    columns = [
        bound_area(lines)
        for flow in flows
        if not flow.boxed and len(lines := [item for item in flow.items if isinstance(item, Line)]) >= MIN_LINES
    ]
    beside = [[other for other in columns if _overlap(area, other) > 0.4] for area in columns]
    return max((len({round(area.x0 / SAME_EDGE) for area in row}) for row in beside), default=1)


def _gather_regions(lines: Sequence[Line], regions: Sequence[Region]) -> list[Item]:
    """Return one item for each region with its lines, and one for each line outside them."""
    items: list[Item] = []
    rest = list(lines)
    for region in sorted(regions, key=lambda region: region.area.width * region.area.height):
        held = [line for line in rest if region.area.holds(line)]
        rest = [line for line in rest if line not in held]
        if held:
            inside = tuple(_item(line) for line in held)
            items.append(Item(bound_area(held), inside=inside, boxed=False, role=region.name))
    return items + [_item(line) for line in rest]


def _item(line: Line) -> Item:
    return Item(Area(line.x0, line.y0, line.x1, line.y1), line=line)


def _lay_out(items: Sequence[Item], *, boxed: bool, role: str | None = None) -> list[Flow]:
    flows: list[Flow] = []
    for column in split_columns(items):
        left, right = min(item.area.x0 for item in column), max(item.area.x1 for item in column)
        pending: list[Line | Table] = []
        for item in column:
            if item.inside:
                flows += _flush(pending, Flow((), left, right, boxed, role))
                pending = []
                flows += _lay_out(item.inside, boxed=boxed or item.boxed, role=item.role or role)
            elif content := item.line or item.table:
                pending.append(content)
        flows += _flush(pending, Flow((), left, right, boxed, role))
    return flows


def _flush(pending: list[Line | Table], flow: Flow) -> list[Flow]:
    return [replace(flow, items=tuple(pending))] if pending else []


def split_columns(items: Sequence[Item], *, known: Sequence[float] = ()) -> list[list[Item]]:
    """Return the items in columns, each from top to bottom, in reading order.

    `known` are places where columns begin elsewhere on the page: there a line or two beside others are enough.
    """
    ordered = sorted(items, key=lambda item: (item.area.y0, item.area.x0))
    starts = _find_starts(ordered)
    starts += [start for start in known if all(abs(start - other) > SAME_START for other in starts)]
    for start in starts:
        bands = _cut_bands(ordered, start)
        if any(right for _, right in bands):
            return [column for band in bands for part in band for column in split_columns(part, known=starts)]
    return [_sort_rows(ordered)] if ordered else []


def _sort_rows(items: Sequence[Item]) -> list[Item]:
    """Return the items by rows, each row from left to right."""
    rows: list[list[Item]] = []
    for item in sorted(items, key=lambda item: item.area.y0 + item.area.y1 if item.line else 2 * item.area.y0):
        last = rows[-1][-1] if rows else None
        if last and last.line and item.line and _overlap(last.area, item.area) > 0.55:
            rows[-1].append(item)
        else:
            rows.append([item])
    return [item for row in rows for item in sorted(row, key=lambda item: item.area.x0)]


def _overlap(one: Area, other: Area) -> float:
    """Return the share of the lower one's height that the two stand beside each other."""
    shared = min(one.y1, other.y1) - max(one.y0, other.y0)
    return shared / max(min(one.height, other.height), 0.1)


def _find_starts(items: Sequence[Item]) -> list[float]:
    """Return the places where columns may begin, those that fewest lines reach over first, then by their lines."""
    pairs = _find_pairs(items)
    groups: list[list[tuple[Item, Item]]] = []
    for pair in sorted(pairs, key=lambda pair: pair[1].area.x0):
        if groups and pair[1].area.x0 - groups[-1][0][1].area.x0 <= SAME_START:
            groups[-1].append(pair)
        else:
            groups.append([pair])
    groups = sorted((group for group in groups if _is_column(group)), key=len, reverse=True)
    starts = [min(right.area.x0 for _, right in group) for group in groups]
    return sorted(starts, key=lambda start: _count_crossing(items, start))


def _find_pairs(items: Sequence[Item]) -> list[tuple[Item, Item]]:
    """Return pairs of items that stand beside each other with a gutter between, the nearest on the left first.

    `items` are sorted by their upper edge, so that those beside an item follow it until one begins below it.
    """
    nearest: dict[int, Item] = {}
    for index, item in enumerate(items):
        for other in islice(items, index + 1, None):
            if other.area.y0 >= item.area.y1:
                break
            left, right = (item, other) if item.area.x0 <= other.area.x0 else (other, item)
            gap = right.area.x0 - left.area.x1
            if gap < MIN_GUTTER * min(left.size, right.size) or _overlap(left.area, right.area) <= 0.4:
                continue
            held = nearest.get(id(right))
            if held is None or left.area.x1 > held.area.x1:
                nearest[id(right)] = left
    return [(nearest[id(item)], item) for item in items if id(item) in nearest]


def _is_column(pairs: Sequence[tuple[Item, Item]]) -> bool:
    """Tell a column from values beside their labels: the text on its left mostly fills its own width."""
    rights = [right for _, right in pairs]
    if any(not item.line and item.area.height >= TALL for pair in pairs for item in pair):
        return True
    if len(rights) < MIN_LINES:
        return False
    lefts = list({id(left): left for left, _ in pairs}.values())
    if _are_labels(lefts, rights):
        return False
    edge = min(left.area.x0 for left in lefts)
    width = max(min(right.area.x0 for right in rights) - edge, 1.0)
    full = sum(left.area.x1 - edge >= FULL * width for left in lefts)
    if full >= 0.4 * len(lefts):
        return True
    level = sum(abs(left.area.y1 - right.area.y1) <= 1.5 for left, right in pairs)
    return level < 0.8 * len(pairs) and len(pairs) >= 2 * MIN_LINES


def _are_labels(lefts: Sequence[Item], rights: Sequence[Item]) -> bool:
    """Tell whether what stands on the left are names of what stands on the right: by colons or by bold type."""
    colons = sum(bool(left.line and left.line.text.endswith(":")) for left in lefts)
    bold_left = sum(bool(left.line and left.line.bold) for left in lefts)
    bold_right = sum(bool(right.line and right.line.bold) for right in rights)
    return 2 * colons >= len(lefts) or (bold_left >= 0.8 * len(lefts) and bold_right <= 0.3 * len(rights))


def _cut_bands(items: Sequence[Item], start: float) -> list[tuple[list[Item], list[Item]]]:
    """Return bands from top to bottom as (left, right); bands that the gutter does not divide have no right."""
    bands: list[tuple[list[Item], list[Item]]] = []
    run: list[Item] = []
    rights = [item for item in items if item.area.x0 >= start - SAME_START]
    beside = _find_beside(items, start)
    sizes = sorted(item.size for item in rights if not item.table)
    heading = HEADS * sizes[len(sizes) // 2] if sizes else float("inf")
    for item in items:
        large = item.size > heading and item.area.x0 < start - SAME_START
        if _crosses(item, beside, start) or (large and _heads_band(item, rights, heading)):
            bands += _cut_run(run, start)
            bands.append(([item], []))
            run = []
        else:
            run.append(item)
    return _merge_plain(bands + _cut_run(run, start))


def _find_beside(items: Sequence[Item], start: float) -> list[Item]:
    """Return the items that begin at the gutter."""
    return [item for item in items if abs(item.area.x0 - start) <= SAME_START]


def _count_crossing(items: Sequence[Item], start: float) -> int:
    beside = _find_beside(items, start)
    return sum(_crosses(item, beside, start) for item in items)


def _crosses(item: Item, beside: Sequence[Item], start: float) -> bool:
    """Tell whether the item reaches over the gutter; not where a column's line begins beside it, for then it spills.

    `beside` are the items that begin at the gutter.
    """
    if item.area.x0 >= start - SAME_START or item.area.x1 <= start + 1:
        return False
    return not any(_overlap(item.area, other.area) > 0.4 for other in beside)


def _heads_band(item: Item, rights: Sequence[Item], heading: float) -> bool:
    """Tell whether a heading on the left stands over both columns.

    The right one leaves room beside and above it, and goes on in text right below it: where that begins with a
    heading too, in type larger than `heading`, each column has its own.
    """
    above = [other for other in rights if other.area.y0 < item.area.y1 + 2]
    below = [other for other in rights if other.area.y0 >= item.area.y1 + 2]
    if item.table or not above or not below:
        return False
    first = min(below, key=lambda other: other.area.y0)
    clear = max(other.area.y1 for other in above) <= item.area.y0 - CLEAR * item.size
    return clear and first.size <= heading and first.area.y0 - item.area.y1 <= NEAR * item.size


def _cut_run(run: list[Item], start: float) -> list[tuple[list[Item], list[Item]]]:
    """Return a run of items that do not cross the gutter as a divided band with what is plain under it."""
    right = [item for item in run if item.area.x0 >= start - SAME_START]
    left = [item for item in run if item.area.x0 < start - SAME_START]
    if not left or not right or not _stand_beside(left, right):
        return [(run, [])] if run else []
    bottom = max(item.area.y1 for item in right)
    below = _find_tail(left, bottom)
    tail = left[below:]
    return [(left[:below], right), (tail, [])] if tail else [(left, right)]


def _stand_beside(left: Sequence[Item], right: Sequence[Item]) -> bool:
    return any(_overlap(item.area, other.area) > 0.4 for other in left for item in right)


def _find_tail(left: Sequence[Item], bottom: float) -> int:
    """Return the index of the first item on the left that stands under both columns: a heading, or after a wide gap."""
    for index in range(1, len(left)):
        item, above = left[index], left[index - 1]
        gap = item.area.y0 - max(other.area.y1 for other in left[:index])
        heads = item.size > 1.1 * above.size or bool(item.line and above.line and item.line.bold > above.line.bold)
        if item.area.y0 >= bottom - 2 and gap > (0.6 if heads else 2.2) * item.size:
            return index
    return len(left)


def _merge_plain(bands: list[tuple[list[Item], list[Item]]]) -> list[tuple[list[Item], list[Item]]]:
    """Return the bands with neighbours that are not divided made one."""
    merged: list[tuple[list[Item], list[Item]]] = []
    for left, right in bands:
        if merged and not right and not merged[-1][1]:
            merged[-1] = (merged[-1][0] + left, [])
        else:
            merged.append((left, right))
    return merged
