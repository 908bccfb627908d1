"""How time grows with size: a ratio of two measurements of the same run, never seconds."""

from __future__ import annotations

import time
from collections.abc import Callable

TIMES = 8
MARGIN = 4
NOISE = 0.002
"""Seconds below which a measurement says nothing."""


def assert_grows_in_step(work: Callable[[int], object], size: int) -> None:
    """Fail if eight times the size takes much more than eight times as long."""
    small = min(_seconds(work, size) for _ in range(3))
    large = min(_seconds(work, TIMES * size) for _ in range(2))
    assert large <= TIMES * MARGIN * max(small, NOISE), f"{large / small:.0f} times as long"


def _seconds(work: Callable[[int], object], size: int) -> float:
    # The time of this process alone: others may be busy on the same machine.
    start = time.process_time()
    work(size)
    return time.process_time() - start
