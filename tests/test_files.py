"""A file that is replaced is never seen half written."""

from __future__ import annotations

import pytest

from compliance.errors import SettingsError
from compliance.files import write_atomically


def test_file_appears_when_the_block_ends(tmp_path):
    path = tmp_path / "new" / "file.txt"
    with write_atomically(path) as stream:
        stream.write(b"whole")
        assert not path.exists()
    assert path.read_bytes() == b"whole"
    assert list(path.parent.iterdir()) == [path]


def test_earlier_file_stays_where_the_block_fails(tmp_path):
    path = tmp_path / "file.txt"
    path.write_bytes(b"earlier")
    with pytest.raises(TypeError), write_atomically(path) as stream:
        stream.writelines([b"half", None])
    assert path.read_bytes() == b"earlier"
    assert list(tmp_path.iterdir()) == [path]


def test_place_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").touch()
    with (
        pytest.raises(SettingsError, match=r"x\.txt: kan ikke skrives: "),
        write_atomically(tmp_path / "file" / "x.txt"),
    ):
        pass
