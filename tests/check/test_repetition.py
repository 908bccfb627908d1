"""Of two notes that say the same the newer is told, or both where none is newer."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.copies import run
from tests.repositories import LETTER, annotate, passage, small_edition

SAYS = "The office was closed on Mondays and had no clerk at all."


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = small_edition(tmp_path / "edition", {"p1": "One two three."}, {})
    annotate(root, "aged", passage("p1", "One"), f"What is known.\n\n{SAYS}\nThat is all")
    annotate(root, "bold", passage("p1", "two"), f"{SAYS} So it says")
    return root


def dated(root: Path, name: str, date: str) -> None:
    file = root / LETTER / "notes" / f"{name}.md"
    file.write_text(file.read_text().replace("2026-11-24", date))


@pytest.mark.parametrize(
    ("newer", "line", "older", "other"), [("bold", 12, "aged", 14), ("aged", 14, "bold", 12)]
)
def test_the_newer_is_told(
    root: Path,
    newer: str,
    line: int,
    older: str,
    other: int,
    capsys: pytest.CaptureFixture[str],
) -> None:
    dated(root, newer, "2026-11-25")
    assert run(root, "check") == 1
    said = capsys.readouterr().err
    assert (
        f'"{newer}" says again what "{older}" says ({LETTER}/notes/{older}.md:{other}): "{SAYS}"'
        in said
    )
    assert f"--> {LETTER}/notes/{newer}.md:{line}\n" in said
    assert "1 problem found." in said


def test_where_none_is_newer_both_are_told(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(root, "check") == 1
    said = capsys.readouterr().err
    assert f"--> {LETTER}/notes/aged.md:14\n" in said
    assert f"--> {LETTER}/notes/bold.md:12\n" in said
    assert "2 problems found." in said


def test_a_third_is_told_of_the_first(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dated(root, "aged", "2026-11-22")
    annotate(root, "cold", passage("p1", "three"), SAYS[:-1])
    dated(root, "cold", "2026-11-23")
    assert run(root, "check") == 1
    said = capsys.readouterr().err
    assert '"cold" says again what "aged" says' in said
    assert '"bold" says again what "aged" says' in said
    assert "2 problems found." in said


def test_a_note_may_say_a_thing_twice_itself(root: Path) -> None:
    (root / LETTER / "notes/bold.md").unlink()
    annotate(root, "aged", passage("p1", "One"), f"{SAYS}\n\n{SAYS} And")
    assert run(root, "check") == 0
