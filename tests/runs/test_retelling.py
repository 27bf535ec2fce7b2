"""Pairs of sentences are judged where an encoder is loaded anyway, and come out the same wherever that is."""

from __future__ import annotations

import pickle
from contextlib import closing
from functools import partial
from types import SimpleNamespace

import pytest

from builders import make_reading
from compliance.analyse.reuse.paraphrase_spans import Chosen, RetellingJudge
from compliance.config import Config, override
from compliance.records import Attribution, Order, Retelling, ReuseKind, ReuseSpan, SharedText, SourceKind
from compliance.runs.retelling import Sides, judge_batch, judge_pairs
from compliance.runs.run import analyse_files
from compliance.runs.worker import Standby
from compliance.runs.workers import WorkerCrashed, WorkerPool
from compliance.store.runs import open_run, read_run

CONFIG = override(
    Config(),
    {"run.processes": 2, "model.precision": "fp32", "model.use_cache": False, "analyse.judgement_folder": "rules"},
)
SAID = "Kommunestyret får en årlig rapport om hvilke gevinster digitaliseringen har gitt."
SAID_AGAIN = (
    "Gevinstene som digitaliseringen har gitt, får kommunestyret vite om i en årlig rapport.",
    "Hvert år får kommunestyret en rapport som viser gevinstene digitaliseringen har gitt.",
    "I en årlig rapport får kommunestyret vite hvilke gevinster digitaliseringen gir.",
)


@pytest.fixture(scope="module")
def plans(tmp_path_factory):
    folder = tmp_path_factory.mktemp("plans")
    names = ("Lillevik", "Storvik", "Skarvøya", "Dalvoll")
    for name, year, sentence in zip(names, range(2019, 2023), (SAID, *SAID_AGAIN), strict=True):
        text = f"Digitaliseringsstrategi for {name} kommune\n\nVedtatt 14. mars {year}.\n\n{sentence}\n"
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def judged_here(plans, tmp_path_factory):
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Standby, "count", lambda self, most: 0)
        found = analyse(plans, tmp_path_factory.mktemp("here"), override(CONFIG, {"run.processes": 1}))
    assert len(found[0]) >= len(SAID_AGAIN)
    return found


def analyse(plans, out, config=CONFIG):
    """Return the pairs as they are kept, and the spans made of them."""
    results = analyse_files([plans], out=out, config=config).results
    with open_run(out) as store:
        ids = [each.id for each in store.list_documents()]
        return [*store.shared().load_retellings(ids)], results.reuse_spans


def test_pairs_are_judged_where_processes_wait(plans, tmp_path, monkeypatch, judged_here):
    monkeypatch.setattr("compliance.runs.retelling.AT_ONCE", 2)  # so that there is a batch for each process
    monkeypatch.setattr(RetellingJudge, "judge", lambda *_: pytest.fail("judged in the main process"))
    assert analyse(plans, tmp_path, CONFIG) == judged_here


class ByLength:
    """A judge whose answer follows from the pair alone, and that notes what it was asked."""

    def __init__(self):
        self.asked = []

    def judge(self, pairs, holders, sources):
        self.asked.append([pair.holder_id for pair in pairs])
        return [self._judge(pair, holders, sources[pair.source_id, pair.source_start]) for pair in pairs]

    def _judge(self, pair, holders, source):
        passage = holders[pair.holder_id][0].passages[pair.passage]
        span = ReuseSpan(
            document_id=pair.holder_id,
            passage_id=passage.id,
            start=pair.start,
            end=pair.end,
            source_kind=SourceKind.MUNICIPALITY,
            source_id=pair.source_id,
            source_name=source.text.name,
            source_start=pair.source_start,
            source_end=pair.source_end,
            source_text=source.wording,
            source_page=source.page,
            kind=ReuseKind.REWORKED,
            attribution=Attribution.UNATTRIBUTED,
            similarity=0.0,
            boilerplate=False,
            evidence=(),
            order=Order.UNKNOWN,
        )
        return Retelling(pair.holder_id, pair.source_id, pair.source_start, float(len(passage.text)), span, (), (), "")


