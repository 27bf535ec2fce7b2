"""Markdown: CommonMark with tables, footnotes and a front matter; or text that marks the pages of its PDF."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from compliance.ingest.contents import take_out_contents
from compliance.ingest.draft import Draft, DraftBlock
from compliance.ingest.encoding import Decoded, decode
from compliance.ingest.lines.line_blocks import read_prose
from compliance.ingest.lines.paged_text import has_page_marks, split_pages
from compliance.ingest.patterns import is_caption
from compliance.ingest.source import SourceFile
from compliance.ingest.tables import TableSettings, build_table_blocks, find_table_title
from compliance.ingest.unread import warn_repaired
from compliance.records import BlockKind, Furniture, FurnitureKind, Page
from compliance.text.normalise import join_lines, normalise_text

_FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\n(?P<body>.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_TOML_FRONT = re.compile(r"\A\ufeff?\+\+\+[ \t]*\n(?P<body>.*?)\n\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL)
_FRONT_TITLE = re.compile(r"^(?:title|tittel)\s*[:=]\s*[\"']?(?P<title>.+?)[\"']?\s*$", re.IGNORECASE | re.MULTILINE)
_NOTE = re.compile(r"^ {0,3}\[\^(?P<mark>[^\]\s]+)\]:[ \t]*", re.MULTILINE)
_PARAGRAPH_END = re.compile(r"(\n[ \t]*\n)")
MAX_OPEN = 200  # brackets of a paragraph that nothing closes: the parser reads on from each of them to its end
MAX_NESTING = 100  # of lists and quotations; below it text is dropped, at the library's 20 already
_NOTE_SIGN = "\ue000"  # stands before a footnote's mark while the text is parsed; private use, so never in a text
_NOTE_START = re.compile(rf"{_NOTE_SIGN}(?P<mark>[^{_NOTE_SIGN}]+){_NOTE_SIGN}\s*")
_REFERENCE = re.compile(r"\[\^[^\[\]\s]{1,100}\]")  # bounded: else each of n that are never closed reads to the end
_TASK = re.compile(r"^\[[ xX]\]\s+")
# Programs' own additions: GitHub's call-outs, containers (::: tip), diagrams written as code; «#Mål» without a blank.
_CALL_OUT = re.compile(r"^(?P<quote>[ \t]*>[ \t]*)\[!\w+\][+-]?[ \t]*$", re.MULTILINE)
_CONTAINER = re.compile(r"^[ \t]*:{3,}.*$", re.MULTILINE)
_DIAGRAM = re.compile(
    r"^(?P<fence>`{3,}|~{3,})[ \t]*\{?\.?(?:mermaid|plantuml|dot|graphviz)\b.*?^(?P=fence)[ \t]*$", re.M | re.S
)
_TIGHT_HEADING = re.compile(r"^(?P<marks>#{1,6})(?=[A-ZÆØÅ0-9][^\n]{0,100}$)", re.MULTILINE)
_HEADING_ID = re.compile(r"\s*\{[#.][^}]*\}\s*$")


def read_markdown(source: SourceFile) -> Draft:
    """Return the text's content; what the front matter says is furniture, except the title."""
    decoded = decode(source.content) or Decoded("")
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    draft = _read_paged(text) if has_page_marks(text) else _read_marked(text)
    return replace(draft, warnings=(*decoded.warnings, *draft.warnings))


def _read_marked(text: str) -> Draft:
    body, front, title = _split_front_matter(text)
    walk = _walk(body)
    blocks, contents = take_out_contents(walk.blocks)
    title = title or next((block.text for block in blocks if block.kind is BlockKind.HEADING), None)
    warnings = [warn_repaired()] if walk.is_cut else []
    return Draft(title, (Page(1, 0, 0),), blocks, [*front, *contents], warnings=warnings)


def _read_paged(text: str) -> Draft:
    """Read text taken from a PDF: what stands before the first page describes the file, so it is furniture."""
    paged = split_pages(text)
    front = _walk(paged.preamble).blocks
    title = next((block.text for block in front if block.kind is BlockKind.HEADING), None)
    draft = read_prose(paged, title=title)
    furniture = [Furniture(FurnitureKind.HEADER, block.text) for block in front]
    return replace(draft, furniture=[*furniture, *draft.furniture])


def _split_front_matter(text: str) -> tuple[str, list[Furniture], str | None]:
    match = _FRONT_MATTER.match(text) or _TOML_FRONT.match(text)
    if not match:
        return text, [], None
    title = _FRONT_TITLE.search(match["body"])
    lines = [normalise_text(line.strip()) for line in match["body"].split("\n")]
    furniture = [Furniture(FurnitureKind.HEADER, line) for line in lines if line]
    return text[match.end() :], furniture, normalise_text(title["title"]) if title else None


