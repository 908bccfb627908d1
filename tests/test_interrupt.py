"""Ctrl-C, whenever it comes: nothing is half done, and the next build goes on as if nothing was."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from build_tools import pipeline
from tests.copies import Tree, run, tree

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
        assert build.returncode == 2
        assert err.strip() == "Stopped."
    assert "Traceback" not in out + err
    time.sleep(0.2)
    assert not still_there(build.pid)
    assert tree(root / "site") == site
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1600000000")
    assert run(root, "build") == 0
    assert tree(root / "site") == site
