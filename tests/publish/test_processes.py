"""Work shared out among processes comes to what one process does."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from build_tools.publish import processes
from build_tools.publish.processes import over_processes

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "processors", lambda: 3)
    monkeypatch.setattr("threading.active_count", lambda: 1)


@pytest.mark.parametrize("count", [0, 1, 23, 24, 48, 50, 71, 72, 200])
def test_results_come_in_order(count: int) -> None:
    assert over_processes(lambda n: n * n, range(count)) == [n * n for n in range(count)]


def test_it_is_done_in_several_processes() -> None:
    def slow(_: int) -> int:
        time.sleep(0.02)
        return os.getpid()

    assert len(set(over_processes(slow, range(100)))) == 3


def test_work_is_taken_by_whoever_is_free() -> None:
    def uneven(n: int) -> int:
        time.sleep(0.5 if n == 0 else 0.001)
        return os.getpid()

    found = over_processes(uneven, range(200))
    assert found.count(found[0]) < 100 / 3


def test_there_may_be_more_things_than_numbers_in_a_pipe() -> None:
    assert over_processes(lambda n: -n, range(100_003)) == [-n for n in range(100_003)]


def test_what_is_closed_over_need_not_be_sent() -> None:
    with Path(os.devnull).open() as cannot_be_sent:
        found = over_processes(lambda n: n + cannot_be_sent.fileno() * 0, range(60))
    assert found == list(range(60))


def test_a_fault_is_raised_here() -> None:
    def fails(n: int) -> int:
        if n == 55:
            raise ValueError("number 55")
        return n

    with pytest.raises(ValueError, match="number 55"):
        over_processes(fails, range(100))


def test_a_process_that_ends_early_is_made_good() -> None:
    first = os.getpid()

    def ends(n: int) -> int:
        if os.getpid() != first:
            os._exit(3)
        return n

    assert over_processes(ends, range(100)) == list(range(100))


def test_results_that_cannot_be_sent_are_made_good() -> None:
    def made(n: int) -> Callable[[], int]:
        return lambda: n

    assert [result() for result in over_processes(made, range(60))] == list(range(60))


def test_with_threads_it_stays_in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("threading.active_count", lambda: 2)
    assert set(over_processes(lambda _: os.getpid(), range(100))) == {os.getpid()}


PRESSED = """
import os, signal, sys
from build_tools.publish import processes
processes.processors = lambda: 3
os.register_at_fork(after_in_parent=lambda: os.kill(os.getpid(), signal.SIGINT))
signal.signal(signal.SIGINT, signal.default_int_handler)
try:
    processes.over_processes(lambda n: n, range(100))
except KeyboardInterrupt:
    try:
        os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        sys.exit(7)
"""
"""Ctrl-C at the very moment at which the process is copied; no copy may be left."""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no process is copied")
def test_ctrl_c_while_a_process_is_copied_is_heard() -> None:
    pressed = subprocess.run(
        [sys.executable, "-c", PRESSED],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (pressed.stderr, pressed.returncode) == ("", 7)
