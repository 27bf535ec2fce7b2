"""Reads guideline files, the shipped ones and the user's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from compliance.config import GuidelinesConfig
from compliance.files import find_data_folder
from compliance.guidelines.folders import list_yaml_files
from compliance.guidelines.rules import RULE_FILES
from compliance.guidelines.sets import Goal, GuidelineSet
from compliance.guidelines.themes import ThemeId, find_themes_file, map_goals
from compliance.guidelines.yaml_file import Location, YamlFile, read_yaml
from compliance.kept import keep_made


def load_guidelines(config: GuidelinesConfig) -> tuple[GuidelineSet, ...]:
    """Return every guideline set there is: the shipped ones by file name, then those in the user's folders.

    Raises GuidelineError when a file breaks the format or an id stands twice, SettingsError when a folder is missing.
    """
    shipped = list_yaml_files(find_data_folder("national_guidelines"))
    files = [*shipped, *_find_user_files(config.folders)]
    return keep_made("guidelines", [*files, find_themes_file()], lambda: load_files(files))


def load_files(paths: Iterable[Path]) -> tuple[GuidelineSet, ...]:
    """Return the sets of these files; ids of sets and goals are unique across all of them."""
    sets: list[GuidelineSet] = []
    files: list[YamlFile] = []
    owners: dict[str, Path] = {}
    themes = map_goals()
    for path in paths:
        file = read_yaml(path)
        guideline_set = _complete_goals(parse_set(file), themes)
        _claim_ids(guideline_set, file, owners)
        sets.append(guideline_set)
        files.append(file)
    _check_successors(sets, files)
    return tuple(sets)


def parse_set(file: YamlFile) -> GuidelineSet:
    """Return a file's guideline set; raises GuidelineError when it breaks the format."""
    guideline_set = file.parse(GuidelineSet)
    if guideline_set.valid_to and guideline_set.valid_to < guideline_set.valid_from:
        raise file.error("settet slutter å gjelde før det begynner (valid_from)", ("valid_to",))
    _check_parents(guideline_set, file)
    for index, goal in enumerate(guideline_set.goals):
        _check_terms(goal, file, index)
    return guideline_set


def _complete_goals(guideline_set: GuidelineSet, themes: Mapping[str, ThemeId]) -> GuidelineSet:
    """Return the set with what its goals do not say themselves: whose they are, and the theme of the shipped ones."""
    goals = tuple(
        goal.model_copy(update={"set_id": guideline_set.id, "theme": goal.theme or themes.get(goal.id)})
        for goal in guideline_set.goals
    )
    return guideline_set.model_copy(update={"goals": goals})


def _find_user_files(folders: Iterable[Path]) -> list[Path]:
    """Return the guideline files of the user's folders; files named as a rule file are left to `load_rules`."""
    return [path for folder in folders for path in list_yaml_files(folder) if path.stem not in RULE_FILES]


def _claim_ids(guideline_set: GuidelineSet, file: YamlFile, owners: dict[str, Path]) -> None:
    """Note whose the set's ids are; raises GuidelineError when another file, or this one, already uses one."""
    places: list[tuple[str, Location]] = [(guideline_set.id, ("id",))]
    places += [(theme.id, ("themes", index, "id")) for index, theme in enumerate(guideline_set.themes)]
    places += [(goal.id, ("goals", index, "id")) for index, goal in enumerate(guideline_set.goals)]
    for claimed, location in places:
        owner = owners.get(claimed)
        if owner is not None:
            where = "tidligere i filen" if owner == file.path else f"i {owner}"
            raise file.error(f"id «{claimed}» er alt brukt {where}", location)
        owners[claimed] = file.path


def _check_successors(sets: Sequence[GuidelineSet], files: Sequence[YamlFile]) -> None:
    known = {each.id for each in sets}
    for guideline_set, file in zip(sets, files, strict=True):
        successor = guideline_set.replaced_by
        if successor is not None and (successor not in known or successor == guideline_set.id):
            raise file.error(f"«{successor}» er ikke et annet sett", ("replaced_by",))


def _check_parents(guideline_set: GuidelineSet, file: YamlFile) -> None:
    parents = {theme.id for theme in guideline_set.themes} | {goal.id for goal in guideline_set.goals}
    for index, goal in enumerate(guideline_set.goals):
        if goal.parent is not None and (goal.parent not in parents or goal.parent == goal.id):
            raise file.error(
                f"«{goal.parent}» er verken et tema eller et annet mål i filen", ("goals", index, "parent")
            )


def _check_terms(goal: Goal, file: YamlFile, index: int) -> None:
    location = ("goals", index, "terms")
    for language in ("nb", "nn"):
        if not any(term.language in {None, language} for term in goal.terms):
            raise file.error(f"målet har ingen begreper på {language}", location)
    texts = [(term.text, term.language) for term in goal.terms]
    for text, written_in in texts:
        if texts.count((text, written_in)) > 1:
            raise file.error(f"begrepet «{text}» står to ganger", location)
    for excluding in goal.not_counted.terms:
        covered = next((term.text for term in goal.terms if excluding.covers(term)), None)
        if covered is not None:
            where = ("goals", index, "not_counted", "terms")
            raise file.error(f"«{excluding.text}» kan ikke både telle og ikke telle (jf. begrepet «{covered}»)", where)
