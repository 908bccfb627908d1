"""The steps of the check, run as they stand on a merge of two branches, tell what they must."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from build_tools.cli import edition
from tests.copies import sound_copy

ROOT = Path(__file__).resolve().parents[2]
CHECK = ROOT / ".github" / "workflows" / "check.yml"
FORGES = [
    *sorted((ROOT / ".github" / "workflows").glob("*.yml")),
    *sorted((ROOT / ".forgejo" / "workflows").glob("*.yml")),
    ROOT / ".gitlab-ci.yml",
]
NOTE = """\
---
target:
  block: "p4"
  exact: "teh errors of typing"
label: "Left as they are"
kind: "context"
standing: "inference"
author: {name: "A. Reader"}
license: "CC-BY-4.0"
date: "2026-11-24"
---
He says so himself.
"""


def said_to_edition(text: str) -> Iterator[list[str]]:
    """Yield the words of every command of ours in a file of a forge."""
    for line in text.splitlines():
        found = re.search(r"\.venv/bin/edition ([^>|]*)", line)
        if found and not line.lstrip().startswith("#"):
            yield shlex.split(found[1])


@pytest.mark.parametrize("file", FORGES, ids=lambda file: str(file.relative_to(ROOT)))
def test_commands_of_ours_are_called_as_they_are(file: Path) -> None:
    found = list(said_to_edition(file.read_text()))
    assert found
    for name, *words in found:
        assert name in edition.commands, name
        options = {one for each in edition.commands[name].params for one in each.opts}
        given = {word for word in words if word.startswith("--")}
        assert given <= options, (name, given - options)


def git(root: Path, *words: str) -> None:
    who = ["-c", "user.name=A. Reader", "-c", "user.email=reader@example.org"]
    subprocess.run(["git", *who, *words], cwd=root, check=True, capture_output=True)


@pytest.fixture
def merged(tmp_path: Path) -> Path:
    """Make the merge result of a proposed note, and put our command where the steps look for it."""
    root = sound_copy(tmp_path / "repository")
    git(root, "init", "--quiet", "--initial-branch=main")
    (root / ".gitignore").write_text(".venv/\n.edition/\ndocs/edition/\npreview.html\n")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message=Begun")
    git(root, "checkout", "--quiet", "-b", "proposed")
    (root / "edition/documents/letter/notes/as-they-are.md").write_text(NOTE)
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message=A note")
    git(root, "checkout", "--quiet", "main")
    git(root, "merge", "--quiet", "--no-ff", "--no-edit", "proposed")
    programs = root / ".venv" / "bin"
    programs.mkdir(parents=True)
    (programs / "edition").symlink_to(Path(sys.executable).with_name("edition"))
    return root


def step(name: str) -> str:
    """Return what a step of the check runs."""
    steps = yaml.safe_load(CHECK.read_text())["jobs"]["edition"]["steps"]
    (found,) = [str(one["run"]) for one in steps if one.get("name") == name]
    return found


def ran(root: Path, name: str) -> tuple[int, str, str]:
    """Run a step as the forge does; return its code, what it said, and the summary."""
    summary = root.parent / "summary.md"
    summary.touch()
    environment = {
        **os.environ,
        "GITHUB_STEP_SUMMARY": str(summary),
        "GITHUB_EVENT_NAME": "pull_request",
        "GITHUB_WORKSPACE": str(root),
    }
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step(name)]
    done = subprocess.run(
        command, cwd=root, env=environment, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr, summary.read_text(encoding="utf-8")


def test_a_sound_proposal_is_told_with_its_passage_and_a_preview(merged: Path) -> None:
    code, said, summary = ran(merged, "Check the edition")
    assert code == 0, said
    assert "No problems found" in summary
    code, said, summary = ran(merged, "Tell what changes")
    assert code == 0, said
    assert "Left as they are" in summary
    assert "teh errors of typing" in summary
    assert "He says so himself." in (merged / "preview.html").read_text(encoding="utf-8")


def test_a_proposal_with_a_fault_is_told_at_its_line_and_in_the_summary(merged: Path) -> None:
    note = merged / "edition/documents/letter/notes/as-they-are.md"
    note.write_text(NOTE.replace("teh errors", "teh error"))
    git(merged, "commit", "--quiet", "--all", "--amend", "--no-edit")
    code, said, summary = ran(merged, "Check the edition")
    assert code == 1
    assert "::error file=edition/documents/letter/notes/as-they-are.md,line=4" in said
    assert "teh error of typing" in summary


def test_a_note_that_the_merge_moves_to_a_like_word_stops_it(merged: Path) -> None:
    """Git joins a correction with a note: its words stand once, but they are others."""
    name = "See that every note means what it meant"
    code, said, summary = ran(merged, name)
    assert code == 0, said
    assert summary == ""
    git(merged, "reset", "--quiet", "--hard", "main~1")
    file = merged / "edition/documents/letter/transcription.txt"
    text = file.read_text()
    for old, new in (
        ("teh errors of\ntyping", "its faults"),
        ("another hand.", "another hand. So let teh errors of\ntyping be."),
    ):
        assert text.count(old) == 1
        text = text.replace(old, new)
    file.write_text(text)
    git(merged, "add", "--all")
    git(merged, "commit", "--quiet", "--message=A correction")
    git(merged, "merge", "--quiet", "--no-ff", "--no-edit", "proposed")
    code, said, summary = ran(merged, name)
    assert code == 1, said
    assert "notes/as-they-are.md" in said
    assert "notes/as-they-are.md" in summary
