"""Sets a bar chart: labels and values are text on the page, as in charts pasted from a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence

from builder.flow import Flow

HEIGHT = 110.0
LABEL = 16.0  # height of the labels below the bars and of the values above them
GAP = 0.35  # share of a bar's place that stays empty


def set_bars(flow: Flow, bars: Sequence[str], *, accent: str) -> None:
    """Set bars given as "label: value", as high as their share of the greatest value."""
    pairs = [(label, int(value)) for label, value in (bar.split(": ") for bar in bars)]
    flow.need(HEIGHT + 2 * LABEL)
    greatest, place = max(value for _, value in pairs), flow.width / len(pairs)
    base = flow.y + LABEL + HEIGHT
    for index, (label, value) in enumerate(pairs):
        left = flow.left + index * place
        top = base - HEIGHT * value / greatest
        flow.add_shape((left + place * GAP / 2, top, left + place * (1 - GAP / 2), base), fill=accent)
        flow.put_in(_label_html(str(value)), (left, top - LABEL, left + place, top))
        flow.put_in(_label_html(label), (left, base + 2, left + place, base + LABEL))
    flow.add_shape((flow.left, base, flow.left + flow.width, base + 0.6), fill="#444444")
    flow.y = base + LABEL + 6


def _label_html(text: str) -> str:
    return f'<p class="cell" style="text-align:center">{text}</p>'
