"""What a check says beyond the report: other plans, the version before, comparable municipalities, the law."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from compliance.check.own_plans import GoalChain, MeasureMoney, OwnPlans
from compliance.check.peers import GoalAmongPeers
from compliance.check.previous import Fate, VersionChanges
from compliance.guidelines.reminders import Reminder
from compliance.records import Passage, Reading
from compliance.report.catalogue import Catalogue
from compliance.report.views.quotes import find_place, shorten
from compliance.report.views.steps import SHALL

MAX_ROWS: Final = 12  # about a printed page; the spreadsheet has them all
QUOTE_CHARS: Final = 160


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, what is to be said under it, and a table; every cell is text."""

    id: str
    heading: str
    intro: tuple[str, ...]
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    more: str = ""  # «12 til i regnearket»


@dataclass(frozen=True, slots=True)
class Names:
    """How documents and goals are named in the report's language."""

    texts: Catalogue
    goals: Mapping[str, str]  # short titles by goal id
    noun: str  # what the checked document is called within a sentence: «strategien», «utkastet»

    def goal(self, goal_id: str) -> str:
        """Return the goal's id and short title."""
        return f"{goal_id} {self.goals.get(goal_id, '')}".strip()

    def plan(self, reading: Reading) -> str:
        """Return a plan as its municipality would name it."""
        return reading.document.display_name

    def column(self, key: str) -> str:
        """Return the heading of a table's column."""
        return self.texts.text(key, noun=self.noun)

    def step(self, score: int) -> str:
        """Return the word for a score."""
        return self.texts.text(f"step.{score}")

    def place(self, reading: Reading, passage: Passage) -> str:
        """Return where a passage is in its document."""
        return find_place(reading.document, passage, texts=self.texts).full


def show_own_plans(own: OwnPlans, draft: Reading, names: Names) -> tuple[Section, ...]:
    """Return what the municipality's other plans say of the draft's goals, and where the chain to the money breaks."""
    texts = names.texts
    broken = [chain for chain in own.chains if chain.breaks]
    plans = ", ".join(names.plan(plan) for plan in own.plans)
    held_against = texts.text("check.plans.intro", noun=names.noun, plans=plans)
    intro = [held_against, texts.count("check.plans.broken", len(broken))]
    if own.repeated:
        repeated = len({span.passage_id for span in own.repeated})
        intro.append(texts.count("check.plans.repeated", repeated, noun=names.noun))
    columns = tuple(names.column(f"check.plans.column.{name}") for name in ("goal", "draft", "others", "break"))
    rows = [tuple(_tell_chain(chain, names)) for chain in broken]
    chains = _cut(Section("plans", texts.text("check.plans.heading"), tuple(intro), columns, tuple(rows)), texts)
    return (chains, *_show_money(own.money, own, draft, names))


def _tell_chain(chain: GoalChain, names: Names) -> Iterator[str]:
    yield names.goal(chain.goal)
    yield names.step(chain.score)
    yield "; ".join(f"{names.plan(plan.reading)}: {names.step(plan.score)}" for plan in chain.plans)
    yield " ".join(names.texts.text(f"check.plans.break.{kind.value}", noun=names.noun) for kind in chain.breaks)


def _show_money(money: Sequence[MeasureMoney], own: OwnPlans, draft: Reading, names: Names) -> Iterator[Section]:
    if not money:
        return
    texts = names.texts
    readings = {reading.document.id: reading for reading in (draft, *own.plans)}
    columns = tuple(names.column(f"check.money.column.{name}") for name in ("measure", "line", "plan"))
    rows = tuple(
        (
            _quote(readings[each.measure.document_id], each.measure.start, each.measure.end),
            _quote(readings[each.line.document_id], each.line.start, each.line.end),
            names.plan(readings[each.line.document_id]),
        )
        for each in money
    )
    intro = (texts.text("check.money.intro"),)
    yield _cut(Section("money", texts.text("check.money.heading"), intro, columns, rows), texts)


def _quote(reading: Reading, start: int, end: int) -> str:
    return f"«{shorten(' '.join(reading.document.text[start:end].split()), QUOTE_CHARS)}»"


def show_versions(changes: VersionChanges, names: Names) -> Section:
    """Return what the draft has won and lost since the version before it."""
    texts = names.texts
    counts = {fate: changes.count(fate) for fate in Fate}
    summary = texts.text("check.previous.passages", **{fate.value: texts.number(n) for fate, n in counts.items()})
    goals = [
        (
            names.goal(each.goal),
            names.step(each.before),
            names.step(each.after) + (f" ({texts.text('certainty.unsure').lower()})" if each.unsure else ""),
        )
        for each in changes.goals
    ]
    columns = tuple(texts.text(f"check.previous.column.{name}") for name in ("goal", "before", "after"))
    intro = (summary, texts.count("check.previous.goals", len(goals)))
    return _cut(Section("previous", texts.text("check.previous.heading"), intro, columns, tuple(goals)), texts)


def show_peers(peers: Sequence[GoalAmongPeers], names: Names) -> Section:
    """Return how comparable plans treat the goals that the draft does not bind itself to, with places to read."""
    texts = names.texts
    # A draft that binds itself needs no neighbour's example.
    worth = sorted((each for each in peers if each.score < SHALL and each.passages), key=lambda each: -each.binding)
    rows = []
    for each in worth:
        counted = texts.text("check.peers.count", speaking=each.speaking, binding=each.binding, plans=each.plans)
        rows.append((names.goal(each.goal), names.step(each.score), counted, "; ".join(_read_places(each, names))))
    columns = tuple(names.column(f"check.peers.column.{name}") for name in ("goal", "draft", "others", "read"))
    intro = (texts.text("check.peers.intro", noun=names.noun),)
    return _cut(Section("peers", texts.text("check.peers.heading"), intro, columns, tuple(rows)), texts)


def _read_places(goal: GoalAmongPeers, names: Names) -> Iterator[str]:
    for each in goal.passages:
        passage = next(one for one in each.reading.passages if one.id == each.passage_id)
        municipality = each.reading.profile.municipality
        owner = municipality.value if municipality else names.plan(each.reading)
        quote = _quote(each.reading, passage.start, passage.end)
        yield f"{owner}, {names.place(each.reading, passage)}: {quote}"


def show_reminders(reminders: Sequence[Reminder], names: Names) -> Section:
    """Return the paragraphs of law that the draft's text does not speak of."""
    texts = names.texts
    rows = tuple((f"{each.law} {each.paragraph}", getattr(each.text, texts.language)) for each in reminders)
    columns = (texts.text("check.law.column.paragraph"), texts.text("check.law.column.asks"))
    intro = (texts.text("check.law.intro"),)
    return Section("law", texts.text("check.law.heading"), intro, columns, rows)


def _cut(section: Section, texts: Catalogue) -> Section:
    """Return the section with no more rows than a page holds."""
    left = len(section.rows) - MAX_ROWS
    more = texts.count("check.more", left) if left > 0 else ""
    return Section(section.id, section.heading, section.intro, section.columns, section.rows[:MAX_ROWS], more)
