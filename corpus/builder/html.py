"""Blocks as the small HTML that PyMuPDF's Story lays out."""

from __future__ import annotations

import re
from html import escape

from builder.blocks import Block, Cell, Kind
from builder.source import Layout

LONG_WORD = re.compile(r"[A-Za-zÆØÅæøåéò]{12,}")
THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}\b)")
VOWELS = "aeiouyæøåéò"
SECOND_PARTS = (  # of compounds: a long word breaks before these where it has one
    "aktiv|ansvar|arbeid|avtal|behandl|dekning|del|eiend|eigar|eier|eining|enhet|forvalt|fullmakt|gevinst|hendels|"
    "innkjøp|jernbane|kompetanse|kommun|konsekvens|kontroll|leiar|leder|løsning|løysing|melding|nøkkel|ordning|"
    "opplysning|person|plan|prosjekt|rapport|ressurs|sentral|sikkerhet|skole|skule|strategi|struktur|styr|system|"
    "advokat|bedrift|bustad|direktør|fond|foren|fravær|gruppe|hall|huset|klasse|konsul|laget|livet|meter|mottak|"
    "ombod|ombud|omsorg|områd|regist|rundskriv|råd|samtal|sjef|skjema|stasjon|torget|undersøk|utval|senter|trinn|"
    "tilbod|tilbud|teknologi|teneste|tjeneste|tilsyn|trygg|utbygg|utvikling|vedtak|verk|vurder|økonomi"
)
JOINT = re.compile(rf"(?<=\w\w\w)(?={SECOND_PARTS})(?=\w\w\w\w)", re.IGNORECASE)
SOFT_HYPHEN = "\u00ad"


def make_css(layout: Layout) -> str:
    """Return the style sheet of a document."""
    size, align = layout.size, "justify" if layout.justified else "left"
    heading = f"font-family:sans-serif;font-weight:bold;color:{layout.accent};margin:0;line-height:1.2"
    return f"""
    body {{margin:0}}
    p {{font-family:{layout.font};font-size:{size}pt;line-height:1.35;margin:0;text-align:{align}}}
    h1 {{{heading};font-size:{size * 1.7}pt}}
    h2 {{{heading};font-size:{size * 1.3}pt}}
    h3 {{{heading};font-size:{size * 1.08}pt}}
    p.caption {{font-size:{size * 0.9}pt;font-weight:bold;text-align:left}}
    p.note {{font-size:{size * 0.8}pt;line-height:1.25;text-align:left}}
    p.cell {{font-size:{size * 0.88}pt;line-height:1.2;text-align:left}}
    p.amount {{font-size:{size * 0.88}pt;line-height:1.2;text-align:right}}
    p.title {{font-family:sans-serif;font-size:{size * 2.2}pt;line-height:1.15;font-weight:bold;text-align:left}}
    p.subtitle {{font-family:sans-serif;font-size:{size * 1.25}pt;text-align:left}}
    sup {{font-size:0.7em;vertical-align:super}}
    """


def render_runs(runs: Cell, *, hyphenate: bool = False) -> str:
    """Return inline HTML."""
    parts = []
    for run in runs:
        text = THOUSANDS.sub("\u00a0", run.text)
        text = escape(add_soft_hyphens(text) if hyphenate else text, quote=False)
        text = f"<b>{text}</b>" if run.bold else text
        text = f"<i>{text}</i>" if run.italic else text
        parts.append(f"<sup>{run.note}</sup>" if run.note else text)
    return "".join(parts)


def render_block(block: Block, layout: Layout, *, ragged: bool = False) -> str:
    """Return one heading, paragraph, caption or list item as HTML; `ragged` never justifies."""
    if block.kind is Kind.HEADING:
        return f"<h{block.level}>{render_runs(block.runs)}</h{block.level}>"
    inner = render_runs(block.runs, hyphenate=layout.justified)
    if block.kind is Kind.ITEM:
        indent = layout.size * (1.35 if block.marker else 0.9)
        left = layout.size * 1.5 * block.level
        marker = block.marker or (layout.bullet if block.level == 1 else "–")
        style = f"margin-left:{left}pt;text-indent:-{indent}pt;text-align:left"
        return f'<p style="{style}">{marker}\u2002{inner}</p>'
    style = ' style="text-align:left"' if ragged else ""
    return f'<p class="{block.kind}"{style}>{inner}</p>'


def add_soft_hyphens(text: str) -> str:
    """Return the text with break points in its long words: at the joints of compounds, else between syllables."""
    return LONG_WORD.sub(lambda match: _break_word(match[0]), text)


def _break_word(word: str) -> str:
    at_joints = JOINT.sub(SOFT_HYPHEN, word)
    return at_joints if at_joints != word else _break_syllables(word)


def _break_syllables(word: str) -> str:
    pieces = [word[0]]
    since = 1
    for index in range(1, len(word)):
        before, here, after = word[index - 1], word[index], word[index + 1 : index + 2]
        opens_syllable = here not in VOWELS and after and after in VOWELS and (before in VOWELS or before not in "sk")
        if opens_syllable and since >= 5 and len(word) - index >= 5:
            pieces.append(SOFT_HYPHEN)
            since = 0
        pieces.append(here)
        since += 1
    return "".join(pieces)