def _tidy(body: str) -> str:
    """Return Markdown in which call-outs are plain quotes and headings have their blank; diagrams are left out."""
    body = _DIAGRAM.sub("", body)
    body = _CALL_OUT.sub(r"\g<quote>", body)
    return _TIGHT_HEADING.sub(r"\g<marks> ", _CONTAINER.sub("", body))


def _escape_open(body: str) -> str:
    """Return Markdown in which the brackets of paragraphs with very many open ones are plain signs: n² becomes n."""
    if body.count("[") <= MAX_OPEN:
        return body
    return "".join(
        part.replace("[", "\\[") if _count_open(part) > MAX_OPEN else part for part in _PARAGRAPH_END.split(body)
    )


def _count_open(text: str) -> int:
    return max(text.count("[") - text.count("]"), text.count("](") - text.count(")"))


def _walk(body: str) -> Walk:
    marked = _NOTE.sub(rf"\n{_NOTE_SIGN}\g<mark>{_NOTE_SIGN} ", _escape_open(_tidy(body)))
    parser = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING}).enable(["table", "strikethrough"])
    tokens = parser.parse(marked)
    walk = Walk(is_cut=any(token.level >= MAX_NESTING - 1 for token in tokens))
    walk.visit(SyntaxTreeNode(tokens).children, depth=0)
    return walk


@dataclass(slots=True)
class Walk:
    """Walks through the syntax tree in order and collects blocks."""

    blocks: list[DraftBlock] = field(default_factory=list)
    boxed: bool = False
    is_cut: bool = False  # lists or quotations lie so deep in each other that the parser dropped what is in them

    def visit(self, nodes: Sequence[SyntaxTreeNode], *, depth: int) -> None:
        """Collect the nodes' blocks; `depth` is that of the list they stand in, 0 outside lists."""
        for node in nodes:
            if node.type in {"bullet_list", "ordered_list"}:
                self._visit_list(node, depth=depth + 1)
            elif node.type == "blockquote":
                outer, self.boxed = self.boxed, True
                self.visit(node.children, depth=depth)
                self.boxed = outer
            elif node.type == "table":
                self._visit_table(node)
            elif node.type == "html_block":
                self._visit_html(node.content)
            else:
                self._put(node, depth=depth, marker=None)

    def _visit_list(self, node: SyntaxTreeNode, *, depth: int) -> None:
        for item in node.children:
            marker = f"{item.info}{item.markup}" if node.type == "ordered_list" else item.markup
            children = list(item.children)
            if children and children[0].type == "paragraph":
                self._put(children.pop(0), depth=depth, marker=marker)
            self.visit(children, depth=depth)

    def _visit_table(self, node: SyntaxTreeNode) -> None:
        grid = [
            [join_lines(_inline_text(cell).split("\n")) for cell in row.children]
            for part in node.children
            for row in part.children
        ]
        header_rows = 1 if any(grid[0]) else None  # a table without a header still has its empty line
        settings = TableSettings(header_rows, find_table_title(self.blocks), boxed=self.boxed)
        self.blocks.extend(build_table_blocks(grid, settings))

    def _visit_html(self, content: str) -> None:
        from compliance.ingest.html.reader import read_fragment

        if content.lstrip().startswith("<!--") and content.rstrip().endswith("-->"):
            return
        self.blocks.extend(replace(block, boxed=block.boxed or self.boxed) for block in read_fragment(content))

    def _put(self, node: SyntaxTreeNode, *, depth: int, marker: str | None) -> None:
        raw = _inline_text(node)
        if node.type == "heading":
            text = _HEADING_ID.sub("", join_lines(raw.split("\n")))
            if text:
                self.blocks.append(DraftBlock(BlockKind.HEADING, text, level=int(node.tag[1]), boxed=self.boxed))
            return
        text = join_lines(raw.split("\n"))
        if note := _NOTE_START.match(text):
            mark = note["mark"]
            text = f"{mark} {text[note.end() :]}"
            self.blocks.append(DraftBlock(BlockKind.FOOTNOTE, text, marker=mark, boxed=self.boxed))
        elif text and depth:
            text = _TASK.sub("", text)
            text = f"{marker} {text}" if marker else text
            self.blocks.append(DraftBlock(BlockKind.LIST_ITEM, text, level=depth, marker=marker, boxed=self.boxed))
        elif text:
            kind = BlockKind.CAPTION if is_caption(text) else BlockKind.PARAGRAPH
            self.blocks.append(DraftBlock(kind, text, boxed=self.boxed))


def _inline_text(node: SyntaxTreeNode) -> str:
    """Return the text a reader sees: without marks, pictures and tags; line breaks kept."""
    if node.type in {"image", "html_inline", "hr"}:
        return " " if node.content.lower().startswith("<br") else ""
    if node.type in {"softbreak", "hardbreak"}:
        return "\n"
    if node.type in {"fence", "code_block", "code_inline"}:
        return node.content
    if node.type == "text":
        return _REFERENCE.sub("", node.content)
    return "".join(map(_inline_text, node.children))
