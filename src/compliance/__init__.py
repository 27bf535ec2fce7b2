"""Does a municipal plan carry out national digitalisation policy, or only repeat it?

The flow, each stage a function of the records before it:

    file ─ read ─→ Document ─ segment ─→ Reading ─ analyse ─→ Analysis (findings, facts)
    Analyses ─ compare ─→ ReuseSpan ─ score ─→ Assessment ─ report ─→ what people read

The names below are what other programs may build on (docs/python.md); each is imported when it is first used.
"""

from importlib import import_module
from importlib.metadata import version
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from compliance.check.check import CheckInput, check_document
    from compliance.config import Config, load_config
    from compliance.errors import ComplianceError, DocumentError
    from compliance.pipeline import read_file
    from compliance.runs.one_document import analyse_document
    from compliance.runs.run import analyse_files
    from compliance.store.relations import open_tables
    from compliance.store.runs import load_run
    from compliance.store.studies import load_study
    from compliance.study.run import run_study

__version__ = version("norwegian-digital-compliance")
__all__ = [
    "CheckInput",
    "ComplianceError",
    "Config",
    "DocumentError",
    "__version__",
    "analyse_document",
    "analyse_files",
    "check_document",
    "load_config",
    "load_run",
    "load_study",
    "open_tables",
    "read_file",
    "run_study",
]

_HOMES = {
    "CheckInput": "check.check",
    "ComplianceError": "errors",
    "Config": "config",
    "DocumentError": "errors",
    "analyse_document": "runs.one_document",
    "analyse_files": "runs.run",
    "check_document": "check.check",
    "load_config": "config",
    "load_run": "store.runs",
    "load_study": "store.studies",
    "open_tables": "store.relations",
    "read_file": "pipeline",
    "run_study": "study.run",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'compliance' has no attribute '{name}'")
    return getattr(import_module(f"compliance.{_HOMES[name]}"), name)
