"""Change the code a little, one place at a time, and count how often its tests notice (mutation testing).

Run: `python benchmarks/mutation.py AREA [--sample 20] [--seed 1]`. The changes are those of cosmic-ray's operators: a
sign turned, a comparison shifted, a number raised, a branch dropped. With fewer than all, they are drawn by the seed.
Each is tried in a fork of a process that has read the rules already, with the area's own tests; what these cannot
notice is printed. Changes that no test could notice are left out (`_strip`): type annotations, docstrings, `is` for
`==` beside None or an enum's member, and a dataclass that may be changed or has no slots.
"""

from __future__ import annotations

import argparse
import ast
import functools
import os
import random
import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.machinery import SourceFileLoader
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
AREAS = {  # where the code is, and the tests made for it
    "classification": (
        "src/compliance/analyse/classification",
        ("tests/analyse/classification", "tests/analyse/test_contract.py"),
    ),
    "score": ("src/compliance/score", ("tests/score",)),
    "attribution": (
        "src/compliance/analyse/attribution",
        ("tests/analyse/attribution", "tests/analyse/reuse/test_analyser.py"),
    ),
    "textreuse": ("src/compliance/textreuse", ("tests/textreuse",)),
}
_PARAMETRISED = {"core/VariableReplacer", "core/VariableInserter"}  # ask for names of one's own
TIMEOUT = 180  # seconds; a change that makes a loop endless is noticed too


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change to one file."""

    path: Path
    operator: str
    line: int
    before: str
    source: str  # of the file, changed


def list_places(folder: Path) -> list[tuple[Path, str, int, int]]:
    """Return file, operator, occurrence and line of every change that an operator can make."""
    from cosmic_ray.ast import ast_nodes, get_ast
    from cosmic_ray.plugins import get_operator, operator_names

    found = []
    for path in sorted(folder.rglob("*.py")):
        nodes = list(ast_nodes(get_ast(path.read_text(encoding="utf-8"))))
        for name in sorted(set(operator_names()) - _PARAMETRISED):
            operator = get_operator(name)()
            places = [place for node in nodes for place in operator.mutation_positions(node)]
            found += [(path, name, number, start[0]) for number, (start, _) in enumerate(places)]
    return found


def make_mutants(places: list[tuple[Path, str, int, int]]) -> Iterator[Mutant]:
    """Yield the changes that compile to something else, annotations aside."""
    from cosmic_ray.mutating import mutate_code
    from cosmic_ray.plugins import get_operator

    for path, name, occurrence, line in places:
        source = path.read_text(encoding="utf-8")
        changed = mutate_code(source, get_operator(name)(), occurrence)
        try:
            differs = changed is not None and _strip(changed) != _strip(source)
        except SyntaxError:
            continue
        if differs:
            yield Mutant(path, name, line, source.splitlines()[line - 1].strip(), changed)


def _strip(source: str) -> str:
    """Return the code without what changes no answer, so that two that differ in nothing else are equal."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            node.returns = None
            for argument in (*node.args.args, *node.args.kwonlyargs):
                argument.annotation = None
        elif isinstance(node, ast.AnnAssign):
            node.annotation = ast.Constant(None)
        elif isinstance(node, ast.Compare) and all(map(_is_single, node.comparators)):
            node.ops = [_SAME_OF_SINGLE.get(type(each), type(each))() for each in node.ops]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "dataclass":
            node.keywords = [each for each in node.keywords if each.arg not in {"frozen", "slots"}]
    return ast.dump(tree)


_SAME_OF_SINGLE: dict[type[ast.cmpop], type[ast.cmpop]] = {ast.Eq: ast.Is, ast.NotEq: ast.IsNot}


def _is_single(node: ast.expr) -> bool:
    """Whether there is only one such object, so that being equal to it is being it: None, or `Kind.MEMBER`."""
    return (isinstance(node, ast.Constant) and node.value is None) or (
        isinstance(node, ast.Attribute) and node.attr.isupper()
    )


def warm_up() -> None:
    """Load what every try needs and no change touches."""
    import numpy  # noqa: F401
    import pytest  # noqa: F401

    import compliance.guidelines.load as guidelines
    from compliance.config import GuidelinesConfig
    from compliance.guidelines import rules

    rules.load_rules = functools.cache(rules.load_rules)
    guidelines.load_guidelines = functools.cache(guidelines.load_guidelines)
    rules.load_rules()
    guidelines.load_guidelines(GuidelinesConfig())


def is_noticed(mutant: Mutant | None, tests: tuple[str, ...]) -> bool:
    """Whether the tests fail with the change; without one, whether they fail as they are."""
    child = os.fork()
    if child == 0:
        os._exit(_run_tests(mutant, tests))
    ends = time.monotonic() + TIMEOUT
    while time.monotonic() < ends:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return status != 0
        time.sleep(0.05)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return True


def _run_tests(mutant: Mutant | None, tests: tuple[str, ...]) -> int:
    import pytest

    if mutant:
        original = SourceFileLoader.get_code

        def get_code(loader: SourceFileLoader, name: str) -> object:
            changed = Path(loader.path) == mutant.path
            return compile(mutant.source, loader.path, "exec") if changed else original(loader, name)

        SourceFileLoader.get_code = get_code  # type: ignore[method-assign, assignment]
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
    with TemporaryDirectory() as folder:
        return int(pytest.main(["-x", "-q", "-n", "0", "-p", "no:cacheprovider", f"--basetemp={folder}/t", *tests]))


def main() -> None:
    """Print the changes that nothing noticed, and the share that was."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("area", choices=AREAS)
    parser.add_argument("--sample", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    os.chdir(ROOT)
    sys.path.pop(0)  # benchmarks/ingest.py and study.py would hide packages of the tests
    folder, tests = AREAS[arguments.area]
    places = list_places(ROOT / folder)
    random.Random(arguments.seed).shuffle(places)
    warm_up()
    if is_noticed(None, tests):
        sys.exit("the tests fail without any change")
    killed = tried = 0
    for mutant in islice(make_mutants(places), arguments.sample):
        noticed = is_noticed(mutant, tests)
        killed, tried = killed + noticed, tried + 1
        if not noticed:
            where = f"{mutant.path.relative_to(ROOT)}:{mutant.line}"
            print(f"not noticed: {where} {mutant.operator.rpartition('/')[2]}: {mutant.before}", flush=True)
    print(f"{arguments.area}: {killed} of {tried} noticed ({killed / tried:.2f}); {len(places)} places in all")


if __name__ == "__main__":
    main()
