"""The method in eight short paragraphs, with the shares that were measured."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from compliance.guidelines.editions import EditionReason
from compliance.records import Run
from compliance.report.catalogue import Catalogue
from compliance.report.context import ReportContext
from compliance.report.views.goals import GoalSetView
from compliance.report.views.verdict import join_words
from compliance.report.views.voice import Genre, Voice

USED_REASONS: Final = (EditionReason.NAMED, EditionReason.IN_FORCE, EditionReason.ENDED, EditionReason.UNDATED)
PARAGRAPHS: Final = ("reads", "sure", "wrong", "words", "blind", "missing", "framework", "goals")


@dataclass(frozen=True, slots=True)
class MethodParagraph:
    """One paragraph with its heading."""

    heading: str
    text: str


def explain_method(
    sets: tuple[GoalSetView, ...], voice: Voice, *, context: ReportContext
) -> tuple[MethodParagraph, ...]:
    """Return the paragraphs; a share that was not measured is not told."""
    texts, measured = context.texts, load_measured()
    values = {
        "reads": texts.text("method.reads.programme" if voice.genre is Genre.PROGRAMME else "method.reads.text"),
        "sure": _tell_certainty(measured.get("certainty", {}), texts),
        "wrong": _tell_shares("wrong", measured.get("goals", {}), texts),
        "words": _tell_shares("words", measured.get("words", {}), texts),
        "framework": _tell_framework(measured.get("elements", {}), texts),
        "goals": _tell_sets(sets, context),
    }
    return tuple(
        MethodParagraph(texts.text(f"method.{name}.heading"), values.get(name) or texts.text(f"method.{name}.text"))
        for name in PARAGRAPHS
    )


def describe_run(run: Run, texts: Catalogue) -> str:
    """Return what someone who checks the results needs: run, version, settings, model."""
    return texts.text("method.run", id=run.id, version=run.version, settings=run.config_sha256[:12], model=run.model)


@cache
def load_measured() -> Mapping[str, Mapping[str, float]]:
    """Return the measured shares by subject."""
    content: dict[str, dict[str, float]] = tomllib.loads(
        files("compliance.report").joinpath("measured.toml").read_text(encoding="utf-8")
    )
    return content


def _tell_certainty(measured: Mapping[str, float], texts: Catalogue) -> str:
    """Return what the four words mean; with shares only where they were measured."""
    shares = {name: texts.percent(share) for name, share in measured.items()}
    if {"clear", "likely", "unsure"} <= shares.keys():
        return texts.text("method.sure.measured", **shares)
    return texts.text("method.sure.text")


def _tell_framework(measured: Mapping[str, float], texts: Catalogue) -> str:
    """Return where the twelve elements are from and whose the questions are; with shares where they were measured."""
    shares = {name: texts.percent(share) for name, share in measured.items()}
    if {"criteria", "scores"} <= shares.keys():
        return texts.text("method.framework.measured", **shares)
    return texts.text("method.framework.text")


def _tell_shares(name: str, measured: Mapping[str, float], texts: Catalogue) -> str:
    tenths = {key: texts.text("method.tenths", n=round(10 * share)) for key, share in measured.items()}
    if {"right", "found"} <= tenths.keys():
        return texts.text(f"method.{name}.text", **tenths)
    return texts.text(f"method.{name}.unmeasured")


def _tell_sets(sets: tuple[GoalSetView, ...], context: ReportContext) -> str:
    """Return which sets were used and why, and which of them are still in force."""
    texts = context.texts
    if not sets:
        return texts.text("method.goals.none")
    names = join_words([f"{view.short} {view.period}" for view in sets], texts)
    why = " ".join(_tell_reasons(sets, context))
    current = [view.short for view in sets if view.in_force]
    force = texts.text("method.goals.current", names=join_words(current, texts)) if current else ""
    return texts.text("method.goals.text", names=names, why=why, force=force or texts.text("method.goals.past")).strip()


def _tell_reasons(sets: tuple[GoalSetView, ...], context: ReportContext) -> Iterator[str]:
    """Yield why the sets were used, one sentence a reason, and which came too late for the plan."""
    texts, names = context.texts, {view.id: view.short for view in sets}
    for reason in (*USED_REASONS, EditionReason.NOT_YET):
        chosen = [each.set_id for each in context.editions if each.reason is reason]
        if chosen:
            listed = [names.get(each) or texts.find(f"set.{each}", each) for each in chosen]
            yield texts.text(f"method.goals.{reason.value}", names=join_words(listed, texts))
