"""Two builds in one folder: the second waits for the first, and goes on when that is dead."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.copies import sound_copy

PROJECT = Path(__file__).resolve().parents[1]
HOLDS = """
import sys, time
from pathlib import Path
from build_tools.publish.lock import alone_in
with alone_in(Path(sys.argv[1]), print):
    print("held", flush=True)
    time.sleep(300)
"""
WAITING = "another build is at work here; waiting for it"


def started(*args: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-u", *args],
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def line_of(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


@pytest.mark.parametrize("command", ["build", "pages"])
def test_who_comes_second_waits_until_the_first_is_dead(tmp_path: Path, command: str) -> None:
    root = sound_copy(tmp_path)
    with started("-c", HOLDS, str(root)) as first:
        assert line_of(first) == "held"
        with started("-m", "build_tools", "--root", str(root), command) as second:
            assert line_of(second) == WAITING
            assert not (root / "site").exists()
            assert not (root / "docs/edition").exists()
            first.kill()
            said, _ = second.communicate(timeout=300)
    assert second.returncode == 0, said
    assert WAITING not in said


def test_two_builds_at_once_are_both_sound(tmp_path: Path) -> None:
    root = sound_copy(tmp_path)
    both = [started("-m", "build_tools", "--root", str(root), "build") for _ in range(2)]
    for one in both:
        said, _ = one.communicate(timeout=300)
        assert one.returncode == 0, said
    assert (root / "site/index.html").is_file()