@pytest.fixture
def judge(monkeypatch):
    judge = ByLength()
    resources = SimpleNamespace(retelling_judge=judge, release_encoders=lambda: None)
    monkeypatch.setattr("compliance.runs.retelling.load_resources", lambda config: resources)
    return judge


@pytest.fixture
def held(tmp_path):
    """Save a plan that five others retell; give the store, the pairs and their sides."""
    own = make_reading([SAID], document_id="alvdalen-00000000", municipality="Alvdalen")
    others = [
        make_reading([f"{SAID_AGAIN[0]} {number}."], document_id=f"plan-{number:08d}", municipality=f"Øde {number}")
        for number in range(5)
    ]
    pairs = [Chosen(each.document.id, 0, 0, 80, own.document.id, 0, 0, len(SAID), 0.6, 0) for each in others]
    texts = {
        each.document.id: SharedText(each.document.id, "eier", "plan", None, None, draft=False, words=20)
        for each in (own, *others)
    }
    with open_run(tmp_path) as store:
        for each in (own, *others):
            store.save_reading(each, records=[], config_sha256="c")
        yield store, {pair.key: pair for pair in pairs}, Sides([*texts], texts, {})


def test_pairs_whose_process_dies_are_judged_here_and_keep_their_order(held, judge, monkeypatch):
    store, pairs, sides = held
    expected = [*judge_pairs(pairs, sides, store=store, config=CONFIG)]
    assert [each.document_id for each in expected] == [pair.holder_id for pair in pairs.values()]
    assert expected[0].span.source_text == SAID
    store.shared().remove_retellings(pairs)
    monkeypatch.setattr("compliance.runs.retelling.AT_ONCE", 2)

    def lose_second(pool, items, *, standby):
        work = partial(judge_batch, config=CONFIG)
        with closing(read_run(store.database)) as lent:
            done = [work(item, lent) for item in items]
        yield from ((items[2], done[2]), (items[0], done[0]), (items[1], WorkerCrashed()))

    monkeypatch.setattr(WorkerPool, "run", lose_second)
    standby = Standby([None, None])
    assert [*judge_pairs(pairs, sides, store=store, config=CONFIG, standby=standby)] == expected
    assert len(judge.asked) == 1 + 3 + 1
    assert [*store.shared().load_retellings(sides.documents)] == expected


def test_run_that_ends_between_savings_judges_only_what_is_left(held, judge, monkeypatch):
    store, pairs, sides = held
    monkeypatch.setattr("compliance.runs.retelling.AT_ONCE", 2)
    monkeypatch.setattr("compliance.runs.retelling.BATCHES_AT_ONCE", 1)
    found = judge_pairs(pairs, sides, store=store, config=CONFIG)
    first = [next(found), next(found)]
    found.close()
    again = [*judge_pairs(pairs, sides, store=store, config=CONFIG)]
    assert again[:2] == first
    assert [len(each) for each in judge.asked] == [2, 2, 1]


def test_no_document_travels_with_its_pairs(tmp_path, monkeypatch):
    sent = []
    monkeypatch.setattr(
        "compliance.runs.retelling.work_in_processes",
        lambda batches, *_, **__: [sent.extend(batches) or [(each, []) for each in batches]],
    )
    reading = make_reading([SAID, SAID_AGAIN[0]], document_id="lillevik-00000001", municipality="Lillevik")
    text = SharedText("lillevik-00000001", "Lillevik", "Plan for Lillevik", None, None, draft=False, words=20)
    pair = Chosen("storvik-00000002", 3, 40, 120, text.document_id, 0, 0, len(SAID), 0.6, 0)
    documents = [text.document_id, pair.holder_id]
    with open_run(tmp_path) as store:
        sides = Sides(documents, dict.fromkeys(documents, text), {})
        assert not [*judge_pairs({pair.key: pair}, sides, store=store, config=CONFIG)]
        sides = Sides(documents[1:], sides.texts, {text.document_id: (reading, text)})
        assert not [*judge_pairs({pair.key: pair}, sides, store=store, config=CONFIG)]
    municipal, national = sent
    assert SAID.encode() not in pickle.dumps(municipal)
    assert SAID.encode() in pickle.dumps(national)  # its text is not in the database
    assert SAID_AGAIN[0].encode() not in pickle.dumps(national)
