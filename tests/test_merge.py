"""Git can join two sound changes cleanly and lose a passage: the check of the result sees it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.copies import run
from tests.repositories import LETTER, annotate, commit, git, passage, repository, small_edition

TEXTS = {
    "p1": "The captain wrote that the ship had left the harbour in the morning.",
    "p2": "He thought the wether would hold.",
    "p3": "No letter came that week.",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = small_edition(tmp_path / "edition", TEXTS, {"harbour": passage("p1", "the harbour")})
    return repository(root)


def correct(root: Path, old: str, new: str) -> None:
    file = root / LETTER / "transcription.txt"
    text = file.read_text()
    assert text.count(old) == 1
    file.write_text(text.replace(old, new))


def merged(root: Path, branch: str) -> None:
    """Merge a branch; git must find nothing to ask."""
    git(root, "merge", "-q", "--no-edit", "--no-gpg-sign", branch)
    assert git(root, "status", "--porcelain") == ""


def diverged(root: Path, note: tuple[str, str], branch: str, correction: tuple[str, str]) -> None:
    """Make a branch with a note and one with a correction of the text, each of them sound."""
    git(root, "checkout", "-q", "-b", "note")
    annotate(root, *note)
    assert run(root, "check") == 0
    commit(root, "A note")
    git(root, "checkout", "-q", "-b", branch, "main")
    correct(root, *correction)
    assert run(root, "check") == 0
    commit(root, "A correction")


def test_two_sound_branches_that_lose_a_passage_together(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    note = ("weather", passage("p2", "the wether"))
    diverged(root, note, "correction", ("wether", "weather"))
    capsys.readouterr()
    merged(root, "note")
    assert run(root, "check") == 1
    said = capsys.readouterr().err
    assert "error[anchor-not-found]" in said
    assert f"--> {LETTER}/notes/weather.md:4:10" in said
    assert "1 problem found." in said
    # The note is carried from the state in which it was written.
    assert run(root, "reanchor", "--from", "note") == 0
    assert run(root, "check") == 0
    assert '"the weather"' in (root / LETTER / "notes/weather.md").read_text()


def test_two_sound_branches_that_make_a_quotation_ambiguous(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Git joins a new sentence and a new note; the words of the note then stand twice."""
    note = ("letter", passage("p3", "letter"))
    diverged(root, note, "addition", ("that week.", "that week. The letter was late."))
    capsys.readouterr()
    merged(root, "note")
    assert run(root, "check") == 1
    assert "error[anchor-ambiguous]" in capsys.readouterr().err


def test_two_notes_of_two_branches_do_not_meet(root: Path) -> None:
    git(root, "checkout", "-q", "-b", "one")
    annotate(root, "weather", passage("p2", "the wether"))
    commit(root, "One note")
    git(root, "checkout", "-q", "-b", "two", "main")
    annotate(root, "letter", passage("p3", "letter"))
    commit(root, "Another")
    merged(root, "one")
    assert run(root, "check") == 0


def test_what_the_forge_shows_of_it(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nine annotations at most, those of the branch first, and all of them in the summary."""
    for n in range(11):
        annotate(root, f"lost-{n:02}", passage("p3", f"lost {n}"))
    commit(root, "Eleven notes without a passage")
    annotate(root, "weather", passage("p2", "the weather"))
    summary = tmp_path / "summary.md"
    summary.write_text("# Before\n")
    command = ("check", "--format", "github", "--summary", str(summary), "--since", "HEAD")
    assert run(root, *command) == 1
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 10
    assert f"{LETTER}/notes/weather.md" in lines[0]
    assert lines[9] == "::error::and 3 more: the summary and the log have them all"
    text = summary.read_text()
    assert text.startswith("# Before\n## 12 problems found\n")
    assert text.count("error[anchor-not-found]") == 12
    assert run(root, "check", "--since", "nonsense", "--format", "github") == 2
    assert run(root, "check", "--summary", str(tmp_path / "no" / "where.md")) == 2
    assert "look whether" in capsys.readouterr().err
