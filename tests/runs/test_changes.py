"""A run's folder belongs to what was analysed into it: files are added, replaced and recognised, never lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders import make_reading
from compliance.errors import RunFolderError
from compliance.files import describe_path, hash_file
from compliance.records import Rejected, RejectionReason, Stage
from compliance.runs.changes import RunSettings, find_changes, find_earlier, locate
from compliance.store.runs import open_run

NOW = RunSettings("settings", "limits", prune=False, retry=False)
PRUNE = RunSettings("settings", "limits", prune=True, retry=False)
OTHER = RunSettings("other", "other limits", prune=False, retry=False)


@pytest.fixture
def store(tmp_path: Path):
    with open_run(tmp_path / "out") as opened:
        yield opened


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    folder = tmp_path / "plans"
    folder.mkdir()
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text(f"Plan {name}", encoding="utf-8")
    return folder


def save(store, path: Path, *, settings: RunSettings = NOW, has_path: bool = True) -> str:
    reading = make_reading(["Kommunen skal."], document_id=f"{path.stem}-{hash_file(path)[:8]}")
    object.__setattr__(reading.document, "name", path.name)
    object.__setattr__(reading.document, "sha256", hash_file(path))
    place = locate(path) if has_path else None
    store.save_reading(reading, records=[], config_sha256=settings.analysis, path=place)
    return reading.document.id


def hash_each(*paths: Path) -> dict[Path, str | None]:
    return {path: hash_file(path) for path in paths}


def test_file_as_it_was_is_not_analysed_again(store, plans: Path) -> None:
    saved = save(store, plans / "a.txt")
    changes = find_changes(hash_each(plans / "a.txt", plans / "b.txt"), store, settings=NOW)
    assert (changes.to_analyse, dict(changes.unchanged)) == ((plans / "b.txt",), {saved: str(plans / "a.txt")})


def test_other_settings_analyse_again_what_earlier_runs_left(store, plans: Path) -> None:
    save(store, plans / "a.txt")
    changes = find_changes(hash_each(plans / "b.txt"), store, settings=OTHER)
    assert changes.to_analyse == (plans / "b.txt", plans / "a.txt")


def test_other_settings_and_files_that_are_gone_end_the_run(store, plans: Path) -> None:
    save(store, plans / "a.txt")
    (plans / "a.txt").unlink()
    with pytest.raises(RunFolderError, match=r"finnes ikke lenger: a\.txt\."):
        find_changes(hash_each(plans / "b.txt"), store, settings=OTHER)


def test_what_is_to_be_removed_is_not_asked_for(store, plans: Path) -> None:
    save(store, plans / "a.txt", settings=OTHER)
    (plans / "a.txt").unlink()
    assert find_changes(hash_each(plans / "b.txt"), store, settings=PRUNE).to_analyse == (plans / "b.txt",)


def test_of_two_equal_files_the_one_that_is_analysed_counts(store, plans: Path) -> None:
    (plans / "b.txt").write_bytes((plans / "a.txt").read_bytes())
    saved = save(store, plans / "b.txt")
    changes = find_changes(hash_each(plans / "a.txt", plans / "b.txt"), store, settings=NOW)
    assert list(changes.unchanged) == [saved]
    assert [(each.id, each.reason) for each in changes.rejected] == [(str(plans / "a.txt"), RejectionReason.DUPLICATE)]


def test_file_under_a_new_name_takes_the_place_of_the_old(store, plans: Path) -> None:
    saved = save(store, plans / "a.txt")
    (plans / "a.txt").rename(plans / "c.txt")
    changes = find_changes(hash_each(plans / "c.txt"), store, settings=NOW)
    assert (changes.to_analyse, changes.superseded) == ((plans / "c.txt",), (saved,))


def test_copy_of_an_earlier_runs_file_is_told(store, plans: Path) -> None:
    save(store, plans / "a.txt")
    (plans / "c.txt").write_bytes((plans / "a.txt").read_bytes())
    changes = find_changes(hash_each(plans / "c.txt"), store, settings=NOW)
    assert changes.to_analyse == ()
    assert changes.rejected[0].detail.startswith("Filen er helt lik a.txt.")


@pytest.mark.parametrize(
    ("settings", "tried"),
    [
        pytest.param(NOW, False, id="same limits"),
        pytest.param(RunSettings("settings", "limits", prune=False, retry=True), True, id="asked for"),
        pytest.param(RunSettings("settings", "more time", prune=False, retry=False), True, id="other limits"),
    ],
)
def test_file_that_was_given_up_is_left_until_asked_for(store, plans: Path, settings, tried) -> None:
    slow = Rejected("a.txt", Stage.INGEST, RejectionReason.TOO_SLOW, "Filen tok for lang tid.")
    store.give_up(hash_file(plans / "a.txt"), slow, settings="limits")
    changes = find_changes(hash_each(plans / "a.txt"), store, settings=settings)
    assert changes.to_analyse == ((plans / "a.txt",) if tried else ())
    assert [each.detail for each in changes.rejected] == ([] if tried else [slow.detail])


@pytest.mark.parametrize("has_path", [True, False], ids=["by place", "by name, from before places were kept"])
def test_earlier_version_of_a_file_is_found(store, plans: Path, has_path: bool) -> None:
    saved, other = (save(store, plans / name, has_path=has_path) for name in ("a.txt", "b.txt"))
    (plans / "a.txt").write_text("Ny plan", encoding="utf-8")
    assert find_earlier(plans / "a.txt", store.list_documents()) == (saved,)
    assert find_earlier(plans / "b.txt", store.list_documents(), but={other}) == ()


def test_name_that_is_not_utf8_is_shown_stored_and_found_again(store, tmp_path: Path) -> None:
    path = tmp_path / b"\xf8konomi\x1bplan.txt".decode("utf-8", "surrogateescape")
    path.write_text("Plan", encoding="utf-8")
    assert describe_path(path.name) == "�konomi�plan.txt"
    assert find_changes(hash_each(path), store, settings=NOW).to_analyse == (path,)


def test_of_two_alike_the_one_whose_name_is_right_counts(store, tmp_path: Path) -> None:
    for name in ("plan.pdf", "plan_kopi.txt"):
        (tmp_path / name).write_text("Kommunen skal dele data med innbyggerne.", encoding="utf-8")
    changes = find_changes(hash_each(tmp_path / "plan.pdf", tmp_path / "plan_kopi.txt"), store, settings=NOW)
    assert changes.to_analyse == (tmp_path / "plan_kopi.txt",)
    assert [rejected.id for rejected in changes.rejected] == [describe_path(tmp_path / "plan.pdf")]
