"""What a process holds of a file is what is in the file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from build_tools.publish import held


def read(file: Path, parsed: list[str]) -> str:
    def parse(text: str) -> str:
        parsed.append(text)
        return text.upper()

    return held.read(file, parse)


def test_it_is_parsed_once(tmp_path: Path) -> None:
    file, parsed = tmp_path / "state", list[str]()
    file.write_text("one")
    assert [read(file, parsed), read(file, parsed)] == ["ONE", "ONE"]
    assert parsed == ["one"]


def test_what_was_written_is_held(tmp_path: Path) -> None:
    file, parsed = tmp_path / "state", list[str]()
    held.write(file, "ONE", str.lower)
    assert file.read_text() == "one"
    assert (read(file, parsed), parsed) == ("ONE", [])


def test_a_file_that_is_another_is_read(tmp_path: Path) -> None:
    file, parsed = tmp_path / "state", list[str]()
    held.write(file, "ONE", str.lower)
    state = file.stat()
    file.write_text("two")
    os.utime(file, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert read(file, parsed) == "TWO"


def test_a_file_that_is_gone_is_not_held(tmp_path: Path) -> None:
    file = tmp_path / "state"
    held.write(file, "ONE", str.lower)
    file.unlink()
    with pytest.raises(FileNotFoundError):
        read(file, [])
