"""Where the package's data folders are, installed or in a source checkout."""

from __future__ import annotations

from pathlib import Path

from compliance.errors import SettingsError

PACKAGE_DATA = Path(__file__).resolve().parent.parent / "data"
CHECKOUT = Path(__file__).resolve().parents[3]


def find_data_folder(name: str) -> Path:
    """Return the folder of shipped data called `name`: "national_guidelines" or "rules".

    The wheel keeps it in `compliance/data`; a source checkout keeps it at the top level. Raises SettingsError when
    neither holds it, which means that the installation is damaged.
    """
    for folder in (PACKAGE_DATA / name, CHECKOUT / name):
        if folder.is_dir():
            return folder
    raise SettingsError(f"Datamappen «{name}» mangler. Installer programmet på nytt.")


def list_yaml_files(folder: Path) -> list[Path]:
    """Return the folder's YAML files, `.yaml` and `.yml`, by name; raises SettingsError when there is no folder."""
    if not folder.is_dir():
        raise SettingsError(f"Mappen {folder} finnes ikke.", field="guidelines.folders")
    return sorted(path for path in folder.iterdir() if path.suffix in {".yaml", ".yml"} and path.is_file())
