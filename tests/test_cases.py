"""Every mistake is answered: one folder of ``cases/`` for every code, and its sound neighbour.

``tests/README.md`` tells how to write one.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from build_tools import pipeline
from build_tools.model.codes import CODES, ERROR
from tests.copies import EDITS, LAID, REMOVED, laid_copy, run, tree

CASES = Path(__file__).parent / "cases"
BUILDS = ("docs/edition/", ".edition/")
"""What a build may write before it finds a problem; the site it may not."""

BUILT_LINE = re.compile(r"^ +(--> \S+\.html):\d+$", re.MULTILINE)
"""A line of a finished page: it changes with every change of the theme."""


def command_of(case: Path) -> str:
    told = case / "command.txt"
    return told.read_text(encoding="utf-8").strip() if told.is_file() else "check"


CHECKED = [code for code in sorted(CODES) if command_of(CASES / code) == "check"]


def exit_code_of(code: str) -> int:
    """A warning lets the work go on; an error does not."""
    return int(CODES[code].severity == ERROR)


def heads(report: str) -> list[str]:
    return re.findall(r"^(?:error|warning)\[([a-z-]+)\]: ", report, re.MULTILINE)


def steady(report: str) -> str:
    """Leave out the lines of finished pages, and the indent that their numbers need."""
    if not BUILT_LINE.search(report):
        return report
    return re.sub(r"^ +=", "  =", BUILT_LINE.sub(r" \1:…", report), flags=re.MULTILINE)


def test_there_is_a_case_for_every_code_and_no_other() -> None:
    assert {case.name for case in CASES.iterdir()} == set(CODES)


@pytest.mark.parametrize("code", sorted(CODES))
def test_a_case_holds_nothing_that_is_not_used(code: str) -> None:
    used = {*LAID, EDITS, REMOVED}
    case = {path.name for path in (CASES / code).iterdir()}
    neighbour = {path.name for path in (CASES / code / "neighbour").iterdir()}
    assert case - {"command.txt", "expected.txt", "neighbour"} <= used
    assert neighbour <= used
    assert neighbour


@pytest.mark.parametrize("code", sorted(CODES))
def test_a_mistake_is_told_and_nothing_is_written(
    code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], update_golden: bool
) -> None:
    case, command = CASES / code, command_of(CASES / code)
    root = laid_copy(case, tmp_path / "edition")
    if not (root / "site").exists():
        (root / "site").mkdir()
        (root / "site" / "404.html").write_text("The last good site.\n")
    made = BUILDS if command == "build" else ()
    before = tree(root, made)
    capsys.readouterr()
    exit_code = run(root, command)
    said = steady(capsys.readouterr().err)
    if update_golden:
        (case / "expected.txt").write_text(said, encoding="utf-8")
    assert said == (case / "expected.txt").read_text(encoding="utf-8")
    assert heads(said) == [code], "exactly this problem, and no other"
    assert exit_code == exit_code_of(code)
    assert tree(root, made) == before


@pytest.mark.parametrize("code", sorted(CODES))
def test_the_neighbour_of_a_mistake_is_sound(
    code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = laid_copy(CASES / code / "neighbour", tmp_path / "edition")
    capsys.readouterr()
    exit_code = run(root, command_of(CASES / code))
    assert capsys.readouterr().err == ""
    assert exit_code == 0


@pytest.mark.parametrize("code", CHECKED)
def test_programs_are_told_the_same_problems(
    code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = laid_copy(CASES / code, tmp_path / "edition")
    assert run(root, "check", "--format", "json") == exit_code_of(code)
    told = json.loads(capsys.readouterr().out)
    found = pipeline.check(root).problems
    assert [problem["code"] for problem in told] == [code]
    keys = ("code", "severity", "message", "hint", "file", "line", "column")
    assert all(tuple(problem) == keys for problem in told)
    assert [(p["code"], p["severity"], p["message"]) for p in told] == [
        (p.code, p.severity, p.message) for p in found
    ]
    assert [(p["file"], p["line"], p["column"]) for p in told] == [
        (p.place.file, p.place.line, p.place.column) for p in found
    ]
    for problem, one in zip(told, found, strict=True):
        assert all(part in problem["hint"] for part in (one.hint, *one.closest))
