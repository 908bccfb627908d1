"""Ctrl-C, whenever it comes: nothing is half done, and the next build goes on as if nothing was."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.metadata import entry_points
from pathlib import Path
from typing import ParamSpec, TypeVar

import pytest

from build_tools import pipeline
from build_tools.door import STOPPED
from build_tools.publish import offline
from build_tools.publish.swap import swap
from tests.copies import Tree, run, sound_copy, tree

P = ParamSpec("P")
R = TypeVar("R")

PROJECT = Path(__file__).resolve().parents[1]
DOCUMENTS = 50
"""Enough for several processes to be at work."""


def started(root: Path) -> subprocess.Popen[str]:
    """Begin a build in a group of processes of its own, as a terminal does."""
    return subprocess.Popen(
        [sys.executable, "-m", "build_tools", "--root", str(root), "build"],
        env={**os.environ, "PYTHONPATH": str(PROJECT), "SOURCE_DATE_EPOCH": "1600000000"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def still_there(group: int) -> bool:
    """Tell whether a process of the group lives."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Tree, float]:
    """Make a demonstration, its site, and measure how long that takes."""
    root = tmp_path_factory.mktemp("interrupted")
    pipeline.demonstration(root, DOCUMENTS)
    began = time.monotonic()
    with started(root) as build:
        assert build.wait() == 0
    return root, tree(root / "site"), time.monotonic() - began


@pytest.mark.parametrize("part", [0.2, 0.5, 0.8])
def test_ctrl_c_leaves_nothing_half_done(
    demonstration: tuple[Path, Tree, float], part: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, site, seconds = demonstration
    for made in (root / ".edition/state").iterdir():
        made.unlink()
    with started(root) as build:
        time.sleep(seconds * part)
        os.killpg(build.pid, signal.SIGINT)
        out, err = build.communicate(timeout=30)
    if build.returncode:
        assert build.returncode == STOPPED
        assert err.strip() == "Stopped."
    assert "Traceback" not in out + err
    time.sleep(0.2)
    assert not still_there(build.pid)
    assert tree(root / "site") == site
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1600000000")
    assert run(root, "build") == 0
    assert tree(root / "site") == site


@pytest.mark.parametrize("part", [0.25, 0.6])
def test_a_build_that_is_killed_leaves_nothing_for_ever(
    demonstration: tuple[Path, Tree, float], part: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, site, seconds = demonstration
    for made in (root / ".edition/state").iterdir():
        made.unlink()
    shutil.rmtree(root / "docs/edition")
    with started(root) as build:
        time.sleep(seconds * part)
        os.killpg(build.pid, signal.SIGKILL)
        build.communicate(timeout=30)
    assert tree(root / "site") == site
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1600000000")
    assert run(root, "build") == 0
    assert tree(root / "site") == site
    assert not list(root.rglob(".writing-*"))


def interrupting(real: Callable[P, R]) -> Callable[P, R]:
    """Press Ctrl-C when something has just been done."""

    def done(*args: P.args, **kwargs: P.kwargs) -> R:
        result = real(*args, **kwargs)
        os.kill(os.getpid(), signal.SIGINT)
        return result

    return done


def finished(root: Path) -> dict[str, Tree]:
    return {name: tree(root / name) for name in ("site", "site-offline", "dist")}


@pytest.fixture
def both_sites(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make both sites and the zip, and change a note since."""
    if not (PROJECT / "node_modules/iframe-worker").is_dir():
        pytest.skip("the script of the offline search is not installed")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1600000000")
    root = sound_copy(tmp_path / "both")
    (root / "node_modules").symlink_to(PROJECT / "node_modules")
    assert run(root, "build", "--all") == 0
    note = root / "edition/documents/letter/notes/blot.md"
    note.write_text(note.read_text() + "\nWritten before the second build.\n")
    return root


@pytest.mark.parametrize("step", ["_differs", "pack"])
def test_ctrl_c_before_the_swap_leaves_both_sites_and_the_zip(
    step: str, both_sites: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = finished(both_sites)
    room = offline if step == "_differs" else pipeline
    monkeypatch.setattr(room, step, interrupting(getattr(room, step)))
    assert run(both_sites, "build", "--all") == STOPPED
    assert finished(both_sites) == before


def test_ctrl_c_during_the_swap_replaces_all_of_them(
    both_sites: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = finished(both_sites)
    with monkeypatch.context() as pressed:
        pressed.setattr(pipeline, "swap", interrupting(swap))
        assert run(both_sites, "build", "--all") == STOPPED
    assert capsys.readouterr().err.strip() == "Stopped."
    after = finished(both_sites)
    assert all(after[name] != before[name] for name in after)
    assert run(both_sites, "build", "--all") == 0
    assert finished(both_sites) == after


DURING = """
import runpy, sys


class Pressed:
    \"\"\"Presses Ctrl-C while a library is being loaded.\"\"\"

    def find_spec(self, name, path=None, target=None):
        if name == "click":
            raise KeyboardInterrupt


sys.meta_path.insert(0, Pressed())
runpy.run_module("build_tools", run_name="__main__")
"""


def test_ctrl_c_is_answered_before_everything_is_loaded() -> None:
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    done = subprocess.run(
        [sys.executable, "-c", DURING], env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (STOPPED, "", "Stopped.\n")


def test_the_command_begins_at_the_door() -> None:
    (command,) = entry_points(group="console_scripts", name="edition")
    assert command.value == "build_tools.door:main"
