"""Folders of guideline and rule files."""

from __future__ import annotations

from pathlib import Path

from compliance.errors import SettingsError


def list_yaml_files(folder: Path) -> list[Path]:
    """Return the folder's YAML files, `.yaml` and `.yml`, by name; raises SettingsError when there is no folder."""
    if not folder.is_dir():
        raise SettingsError(f"Mappen {folder} finnes ikke.", field="guidelines.folders")
    return sorted(path for path in folder.iterdir() if path.suffix in {".yaml", ".yml"} and path.is_file())
