"""Everything the package raises on purpose: one class per thing that a caller can do about it.

ComplianceError
├── SettingsError        fix the configuration or the command line
├── GuidelineError       fix a guideline or rule file
├── DocumentError        replace or repair the document
│   └── MissingToolError install a program (Tesseract) and run again
├── ModelError           prepare or name another embedding model
├── MissingExtraError    install an extra of the package and run again
├── FetchError           fetch the file by hand and import it
├── RunFolderError       choose another output folder, or wait for the run that holds it
├── WorkerError          free memory on the machine, or use fewer processes
├── GoldError            fix the gold set
└── BaselineError        write the figures to compare with anew
"""

from __future__ import annotations

import errno
import os
from dataclasses import dataclass
from pathlib import Path

from compliance.records import RejectionReason


class ComplianceError(Exception):
    """Base of every error that has a message for the user. Keeps its fields on the way out of a worker process."""

    def __reduce__(self) -> tuple[object, ...]:
        return _restore_error, (type(self), self.args, self.__dict__)


class SettingsError(ComplianceError):
    """A setting is unknown, of the wrong type or out of bounds."""

    def __init__(self, message: str, *, file: Path | None = None, field: str | None = None) -> None:
        self.file, self.field = file, field
        super().__init__(message)


class GuidelineError(ComplianceError):
    """A guideline or rule file breaks its format; names file, line and field."""

    def __init__(self, message: str, *, file: Path, line: int | None = None, field: str | None = None) -> None:
        self.file, self.line, self.field = file, line, field
        where = f"{file}:{line}" if line else str(file)
        super().__init__(f"{where}: {field + ': ' if field else ''}{message}")


class DocumentError(ComplianceError):
    """A document cannot be read; `advice` says what to do with it."""

    def __init__(self, path: Path, reason: RejectionReason, advice: str) -> None:
        self.path, self.reason, self.advice = path, reason, advice
        name = os.fsencode(path.name).decode("utf-8", errors="replace")
        super().__init__(f"{name}: {advice}")


class MissingToolError(DocumentError):
    """A document needs a program that is not installed."""


class ModelError(ComplianceError):
    """The embedding model cannot be found, unpacked or loaded."""


class MissingExtraError(ComplianceError):
    """What was asked for needs libraries that are installed only on request; says the command."""

    def __init__(self, extra: str, missing: tuple[str, ...], asked_for: str) -> None:
        self.extra, self.missing = extra, missing
        super().__init__(
            f"{asked_for} trenger {', '.join(missing)}, som ikke er installert. Kjør "
            f"«pip install 'norwegian-digital-compliance[{extra}]'», eller i en utsjekket mappe "
            f"«pip install -c constraints.txt '.[{extra}]'»."
        )


class FetchError(ComplianceError):
    """A document cannot be fetched from its address; says how to add it by hand."""

    def __init__(self, url: str, reason: str) -> None:
        self.url, self.reason = url, reason
        super().__init__(
            f"{url} kan ikke hentes ({reason}). Last ned dokumentet på en maskin med nett, og legg det til med "
            "compliance guidelines import FIL --set SETT."
        )


class RunFolderError(ComplianceError):
    """The output folder is in use, was written by a newer version, or cannot be written."""


class WorkerError(ComplianceError):
    """The processes that do the work end before they have begun, `starts` times in a row."""

    def __init__(self, starts: int) -> None:
        self.starts = starts
        super().__init__(
            f"arbeidsprosessene stanset under oppstart, {starts} ganger på rad. Maskinen har trolig for lite minne: "
            "lukk andre programmer, eller sett processes = 1 under [run] i innstillingene."
        )


@dataclass(frozen=True, slots=True)
class GoldProblem:
    """One thing that is wrong with a gold set, and where."""

    message: str
    file: Path
    line: int | None = None

    def __str__(self) -> str:
        return f"{self.file}{f':{self.line}' if self.line else ''}: {self.message}"


class GoldError(ComplianceError):
    """Gold sets are malformed; names every problem with its file and line."""

    def __init__(self, *problems: GoldProblem) -> None:
        self.problems = problems
        count = f"{len(problems)} feil i gullmappene:\n" if len(problems) > 1 else ""
        super().__init__(count + "\n".join(map(str, problems)))


class BaselineError(ComplianceError):
    """A baseline cannot be compared with; says how to write one that can."""

    def __init__(self, message: str, *, file: Path) -> None:
        self.file = file
        super().__init__(f"{file}: {message}. Skriv grunnlinjen på nytt med compliance evaluate MAPPE --json {file}.")


def _restore_error(kind: type[ComplianceError], args: tuple[object, ...], fields: dict[str, object]) -> ComplianceError:
    """Return the error as it was; the constructors take other arguments than the message that pickle keeps."""
    error = kind.__new__(kind, *args)
    error.__dict__.update(fields)
    return error


_OS_ERRORS = {
    errno.EADDRINUSE: "et annet program bruker den",
    errno.ENOENT: "finnes ikke",
    errno.EISDIR: "er en mappe, ikke en fil",
    errno.ENOTDIR: "en del av stien er en fil, ikke en mappe",
    errno.EEXIST: "er en fil, ikke en mappe",
    errno.EACCES: "du har ikke tilgang",
    errno.EPERM: "du har ikke tilgang",
    errno.EROFS: "disken kan bare leses",
    errno.ENOSPC: "disken er full",
    errno.ENAMETOOLONG: "navnet er for langt",
}


def describe_os_error(error: OSError) -> str:
    """Return what the operating system objected to, in Norwegian where it is something a user meets."""
    return _OS_ERRORS.get(error.errno or 0) or error.strerror or str(error)
