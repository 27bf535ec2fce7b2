"""Whatever came first, and in whatever blocks: the spans are those of all documents compared at once."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from builders import make_reading
from compliance.analyse.reuse.told import MOST_TOLD
from compliance.config import Config, override
from compliance.pipeline import compare_readings, relate_readings
from compliance.records import BlockKind, ReuseKind, Run, SourceKind
from compliance.resources import Resources
from compliance.runs.comparing import compare_documents, cut_blocks
from compliance.runs.relating import relate_documents
from compliance.store.runs import open_run
from made_prose import COPIED, filler

RETOLD = {
    "Kommunestyret får en årlig rapport om hvilke gevinster digitaliseringen har gitt.",
    "Gevinstene som digitaliseringen har gitt, får kommunestyret vite om i en årlig rapport.",
}
SOURCE, OTHER = sorted(RETOLD)
NATIONAL = "Statlige og kommunale virksomheter skal dele data som andre har lov til å bruke, uten å ta betalt for dem."
CUSTOM = "Planen rulleres hvert fjerde år, og kommunedirektøren legger fram status for kommunestyret hver høst."
TITLES = ("Trygge skjemaer hjemme", "Kart over brønner", "Broer og digitale nøkler", "Sensorer i fjæra", "Åpne arkiv")
HEADINGS = [(BlockKind.HEADING, title) for title in TITLES]
TEXTS = {  # by document: municipality, year, passages
    "alvdalen-00000001": ("Alvdalen", "2019", [*HEADINGS, COPIED, SOURCE, CUSTOM]),
    "bremvik-00000002": ("Bremvik", "2021", [*HEADINGS, filler(1), COPIED, CUSTOM]),
    "bremvik-00000003": ("Bremvik", "2022", [filler(2), COPIED, NATIONAL]),
    "dalvoll-00000004": ("Dalvoll", "2020", [filler(3), NATIONAL, f"{COPIED} {filler(4)}", CUSTOM]),
    "elvnes-00000005": ("Elvnes", "2023", [filler(5), OTHER, CUSTOM]),
    "fossmo-00000006": (None, None, [filler(6), CUSTOM, f"Som i Alvdalen: {COPIED}"]),
    "granli-00000007": ("Granli", "2018", [filler(7), CUSTOM, filler(8)]),
}


class MeaningEncoder:
    """Gives the retold sentences one direction, and every other text one of its own."""

    revision, dimension = "meaning-8", 64

    def encode(self, texts, *, prefix):
        """Return unit rows."""
        seeds = [1 if text in RETOLD else sum(map(ord, text)) for text in texts]
        rows = np.array([1 + np.random.default_rng(seed).normal(size=self.dimension) for seed in seeds])
        return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def make(document_id, passages=None):
    municipality, year, texts = TEXTS[document_id]
    return make_reading(passages or texts, document_id=document_id, municipality=municipality, adopted=year)


@pytest.fixture(scope="module")
def resources():
    made = Resources(override(Config(), {"run.processes": 1, "analyse.judgement_folder": "rules"}))
    vars(made)["encoder"] = MeaningEncoder()
    return made


@pytest.fixture(autouse=True)
def these_resources(monkeypatch, resources):
    for module in ("comparing", "retelling"):
        monkeypatch.setattr(f"compliance.runs.{module}.load_resources", lambda config: resources)


@pytest.fixture
def references():
    return [make_reading([NATIONAL], document_id="stortingsmelding-00000009")]


def judge(store, references, resources):
    compare_documents(store, references=references, resources=resources)
    relate_documents(store, references=references, resources=resources)


def check(store, references, resources):
    """Compare what is saved with all documents compared at once, and what is kept with that of a folder of its own."""
    readings = store.load_texts([each.id for each in store.list_documents()])
    results = store.load_corpus([each.document.id for each in readings])[0]
    expected = compare_readings(readings, references=references, resources=resources)
    assert results == expected
    assert store.load_relations([each.document.id for each in readings]) == relate_readings(
        readings, references=references, resources=resources
    )
    with open_run(store.database.parent / "fresh") as fresh:
        save(fresh, *readings)
        judge(fresh, references, resources)
        ids = [each.document.id for each in readings]
        for load in ("load_prose", "load_sides", "load_retellings"):
            assert list_kept(store, load, ids) == list_kept(fresh, load, ids)
        assert store.shared().load_texts() == fresh.shared().load_texts()
    return expected


def list_kept(store, load, ids):
    return sorted(
        map(
            repr,
            (
                row
                for kept in getattr(store.shared(), load)(ids)
                for row in (kept[1] if isinstance(kept, tuple) else [kept])
            ),
        )
    )


def save(store, *readings):
    for reading in readings:
        store.save_reading(reading, records=[], config_sha256="c")


@pytest.fixture
def store(tmp_path):
    with open_run(tmp_path) as store:
        store.start(Run("run-1", "0", "c", "m", (), "2026-01-02T03:04:05+00:00", None))
        yield store


@pytest.mark.parametrize("most", [1, 900, 10**6], ids=["one a block", "a few", "all at once"])
def test_blocks_change_no_span(store, references, resources, monkeypatch, most):
    monkeypatch.setattr("compliance.runs.comparing.BLOCK_CHARACTERS", most)
    save(store, *map(make, TEXTS))
    judge(store, references, resources)
    spans = check(store, references, resources)
    assert {each.kind for each in spans} == {ReuseKind.VERBATIM, ReuseKind.REWORKED}
    assert {each.source_kind for each in spans} >= {SourceKind.MUNICIPALITY, SourceKind.REFERENCE}
    assert any(each.boilerplate for each in spans)
    assert store.load_relations(list(TEXTS)).structures


@pytest.mark.parametrize("document_id", TEXTS)
def test_a_document_written_anew_leaves_the_spans_of_a_fresh_run(store, references, resources, document_id):
    save(
        store,
        make(document_id, ["Først sto det noe annet her.", COPIED, SOURCE]),
        *map(make, TEXTS.keys() - {document_id}),
    )
    judge(store, references, resources)
    save(store, make(document_id))
    judge(store, references, resources)
    check(store, references, resources)


def test_a_removed_document_leaves_nothing(store, references, resources):
    save(store, *map(make, TEXTS))
    judge(store, references, resources)
    store.remove_documents(["alvdalen-00000001"])
    judge(store, references, resources)
    assert not [each for each in check(store, references, resources) if each.source_id == "alvdalen-00000001"]


def test_a_document_that_is_left_alone_is_compared_with_none_and_keeps_no_pair(store, resources, monkeypatch):
    save(store, *map(make, TEXTS))
    judge(store, [], resources)
    alone = "elvnes-00000005"
    assert [*store.shared().load_retellings([alone])]
    store.remove_documents([each for each in TEXTS if each != alone])
    monkeypatch.setattr("compliance.runs.relating.PairChooser", lambda *_, **__: pytest.fail("words were weighed"))
    judge(store, [], resources)
    assert check(store, [], resources) == ()
    assert not [*store.shared().load_retellings([alone])]


def test_other_references_are_compared_with(store, references, resources):
    save(store, *map(make, TEXTS))
    judge(store, (), resources)
    judge(store, references, resources)
    assert SourceKind.REFERENCE in {each.source_kind for each in check(store, references, resources)}


def test_only_what_is_new_is_compared(store, references, resources, monkeypatch):
    compared = []
    save(store, *map(make, TEXTS))
    judge(store, references, resources)
    comparer = resources.document_comparer(references=references)
    monkeypatch.setattr(
        type(comparer), "describe", lambda self, reading: compared.append(reading) or describe(self, reading)
    )
    changed = make("elvnes-00000005", [COPIED])
    save(store, changed)
    judge(store, references, resources)
    assert compared == [replace(changed, document=replace(changed.document, blocks=()))]


describe = type(Resources(Config()).document_comparer(references=())).describe


def test_a_run_that_ended_between_blocks_goes_on(store, references, resources, monkeypatch):
    monkeypatch.setattr("compliance.runs.comparing.BLOCK_CHARACTERS", 1)
    done = []
    shared = type(store.shared())
    whole = shared.save_compared

    def end_at_third(self, documents, sides, *, key):
        if len(done) == 2:
            raise KeyError
        done.append(documents)
        whole(self, documents, sides, key=key)

    save(store, *map(make, TEXTS))
    monkeypatch.setattr(shared, "save_compared", end_at_third)
    with pytest.raises(KeyError):
        judge(store, references, resources)
    monkeypatch.setattr(shared, "save_compared", whole)
    judge(store, references, resources)
    check(store, references, resources)


def write_alike(store):
    """Save plans of more municipalities than are told of, which all have a sentence; return them, the oldest first."""
    alike = [
        make_reading(
            [filler(number), CUSTOM], document_id=f"plan-{number:08d}", municipality=f"Øde {number}", adopted=year
        )
        for number, year in enumerate(map(str, range(2000, 2000 + MOST_TOLD + 5)))
    ]
    save(store, *alike)
    return alike


def list_described(store, reading):
    """Return the documents that have a sentence of this one, and are told of."""
    return [
        side.source_id
        for _, sides in store.shared().load_sides([reading.document.id])
        for side in sides
        if side.described
    ]


@pytest.mark.parametrize("most", [5000, 10**6], ids=["nine a block", "all at once"])
def test_what_is_told_of_is_described_and_what_comes_to_be_told_of_then(store, resources, monkeypatch, most):
    monkeypatch.setattr("compliance.runs.comparing.BLOCK_CHARACTERS", most)
    alike = write_alike(store)
    judge(store, (), resources)
    assert {*list_described(store, alike[-1])} >= {each.document.id for each in alike[:MOST_TOLD]}
    assert len(list_described(store, alike[-1])) < len(alike) - 1
    store.remove_documents([each.document.id for each in alike[:4]])
    judge(store, (), resources)
    ids = [each.document.id for each in alike[4:]]
    expected = compare_readings(store.load_texts(ids), references=(), resources=resources)
    assert store.load_corpus(ids)[0] == expected
    assert {each.source_id for each in expected if each.document_id == ids[-1]} == set(ids[:MOST_TOLD])


def test_a_run_that_ended_before_all_was_described_goes_on(store, resources, monkeypatch):
    alike = write_alike(store)
    judge(store, (), resources)
    store.remove_documents([each.document.id for each in alike[:4]])  # what the next four share is told of by now
    done = []
    shared = type(store.shared())
    whole = shared.replace_sides

    def end_at_third(self, pairs, sides):
        if len(done) == 2:
            raise KeyError
        done.append(pairs)
        whole(self, pairs, sides)

    monkeypatch.setattr("compliance.runs.comparing.BLOCK_CHARACTERS", 1)
    monkeypatch.setattr("compliance.runs.comparing.AT_ONCE", 1)
    monkeypatch.setattr(shared, "replace_sides", end_at_third)
    with pytest.raises(KeyError):
        judge(store, (), resources)
    monkeypatch.setattr(shared, "replace_sides", whole)
    judge(store, (), resources)
    ids = [each.document.id for each in alike[4:]]
    assert {*list_described(store, alike[-1])} == {*ids[:MOST_TOLD]}
    assert store.load_corpus(ids)[0] == compare_readings(store.load_texts(ids), references=(), resources=resources)


def test_documents_are_cut_by_size():
    assert cut_blocks(["a", "b", "c", "d"], {"a": 5, "b": 4, "c": 2, "d": 20}, most=9) == [("a", "b"), ("c",), ("d",)]
    assert cut_blocks([], {}, most=9) == []
