"""The reuse analyser: all documents compared at once, with what they share attributed and boilerplate told apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from compliance.analyse.analyser import Scope
from compliance.analyse.reuse.paraphrase_candidates import SentenceIndex
from compliance.analyse.reuse.paraphrase_spans import PairChooser, RetellingJudge, find_source, finish_retelling
from compliance.analyse.reuse.prose import describe_prose
from compliance.analyse.reuse.resolving import SharedSpan, collect_corpus, resolve_sides
from compliance.analyse.reuse.settling import settle_alike
from compliance.analyse.reuse.sharing import SharingFinder
from compliance.analyse.reuse.sources import ComparedText, describe_text
from compliance.analyse.reuse.spans import drop_repeats
from compliance.config import ReuseConfig
from compliance.guidelines.fingerprints import Fingerprint
from compliance.guidelines.rules import Rules
from compliance.guidelines.sets import GuidelineSet
from compliance.records import Reading, ReuseSpan, SharedProse, SharedSide, SharedText
from compliance.text.embedding.encoder import Encoder


class ReuseAnalyser:
    """Finds wording shared with references, official wording and other municipalities.

    With an encoder, and where the settings ask for it, also sentences that say another's in other words. A run over
    many documents takes the same steps with what it has kept (`runs/comparing.py`).
    """

    name = "reuse"
    scope = Scope.CORPUS

    def __init__(
        self,
        *,
        guidelines: Sequence[GuidelineSet],
        rules: Rules,
        references: Sequence[Reading],
        config: ReuseConfig,
        fingerprints: Sequence[Fingerprint] = (),
        encoder: Encoder | None = None,
    ) -> None:
        self._sharing = SharingFinder(
            guidelines=guidelines, rules=rules, references=references, config=config, fingerprints=fingerprints
        )
        self._retellings = RetellingJudge(encoder, rules) if encoder is not None and config.reworked else None

    def analyse(self, readings: Sequence[Reading]) -> list[ReuseSpan]:
        """Return the shared stretches of every document, each within one passage, by document and position."""
        texts = self._sharing.collect(readings)
        order = {text.id: number for number, text in enumerate(texts)}
        sides: dict[str, list[SharedSide]] = {text.id: list(self._sharing.find_national(text)) for text in texts}
        described, national = [describe_text(text) for text in texts], self._sharing.national
        for side in self._sharing.find_shared(readings, (), order=order, new_meet=True):
            sides[side.document_id].append(side)
        corpus = collect_corpus(sides, described, [describe_text(text) for text in national])
        spans = {document_id: list(resolve_sides(own, corpus)) for document_id, own in sides.items()}
        if self._retellings is not None:
            for span in self._find_retold(spans, [*texts, *national], self._retellings):
                spans[span[0].document_id].append(span)
        return settle_alike(span for own in spans.values() for span in drop_repeats(own))

    def _find_retold(
        self, spans: Mapping[str, Sequence[SharedSpan]], texts: Sequence[ComparedText], judge: RetellingJudge
    ) -> list[SharedSpan]:
        described = [describe_text(text) for text in texts]
        chooser = choose_pairs(described, (describe_prose(text.reading) for text in texts), documents=len(spans))
        chosen = chooser.choose(list_stretches(spans))
        held = {text.id: (text.reading, known) for text, known in zip(texts, described, strict=True)}
        sources = {
            (pair.source_id, pair.source_start): find_source(pair, held[pair.source_id][1], held[pair.source_id][0])
            for pair in chosen
        }
        judged = judge.judge(chosen, held, sources)
        found = (finish_retelling(each, pair, chooser.weights) for each, pair in zip(judged, chosen, strict=True))
        return [span for span in found if span is not None]


def choose_pairs(texts: Sequence[SharedText], prose: Iterable[SharedProse], *, documents: int) -> PairChooser:
    """Return what chooses the sentences to compare by meaning; the first `documents` texts are the run's own."""
    index = SentenceIndex()
    for text, each in zip(texts, prose, strict=True):
        index.add(text.owner, each.sentences)
    return PairChooser(index, texts, documents=documents)


def list_stretches(spans: Mapping[str, Sequence[SharedSpan]]) -> dict[str, list[tuple[int, int]]]:
    """Return the stretches of each document that are told of as shared wording."""
    return {document_id: [(span.start, span.end) for span, _ in own] for document_id, own in spans.items()}
