"""What the analysis of any file needs, loaded once in each process: guidelines, rules, encoder, analysers.

What analyses and reads evidence is imported where it is made: a process for which others do that need not wait for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from compliance import __version__
from compliance.analyse.attribution.borrowed_model import FILE as BORROWED_MODEL
from compliance.analyse.attribution.borrowed_model import BorrowedModel, load_borrowed
from compliance.analyse.classification.first_stage import FOLDER as FIRST_STAGE
from compliance.analyse.classification.first_stage import compute_checksum, load_first_stage
from compliance.analyse.classification.model import RULES, ClassificationModel, find_model, load_model
from compliance.analyse.reuse import ReuseAnalyser
from compliance.analyse.reuse.comparing import DocumentComparer
from compliance.analyse.reuse.paraphrase_spans import RetellingJudge
from compliance.analyse.reuse.relations import RelationReader
from compliance.analyse.reuse.sharing import SharingFinder
from compliance.config import Config, hash_config, hash_parts, override
from compliance.errors import SettingsError
from compliance.files import PACKAGE, hash_file
from compliance.guidelines.criteria import ElementCriteria, list_criteria, load_criteria
from compliance.guidelines.editions import Edition, choose_editions, select_guidelines
from compliance.guidelines.fingerprints import Fingerprint, load_fingerprints
from compliance.guidelines.load import load_guidelines
from compliance.guidelines.references import list_references
from compliance.guidelines.rules import Rules, load_rules
from compliance.guidelines.sets import Goal, GuidelineSet
from compliance.ingest.discover import discover_files
from compliance.ingest.media import SUFFIXES
from compliance.records import Fact, Finding, Meaning, Profile, Reading, Run, parse_date
from compliance.score.meaning import Directions
from compliance.score.model import FILE as SCORE_MODEL
from compliance.score.model import ScoreModel, load_score_model
from compliance.store.vectors import open_vectors
from compliance.text.embedding.encoder import Encoder
from compliance.text.embedding.loading import load_encoder, load_passage_encoder
from compliance.text.word_lists import load_all_words

if TYPE_CHECKING:
    from compliance.analyse.build import Models, ReadingAnalyser
    from compliance.analyse.observation.evidence_reader import EvidenceReader


@dataclass(frozen=True)
class Resources:
    """The settings with everything that they call for; loaded when first asked for, then kept."""

    config: Config

    @cached_property
    def guidelines(self) -> tuple[GuidelineSet, ...]:
        """Every guideline set there is, the user's own included; SettingsError where the settings name another."""
        sets = load_guidelines(self.config.guidelines)
        select_guidelines(sets, config=self.config.guidelines, dates=())
        return sets

    @property
    def goal_sets(self) -> dict[str, str]:
        """The id of the guideline set of each goal, by the goal's id."""
        return {goal.id: each.id for each in self.guidelines for goal in each.goals}

    def with_default_sets(self) -> Resources:
        """Return resources that hold every document against the default sets, whatever its dates.

        Gold labels are of these sets. Sets that the settings name stay.
        """
        if self.config.guidelines.sets:
            return self
        default = tuple(each.id for each in self.guidelines if each.default)
        return Resources(override(self.config, {"guidelines.sets": default}))

    @cached_property
    def rules(self) -> Rules:
        """The analysis rules."""
        return load_rules(self.config.guidelines.folders)

    @cached_property
    def fingerprints(self) -> tuple[Fingerprint, ...]:
        """What official wording is known by, where the documents are not at hand."""
        return load_fingerprints(self.config.guidelines)

    @cached_property
    def encoder(self) -> Encoder:
        """The embedding model, with its vectors kept between runs unless the settings say otherwise."""
        model = self.config.model
        return load_encoder(model, cache=open_vectors(model) if model.use_cache else None)

    @cached_property
    def model(self) -> ClassificationModel:
        """The model that the settings name. Raises ModelError where it cannot be read."""
        return load_model(find_model(self.config.analyse))

    @cached_property
    def models(self) -> Models:
        """What judges, with its encoder.

        Raises ModelError where the model was trained for another encoder, SettingsError where a goal that it knows is
        missing.
        """
        from compliance.analyse.build import Models

        encoder = None
        if self.model.probe:
            settings = self.config.model
            cache = open_vectors(settings) if settings.use_cache else None
            encoder = load_passage_encoder(settings, adapter=self.model.adapter, cache=cache)
            self.model.check_encoder(encoder.revision)
        goals = self._find_goals(self.model.names.goals)
        first = load_first_stage(self._first_stage_folder) if encoder and self._first_stage_folder else None
        return Models(
            self.model, goals, encoder, load_model(RULES), self.encoder, first=first, borrowed=self.borrowed_model
        )

    @cached_property
    def directions(self) -> Directions | None:
        """What meanings are measured along: None where scores were learnt with another encoder, or with none.

        Documents are then scored as those that no encoder has read.
        """
        encoder = self.models.encoder
        return self.score_model.directions if encoder and self.score_model.directions.fit(encoder.revision) else None

    @property
    def _first_stage_folder(self) -> Path | None:
        """The first stage of the model that the settings name; None where it has none, and all passages are read."""
        folder = find_model(self.config.analyse) / FIRST_STAGE
        return folder if folder.is_dir() else None

    @cached_property
    def borrowed_model(self) -> BorrowedModel | None:
        """What adds to the rules' attributions: of the settings' folder where it has one; else None, the rules alone.

        Raises ModelError where it cannot be read. None is shipped (docs/reuse.md says why).
        """
        file = find_model(self.config.analyse) / BORROWED_MODEL
        return load_borrowed(file) if file.is_file() else None

    def _find_goals(self, names: Sequence[str]) -> tuple[Goal, ...]:
        goals = {goal.id: goal for each in self.guidelines for goal in each.goals}
        missing = [name for name in names if name not in goals]
        if missing:
            what = f"målene {', '.join(missing)} finnes ikke i målsettene"
            raise SettingsError(
                f"{what}, men modellen for vurdering kjenner dem. Legg dem til, eller tren den på nytt."
            )
        return tuple(goals[name] for name in names)

    @cached_property
    def _comparers(self) -> dict[tuple[str, ...], DocumentComparer]:
        return {}

    @cached_property
    def _analysers(self) -> dict[tuple[str, ...], ReadingAnalyser]:
        return {}

    def guidelines_for(self, profile: Profile) -> tuple[GuidelineSet, ...]:
        """Return the sets that a document is held against: the chosen ones, or what its dates call for."""
        return select_guidelines(self.guidelines, config=self.config.guidelines, dates=document_dates(profile))

    def editions_for(self, profile: Profile) -> tuple[Edition, ...]:
        """Return every set with whether a document is held against it, and why."""
        return choose_editions(self.guidelines, config=self.config.guidelines, dates=document_dates(profile))

    def analyser_for(self, profile: Profile) -> ReadingAnalyser:
        """Return what analyses one document at a time, for the guideline sets of this one."""
        return replace(self.judge_for(profile), directions=self.directions)

    def judge_for(self, profile: Profile) -> ReadingAnalyser:
        """Return `analyser_for` without the meanings, for which there must be a score model."""
        return self._judge_for_sets(self.guidelines_for(profile))

    def _judge_for_sets(self, chosen: Sequence[GuidelineSet]) -> ReadingAnalyser:
        from compliance.analyse.build import build_analyser

        names = tuple(each.id for each in chosen)
        if names not in self._analysers:
            self._analysers[names] = build_analyser(
                [goal for each in chosen for goal in each.goals],
                rules=self.rules,
                models=self.models,
                config=self.config.analyse,
                fingerprints=self.fingerprints,
            )
        return self._analysers[names]

    def analyse(self, reading: Reading) -> tuple[Finding | Meaning | Fact, ...]:
        """Return every finding and fact that a document yields by itself (stage 3)."""
        return self.analyser_for(reading.profile).analyse(reading)

    @cached_property
    def criteria(self) -> tuple[ElementCriteria, ...]:
        """The elements with their criteria."""
        return load_criteria()

    @cached_property
    def evidence_reader(self) -> EvidenceReader:
        """What reads the measures behind a document's goals and criteria."""
        from compliance.analyse.observation.evidence_reader import EvidenceReader

        return EvidenceReader(self.rules, list_criteria(self.criteria))

    @cached_property
    def score_model(self) -> ScoreModel:
        """What adds up a document's evidence: of the settings' folder where it has one, else the shipped one."""
        return load_score_model(self._own_score_model)

    @property
    def _own_score_model(self) -> Path | None:
        folder = self.config.analyse.judgement_folder
        own = folder / SCORE_MODEL if isinstance(folder, Path) else None
        return own if own and own.is_file() else None

    def reuse_analyser(self, *, references: Sequence[Reading]) -> ReuseAnalyser:
        """Return the analyser that compares documents with each other and with national texts."""
        return ReuseAnalyser(
            guidelines=self.guidelines,
            rules=self.rules,
            references=references,
            config=self.config.analyse.reuse,
            fingerprints=self.fingerprints,
            encoder=self.encoder,
        )

    @cached_property
    def retelling_judge(self) -> RetellingJudge:
        """What judges whether a sentence says another's in other words."""
        return RetellingJudge(self.encoder, self.rules)

    def document_comparer(self, *, references: Sequence[Reading]) -> DocumentComparer:
        """Return what compares documents pair by pair: the reuse analyser's steps, for a corpus that is kept."""
        ids = tuple(each.document.id for each in references)
        if ids not in self._comparers:
            sharing = SharingFinder(
                guidelines=self.guidelines,
                rules=self.rules,
                references=references,
                config=self.config.analyse.reuse,
                fingerprints=self.fingerprints,
            )
            self._comparers[ids] = DocumentComparer(sharing, RelationReader(self.guidelines, self.rules))
        return self._comparers[ids]

    def guidelines_of(self, readings: Sequence[Reading]) -> tuple[GuidelineSet, ...]:
        """Return every set that at least one of the documents is held against, in the order of the files."""
        return self.guidelines_of_profiles(reading.profile for reading in readings)

    def guidelines_of_profiles(self, profiles: Iterable[Profile]) -> tuple[GuidelineSet, ...]:
        """Return every set that at least one document of these is held against, in the order of the files."""
        wanted = {each.id for profile in profiles for each in self.guidelines_for(profile)}
        return tuple(each for each in self.guidelines if each.id in wanted)

    def group_by_guidelines(
        self, readings: Sequence[Reading]
    ) -> Iterator[tuple[tuple[GuidelineSet, ...], tuple[Reading, ...]]]:
        """Yield the documents that are held against the same sets, together with these sets."""
        groups: dict[tuple[str, ...], list[Reading]] = {}
        for reading in readings:
            names = tuple(each.id for each in self.guidelines_for(reading.profile))
            groups.setdefault(names, []).append(reading)
        for names, group in groups.items():
            yield tuple(each for each in self.guidelines if each.id in names), tuple(group)

    def list_references(self) -> tuple[Path, ...]:
        """Return the documents to compare wording with: those the settings name, then those kept for every analysis.

        Raises SettingsError where one that the settings name does not exist.
        """
        settings = self.config.guidelines
        kept = [each.path for each in list_references(settings) if each.path.suffix.lower() in SUFFIXES]
        return (*discover_files(settings.references).files, *kept)

    def describe_run(self) -> Run:
        """Return the record of a run that begins now with these settings."""
        started = datetime.now(UTC)
        return Run(
            id=f"{started:%Y%m%dT%H%M%S}-{uuid4().hex[:8]}",
            version=__version__,
            config_sha256=self.settings_sha256,
            model=self.encoder.revision,
            guidelines=tuple(f"{each.id}@{each.edition}" for each in self.guidelines),
            started=started.isoformat(timespec="seconds"),
            finished=None,
        )

    def load(self) -> None:
        """Load now what is otherwise loaded with the first document."""
        self.guidelines, self.rules, self.fingerprints, self.directions  # noqa: B018

    def load_for_analysis(self) -> None:
        """Load now what analyses documents that call for no guideline sets of their own."""
        self._judge_for_sets(select_guidelines(self.guidelines, config=self.config.guidelines, dates=()))
        self.directions  # noqa: B018

    def load_for_scores(self) -> None:
        """Load now what is otherwise loaded with the first scores."""
        self.evidence_reader, self.score_model  # noqa: B018

    def release_encoders(self) -> None:
        """Let go of the models that have encoded texts; the next text loads its model again."""
        loaded = vars(self)
        if "encoder" in loaded:
            self.encoder.release()
        if "models" in loaded and self.models.encoder is not None:
            self.models.encoder.release()

    @cached_property
    def settings_sha256(self) -> str:
        """A hash of everything but the document that its analysis depends on: equal hash, equal results."""
        config = self.config
        parts: Sequence[object] = (
            __version__,
            hash_config(config.ingest, config.segment, config.guidelines, config.model, config.analyse),
            self.encoder.revision,
            self.model.checksum,
            compute_checksum(self._first_stage_folder) if self._first_stage_folder else "",
            self.borrowed_model.checksum if self.borrowed_model else "",
            self.guidelines,
            self.rules,
            load_all_words(),
            self.criteria,
            str(hash_file(self._own_score_model or PACKAGE / "score" / SCORE_MODEL)),
            self.fingerprints,
        )
        return hash_parts(*map(repr, parts))


@lru_cache(maxsize=1)
def load_resources(config: Config) -> Resources:
    """Return this process's resources for the settings."""
    return Resources(config)


def document_dates(profile: Profile) -> tuple[date, ...]:
    """Return the days that a document speaks from: its adoption and the first day of its plan period."""
    dates = [parse_date(profile.adopted.value)] if profile.adopted else []
    if profile.period:
        dates.append(parse_date(profile.period.value.split("-")[0]))
    return tuple(dates)
