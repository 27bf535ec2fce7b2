"""Vendor the parts of Digdir's Designsystemet that the report uses.

Run `python scripts/vendor_designsystemet.py` (needs npm) to fetch the two pinned npm packages, keep the components and
colours named below, and write `src/compliance/report/assets/designsystemet.css` with the packages' licence beside it.
The report inlines the file in every page, so everything the pages do not refer to is left out.
"""

from __future__ import annotations

import io
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ASSETS = Path(__file__).parent.parent / "src" / "compliance" / "report" / "assets"
CSS_PACKAGE = "@digdir/designsystemet-css@1.22.0"
THEME_PACKAGE = "@digdir/designsystemet-theme@1.11.0"
COMPONENTS = ("base", "skip-link", "heading", "paragraph", "link", "list", "table", "tag", "details", "card", "alert")
LAYERS = "@layer ds.theme, ds.base, ds.components;"
UNUSED_COLOURS = ("brand1", "brand2", "danger")
# The report follows the reader's light or dark setting, so the explicit schemes and the second typography go.
UNUSED_SELECTORS = ('"secondary"', '[data-color-scheme="dark"] {', "prefers-color-scheme: light")

DECLARATION = re.compile(r"(--[\w-]+)\s*:[^;{}]*;")
REFERENCE = re.compile(r"var\(\s*(--[\w-]+)")


def fetch_package(name: str) -> dict[str, str]:
    """Return the text files of an npm package by their path in it."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["npm", "pack", "--silent", "--pack-destination", folder, name]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        content = next(Path(folder).glob("*.tgz")).read_bytes()
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        members = [member for member in archive.getmembers() if member.isfile()]
        files = ((member.name, archive.extractfile(member)) for member in members)
        return {name.removeprefix("package/"): file.read().decode() for name, file in files if file}


def keep_theme_rules(theme: str) -> str:
    """Return the theme's top-level rules that the report can apply."""
    theme = re.sub(r"/\*.*?\*/|@charset[^;]*;", "", theme, flags=re.DOTALL)
    kept = []
    for rule in split_rules(theme):
        colours = re.findall(r'\[data-color="(\w+)"\]', rule)
        unused = any(colour in UNUSED_COLOURS for colour in colours)
        if not unused and not any(selector in rule for selector in UNUSED_SELECTORS):
            kept.append(rule)
    return "\n".join(kept)


def split_rules(css: str) -> list[str]:
    """Split a style sheet into its top-level rules, opening each `@layer` block one step."""
    rules, depth, start = [], 0, 0
    for position, character in enumerate(css):
        depth += {"{": 1, "}": -1}.get(character, 0)
        if character == "}" and depth == 0:
            rules.extend(open_layer(css[start : position + 1].strip()))
            start = position + 1
    return rules


def open_layer(rule: str) -> list[str]:
    """Return a layer's rules, each in a layer of its own; other rules as they are."""
    match = re.match(r"(@layer [\w.-]+) \{(.*)\}$", rule, flags=re.DOTALL)
    if match is None:
        return [rule]
    return [f"{match[1]} {{{inner}}}" for inner in split_rules(match[2])]


def prune_properties(css: str, *, used_by: str) -> str:
    """Drop the custom properties that neither `used_by` nor a kept property refers to."""
    definitions: dict[str, set[str]] = {}
    for match in DECLARATION.finditer(css):
        definitions.setdefault(match[1], set()).update(REFERENCE.findall(match[0]))
    wanted = set(REFERENCE.findall(used_by)) | set(REFERENCE.findall(DECLARATION.sub("", css)))
    queue = list(wanted)
    while queue:
        for name in definitions.get(queue.pop(), set()) - wanted:
            wanted.add(name)
            queue.append(name)
    return DECLARATION.sub(lambda match: match[0] if match[1] in wanted else "", css)


def shrink(css: str) -> str:
    """Remove the white space that style sheets can do without."""
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r"\s*([{};])\s*", r"\1", css)
    return re.sub(r";\}", "}", css).strip()


def main() -> None:
    """Write the style sheet and the licence."""
    components, theme = fetch_package(CSS_PACKAGE), fetch_package(THEME_PACKAGE)
    layers = {"base": "ds.base"}
    parts = [
        f"@layer {layers.get(name, 'ds.components')}{{{components[f'dist/src/{name}.css']}}}" for name in COMPONENTS
    ]
    sheet = "\n".join(parts)
    ours = (ASSETS / "report.css").read_text(encoding="utf-8")
    rules = keep_theme_rules(theme["src/themes/designsystemet.css"])
    variables = prune_properties(rules, used_by=sheet + ours)
    notice = f"/* {CSS_PACKAGE} and {THEME_PACKAGE}, MIT, (c) Digdir; see LICENSE.designsystemet.txt */"
    text = "\n".join([notice, LAYERS, shrink(variables), sheet]) + "\n"
    (ASSETS / "designsystemet.css").write_text(text, encoding="utf-8")
    (ASSETS / "LICENSE.designsystemet.txt").write_text(components["LICENSE"].strip() + "\n", encoding="utf-8")
    sys.stdout.write(f"designsystemet.css: {len(text.encode())} bytes\n")


if __name__ == "__main__":
    main()
