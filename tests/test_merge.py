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


def check_of_the_merge(root: Path, *more: str) -> int:
    """Run what the workflow runs: HEAD is the merge, its parents are what was merged."""
    return run(root, "reanchor", "--check", "--from", "HEAD^1", "--from", "HEAD^2", *more)


def test_a_note_that_a_merge_would_move_to_a_like_word(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The word it is about is corrected, and its like is written elsewhere in the block.

    The quotation stands once in both branches and once in the merge: check is content.
    """
    note = ("letter", passage("p3", "letter"))
    diverged(
        root, note, "correction", ("No letter came that week.", "No ledger. A letter was late.")
    )
    git(root, "checkout", "-q", "main")
    merged(root, "correction")
    merged(root, "note")
    assert run(root, "check") == 0
    assert git(root, "rev-parse", "HEAD^2") == git(root, "rev-parse", "note")
    capsys.readouterr()
    before = git(root, "status", "--porcelain")
    summary = tmp_path / "summary.md"
    assert check_of_the_merge(root, "--summary", str(summary)) == 1
    said = capsys.readouterr().err
    assert f"--> {LETTER}/notes/letter.md:4:10" in said
    assert "where this passage stands now must be decided" in said
    assert "Records would be about other words" in said
    assert "notes/letter.md" in summary.read_text()
    assert git(root, "status", "--porcelain") == before
    # From main alone nothing is seen of it: it does not have the note.
    assert run(root, "reanchor", "--check", "--from", "HEAD^1") == 0
    # Somebody decides, and the file says so: the check of the next merge result is content.
    git(root, "checkout", "-q", "note")
    merged(root, "correction")
    annotate(root, "letter", passage("p3", "ledger"))
    commit(root, "Decided")
    git(root, "checkout", "-q", "correction")
    git(root, "merge", "-q", "--no-ff", "--no-edit", "--no-gpg-sign", "note")
    assert check_of_the_merge(root) == 0


def test_a_note_of_main_that_a_proposal_would_move(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who corrects a text must carry the notes that stand on it, or say that they are right."""
    annotate(root, "letter", passage("p3", "letter"))
    commit(root, "A note on main")
    git(root, "checkout", "-q", "-b", "correction")
    correct(root, "No letter came that week.", "No ledger. A letter was late.")
    commit(root, "A correction")
    git(root, "checkout", "-q", "main")
    git(root, "merge", "-q", "--no-ff", "--no-edit", "--no-gpg-sign", "correction")
    assert run(root, "check") == 0
    assert check_of_the_merge(root) == 1
    assert "notes/letter.md" in capsys.readouterr().err
    assert run(root, "reanchor", "--from", "HEAD^1", "--as-it-is", "letter") == 0
    assert 'prefix: "A"' in (root / LETTER / "notes/letter.md").read_text()
    assert check_of_the_merge(root) == 0


def test_what_either_side_has_carried_itself_is_left(root: Path) -> None:
    """Both correct, and both carry their notes: git joins it, and nothing is told."""
    git(root, "checkout", "-q", "-b", "one")
    annotate(root, "weather", passage("p2", "the wether"))
    commit(root, "A note")
    before = git(root, "rev-parse", "HEAD")
    correct(root, "wether", "weather")
    assert run(root, "reanchor", "--from", before) == 0
    commit(root, "A correction, and its note carried")
    git(root, "checkout", "-q", "main")
    correct(root, "the harbour", "the harbor")
    assert run(root, "reanchor", "--from", "HEAD") == 0
    commit(root, "Another, and its note carried")
    merged(root, "one")
    assert run(root, "check") == 0
    assert check_of_the_merge(root) == 0


def test_a_passage_that_a_merge_moves_into_another_block(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is certain where it went, so nobody need be asked; but it must be written."""
    note = ("weather", passage("p2", "wether"))
    diverged(root, note, "correction", ("@p p2\n", "@p p2\nThe wether was fine.\n\n@p p2b\n"))
    capsys.readouterr()
    merged(root, "note")
    assert run(root, "check") == 0
    parents = ("--from", "HEAD^1", "--from", "HEAD^2")
    assert run(root, "reanchor", "--check", *parents) == 1
    said = capsys.readouterr()
    assert f"Would be changed: {LETTER}/notes/weather.md" in said.err
    assert run(root, "reanchor", *parents) == 0
    assert 'block: "p2b"' in (root / LETTER / "notes/weather.md").read_text()


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
