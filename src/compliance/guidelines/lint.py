"""Checks guideline and rule files one by one, so that all that is wrong can be told at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from compliance.errors import GuidelineError, SettingsError
from compliance.files import find_data_folder
from compliance.guidelines.criteria import CRITERIA_FILE, parse_criteria
from compliance.guidelines.findings import FINDINGS_FILE, parse_findings
from compliance.guidelines.folders import list_yaml_files
from compliance.guidelines.load import load_files
from compliance.guidelines.rules import RULE_FILES, read_cues
from compliance.guidelines.study_rules import STUDY_FILE, parse_study_rules
from compliance.guidelines.themes import THEMES_FILE, parse_themes
from compliance.guidelines.yaml_file import YamlFile, read_yaml

PARSERS: dict[str, Callable[[YamlFile], object]] = {
    CRITERIA_FILE: parse_criteria,
    FINDINGS_FILE: parse_findings,
    STUDY_FILE: parse_study_rules,
    THEMES_FILE: parse_themes,
}


def lint_files(paths: Sequence[Path]) -> tuple[GuidelineError, ...]:
    """Return the first error of each file that has one; ids are held against the shipped files as well.

    A file is a rule file when it is named as one ("elements.yaml", "themes.yaml"), otherwise a guideline file. Raises
    SettingsError when a file does not exist.
    """
    errors: list[GuidelineError] = []
    for path in paths:
        if not path.is_file():
            raise SettingsError(f"Filen {path} finnes ikke.")
        try:
            _check_file(path)
        except GuidelineError as error:
            errors.append(error)
    return tuple(errors)


def find_files(folders: Sequence[Path]) -> tuple[Path, ...]:
    """Return the shipped guideline and rule files, then those in the user's folders."""
    places = (find_data_folder("national_guidelines"), find_data_folder("rules"), *folders)
    return tuple(path for folder in places for path in list_yaml_files(folder))


def _check_file(path: Path) -> None:
    if path.stem in PARSERS:
        PARSERS[path.stem](read_yaml(path))
        return
    if path.stem in RULE_FILES:
        shipped = find_data_folder("rules") / f"{path.stem}.yaml"
        read_cues([path] if path.samefile(shipped) else [shipped, path])
        return
    shipped_sets = list_yaml_files(find_data_folder("national_guidelines"))
    load_files([*(file for file in shipped_sets if not file.samefile(path)), path])
