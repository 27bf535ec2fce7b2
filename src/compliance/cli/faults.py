"""The last net: an error that nobody foresaw becomes one line and a log file, not a traceback over the screen."""

from __future__ import annotations

import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path


def describe_fault(error: Exception) -> str:
    """Return what to tell the user of an error, as lines for stderr; the traceback goes into a log file."""
    from compliance.errors import describe_os_error

    log = _write_log(error)
    where = f"Detaljene ligger i {log}." if log else traceback.format_exc()
    if isinstance(error, MemoryError):
        return f"Feil: maskinen har for lite minne ledig. Lukk andre programmer, og kjør på nytt. {where}\n"
    if isinstance(error, OSError) and error.errno is not None:
        name = f"{error.filename}: " if error.filename else ""
        return f"Feil: {name}{describe_os_error(error)}. {where}\n"
    what = f"{type(error).__name__}: {error}".splitlines()[0]
    return f"Feil i programmet ({what}). Meld den gjerne. {where}\n"


def _write_log(error: Exception) -> Path | None:
    """Write the traceback to a file of the user's log folder and return it; None where that cannot be done."""
    import platformdirs

    from compliance import __version__

    folder = platformdirs.user_log_path("compliance", appauthor=False)
    log = folder / f"feil-{datetime.now(UTC):%Y%m%dT%H%M%S}.log"
    lines = [f"compliance {__version__}, Python {sys.version}\n", *traceback.format_exception(error)]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        log.write_text("".join(lines), encoding="utf-8", errors="backslashreplace")
    except OSError:
        return None
    return log
