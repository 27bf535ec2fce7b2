"""Measure the rule-based analysers on labelled gold folders, and refit the goals' weights.

    python benchmarks/calibrate.py FOLDER… [--fit]

Prints one line a folder and one for all. With --fit also the logistic weights of
`analyse/observation/goals.py`, fitted to all folders,
and their F1 when each folder is scored by weights fitted to the others.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from compliance.analyse.observation.goals import WEIGHTS
from sklearn.linear_model import LogisticRegression

from compliance.analyse.build import build_analysers
from compliance.config import AnalyseConfig, Config
from compliance.guidelines.load import load_guidelines, select_guidelines
from compliance.guidelines.rules import load_rules
from compliance.records import (
    Attribute,
    AttributeSource,
    BlockKind,
    Document,
    Finding,
    Level,
    Page,
    Passage,
    Profile,
    Reading,
)
from compliance.text.embedding import load_encoder
from compliance.text.language import detect_language

Gold = Mapping[str, dict[str, object]]  # labels by passage id
LEVELS = [level.value for level in Level]


def read_folder(folder: Path) -> tuple[Reading, dict[str, dict[str, object]]]:
    """Return the folder's passages as a reading without layout, and its labels by passage id."""
    rows = [json.loads(line) for line in (folder / "passages.jsonl").read_text(encoding="utf-8").splitlines()]
    labels = [json.loads(line) for line in (folder / "labels.jsonl").read_text(encoding="utf-8").splitlines()]
    passages, text = [], ""
    for index, row in enumerate(rows):
        start = len(text)
        text += row["text"] + "\n\n"
        passages.append(
            Passage(
                row["id"], folder.name, index, BlockKind.PARAGRAPH, row["text"], start, start + len(row["text"]), (1,)
            )
        )
    language = Attribute(detect_language(text).language.value, AttributeSource.TEXT, "")
    profile = Profile(folder.name, language, Attribute("other", AttributeSource.OVERRIDE, "other"))
    document = Document(folder.name, folder.name, "0" * 64, "text/plain", None, text, (Page(1, 0, 0),), ())
    return Reading(document, profile, tuple(passages)), {label["id"]: label for label in labels}


def count_labels(name: str, findings: Sequence[Finding], labels: Gold) -> Counter[str]:
    """Count true and false positives and false negatives of a list-valued label."""
    found: dict[str, set[str]] = defaultdict(set)
    for finding in findings:
        found[finding.passage_id].add(finding.label)
    counts: Counter[str] = Counter()
    for passage_id, label in labels.items():
        gold, ours = set(_as_list(label[name])), found[passage_id]
        counts.update(tp=len(gold & ours), fp=len(ours - gold), fn=len(gold - ours))
        if not gold:
            counts.update(empty=1, false=int(bool(ours)))
    return counts


def _as_list(value: object) -> list[str]:
    return value if isinstance(value, list) else ["local"] * bool(value)


def score_f1(counts: Mapping[str, int]) -> float:
    """Return F1, 0 where nothing was to be found."""
    return 2 * counts["tp"] / max(1, 2 * counts["tp"] + counts["fp"] + counts["fn"])


def score_kappa(pairs: Sequence[tuple[str, str]]) -> float:
    """Return Cohen's kappa with quadratic weights over the levels."""
    size = len(LEVELS)
    seen = np.zeros((size, size))
    for gold, ours in pairs:
        seen[LEVELS.index(gold), LEVELS.index(ours)] += 1
    weights = np.subtract.outer(np.arange(size), np.arange(size)) ** 2
    expected = np.outer(seen.sum(1), seen.sum(0)) / seen.sum()
    return float(1 - (weights * seen).sum() / (weights * expected).sum())


def list_features(
    readings: Mapping[str, Reading],
    findings: Mapping[str, Sequence[Finding]],
    labels: Mapping[str, Gold],
) -> Iterator[tuple[str, list[float], bool]]:
    """Yield folder, features and truth of every goal that was considered for a passage."""
    for name in readings:
        for finding in findings[name]:
            features = dict(finding.features)
            gold = _as_list(labels[name][finding.passage_id]["goals"])
            yield name, [features[feature] for feature in WEIGHTS], finding.label in gold


def fit_weights(rows: Sequence[tuple[str, list[float], bool]], missing: Mapping[str, int]) -> None:
    """Print the weights fitted to all folders and the best F1 with each folder left out of its own fit."""
    names = np.array([name for name, _, _ in rows])
    features = np.array([values for _, values, _ in rows])
    truth = np.array([label for _, _, label in rows])
    chances = np.zeros(len(rows))
    for name in sorted(set(names)):
        model = LogisticRegression(C=10, max_iter=3000).fit(features[names != name], truth[names != name])
        chances[names == name] = model.predict_proba(features[names == name])[:, 1]
    best = max(
        (score_f1({"tp": (ours := chances >= cut)[truth].sum(), "fp": ours[~truth].sum(),
                   "fn": (~ours)[truth].sum() + sum(missing.values())}), cut)
        for cut in np.arange(0.15, 0.6, 0.05)
    )  # fmt: skip
    model = LogisticRegression(C=10, max_iter=3000).fit(features, truth)
    print(f"left out: F1 {best[0]:.3f} at {best[1]:.2f}; weights of all:")
    print({name: round(float(value), 2) for name, value in zip(WEIGHTS, model.coef_[0], strict=True)})
    print(f"bias {model.intercept_[0]:.2f}")


def main() -> None:
    """Run the measurements."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--fit", action="store_true")
    arguments = parser.parse_args()
    config = Config()
    guidelines = select_guidelines(load_guidelines(config.guidelines), config=config.guidelines, dates=())
    settings = AnalyseConfig(min_goal_score=0.0) if arguments.fit else config.analyse
    analysers = {
        analyser.name: analyser
        for analyser in build_analysers(
            guidelines=guidelines, rules=load_rules(), encoder=load_encoder(config.model), config=settings
        )
    }
    readings, labels, goals, missing = {}, {}, {}, {}
    totals: dict[str, Counter[str]] = defaultdict(Counter)
    pairs: list[tuple[str, str]] = []
    for folder in arguments.folders:
        reading, gold = read_folder(folder)
        readings[folder.name], labels[folder.name] = reading, gold
        counts, began = {}, time.process_time()
        findings = {name: analyser.analyse([reading]) for name, analyser in analysers.items()}
        seconds = time.process_time() - began
        for name in ("goals", "elements", "local"):
            counts[name] = count_labels(name, findings[name], gold)
            totals[name] += counts[name]
        levels = [(str(gold[each.passage_id]["level"]), each.label) for each in findings["level"]]
        pairs += levels
        goals[folder.name], missing[folder.name] = findings["goals"], counts["goals"]["fn"]
        print_line(folder.name, counts, score_kappa(levels), f"{len(gold) / seconds:.0f} passages/s with embedding")
    print_line("all", totals, score_kappa(pairs), "")
    if arguments.fit:
        fit_weights(list(list_features(readings, goals, labels)), missing)


def print_line(name: str, counts: Mapping[str, Counter[str]], kappa: float, note: str) -> None:
    """Print one folder's figures."""
    goals = counts["goals"]
    false_rate = goals["false"] / max(1, goals["empty"])
    scores = "  ".join(f"{label} {score_f1(each):.3f}" for label, each in counts.items())
    print(f"{name:12} {scores}  false rate {false_rate:.2f}  level kappa {kappa:.3f}  {note}")


if __name__ == "__main__":
    main()
