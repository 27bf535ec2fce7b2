"""The corpus that benchmarks/study.py makes: the same for a seed, of the size asked for, and read as it says."""

from __future__ import annotations

import sys
from pathlib import Path

import pymupdf
import pytest

from benchmark_modules import load_benchmark
from compliance.guidelines.municipalities import load_municipalities
from compliance.study.corpus.manifest import read_manifest
from compliance.study.corpus.places import find_place, load_places

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the benchmark reads /proc")


@pytest.fixture(scope="module")
def benchmark():
    with load_benchmark("study") as module:
        yield module


def make(benchmark, folder: Path, *, seed: int, pages: int = 2) -> dict[str, bytes]:
    benchmark.make_corpus(folder / "korpus", 2, benchmark.make_writer(pages, seed=seed))
    return {path.name: path.read_bytes() for path in folder.rglob("*.*")}


def test_same_seed_makes_the_same_corpus_and_another_seed_another(benchmark, tmp_path):
    first, again, other = (make(benchmark, tmp_path / name, seed=seed) for name, seed in (("a", 1), ("b", 1), ("c", 2)))
    assert first == again
    assert first.keys() == other.keys()
    assert all(content != other[name] for name, content in first.items())


def test_each_municipality_has_four_documents_of_so_many_pages(benchmark, tmp_path):
    make(benchmark, tmp_path, seed=1, pages=3)
    rows = read_manifest(tmp_path / "korpus").rows
    assert [row.document_type for row in rows[:4]] == [row.document_type for row in rows[4:]]
    assert len({row.document_type for row in rows}) == len({row["sha256"] for row in rows}) // 2 == 4
    for row in rows:
        with pymupdf.open(tmp_path / "korpus" / row["file"]) as document:
            assert len(document) == 3
            assert row["municipality_number"] in document[0].get_text()


def test_places_file_says_how_many_live_in_each_municipality(benchmark, tmp_path):
    make(benchmark, tmp_path, seed=1)
    joined = load_places(tmp_path / "places.csv")
    places = [find_place(benchmark.name_municipality(number), joined) for number in range(2)]
    assert all(place.population and place.centrality for place in places)


def test_municipalities_are_fictional_and_each_its_own(benchmark):
    names = [benchmark.name_municipality(number) for number in range(1000)]
    assert len(set(names)) == 1000
    assert not any(load_municipalities().find_name(name) for name in names)


def test_changed_document_is_another(benchmark, tmp_path):
    writer = benchmark.make_writer(1, seed=1)
    first, changed = (writer.write(tmp_path, 0, "samfunnsdel", version=each).read_bytes() for each in (0, 1))
    assert first != changed
