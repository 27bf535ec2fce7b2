"""What is found over all documents of a run, and each document's scores; what has not changed is not made again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

from compliance.config import Config, hash_config, hash_parts
from compliance.records import Assessment, Reading, Results, Task
from compliance.records.study import TextShare
from compliance.report.views.text_shares import measure_all_shares
from compliance.resources import Resources, load_resources
from compliance.runs.changes import corpus_cache_key
from compliance.runs.comparing import compare_documents
from compliance.runs.relating import relate_documents
from compliance.runs.saved_work import work_on_saved
from compliance.runs.worker import Standby
from compliance.store.per_document import SCORE_KEY
from compliance.store.runs import RunStore

READ: Final = (Task.GOALS, Task.REVIEW, Task.ATTRIBUTION)  # tasks whose evidence tells which words speak, or whose


def judge_corpus(
    store: RunStore, *, references: Sequence[Reading], resources: Resources, standby: Standby | None = None
) -> None:
    """Find wording shared between the documents and score them, unless that was done for just these.

    Only documents are scored whose content, settings or shared wording have changed, one at a time: there are a
    thousand findings in each, and scores need no others'. Each is saved as it is done. Processes that stand by help.
    """
    saved = store.list_documents()
    settings = (resources.settings_sha256, hash_config(resources.config.score))
    key = corpus_cache_key([each.id for each in saved], references=references, settings=settings)
    if store.corpus_key() == key:
        return
    compare_documents(store, references=references, resources=resources, standby=standby)
    relate_documents(store, references=references, resources=resources, standby=standby)
    shared, known = store.shared().hash_spans(), store.parts().load_keys(SCORE_KEY)
    made_from = {each.id: hash_parts(*settings, each.config_sha256, shared.get(each.id, "")) for each in saved}
    changed = [document_id for document_id, score_key in made_from.items() if known.get(document_id) != score_key]
    _score(store, changed, made_from, resources.config, standby)
    store.set_corpus_key(key)


def _score(
    store: RunStore, changed: Sequence[str], keys: Mapping[str, str], config: Config, standby: Standby | None
) -> None:
    """Score documents, in several processes where there are many, and save each with its key."""
    processes = config.run.count_processes(len(changed))
    score = partial(score_document, config=config)
    for scored in work_on_saved(changed, score, store=store, processes=processes, standby=standby):
        for document_id, (assessment, shares) in scored:
            store.parts().save_scores(document_id, assessment, shares, key=keys[document_id])


def score_document(document_id: str, store: RunStore, *, config: Config) -> tuple[Assessment, tuple[TextShare, ...]]:
    """Return a saved document's scores and whose words it is."""
    from compliance.pipeline import assess_readings  # what reads and scores; the main process often does neither

    ids = [document_id]
    results = Results(
        run=store.load_run(),
        readings=store.load_texts(ids),
        findings=store.parts().load_judgements(ids, tuple(Task), with_evidence=READ),
        reuse_spans=store.load_reuse_spans(ids),
        facts=(),
        scores=(),
        rejected=(),
    )
    assessment = assess_readings(
        results.readings,
        findings=results.findings,
        meanings=store.load_meanings(ids),
        reuse_spans=results.reuse_spans,
        resources=load_resources(config),
    )
    return assessment, measure_all_shares(results)
