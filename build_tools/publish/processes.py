"""Work on many things shared out among processes that begin as copies of this one."""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from typing import BinaryIO, TypeVar

from build_tools.model.spread import Watch, one_by_one
from build_tools.publish.swap import undisturbed

Thing = TypeVar("Thing")
Result = TypeVar("Result")

WORTH = 24
"""From how many things on a further process is worth its beginning."""
BLOCK = 7
"""Things next to each other that stay together. One by one in turn, the large page and the small of
every document would fall to different processes."""


def processors() -> int:
    """Give the number of processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def over_processes(
    work: Callable[[Thing], Result], things: Sequence[Thing], /, *, watch: Watch | None = None
) -> list[Result]:
    """Do work for each thing; the results are those of `model.spread.one_by_one`.

    ``watch`` is told how far this process is: the others are about as far.

    A copy of a process with several threads, or of one that uses a system's own libraries on a
    Mac, may hang: there, and on Windows, which has no copies, it is done in this process.
    """
    count = min(processors(), len(things) // WORTH)
    if count < 2 or sys.platform != "linux" or threading.active_count() > 1:
        return _watched(work, things, len(things), watch)
    shares = [
        [at for at in range(len(things)) if at // BLOCK % count == number]
        for number in range(count)
    ]
    results: list[Result | None] = [None] * len(things)
    gc.collect()
    gc.freeze()
    children: list[tuple[int, BinaryIO]] = []
    try:
        # While a process is copied, Python would report Ctrl-C, and forget it.
        with undisturbed():
            children.extend(_started(work, [things[at] for at in part]) for part in shares[1:])
        own = [things[at] for at in shares[0]]
        for at, result in zip(shares[0], _watched(work, own, len(things), watch), strict=True):
            results[at] = result
        for share, (_, pipe) in zip(shares[1:], children, strict=True):
            answer: list[Result] | None = _answer(pipe)
            # One that ended early is done again here, so that what went wrong is seen.
            for place, at in enumerate(share):
                results[at] = work(things[at]) if answer is None else answer[place]
    finally:
        gc.unfreeze()
        for number, pipe in children:
            pipe.close()
            # It has given its answer, or is no longer asked for one.
            os.kill(number, signal.SIGKILL)
            os.waitpid(number, 0)
    return results  # type: ignore[return-value]


def _watched(
    work: Callable[[Thing], Result], things: Sequence[Thing], all_of_them: int, watch: Watch | None
) -> list[Result]:
    """Do work for the things of this process, and tell how much of all may be done."""
    if watch is None:
        return one_by_one(work, things)
    results: list[Result] = []
    for thing in things:
        results.append(work(thing))
        watch(len(results) * all_of_them // len(things), all_of_them)
    return results


def _started(work: Callable[[Thing], Result], share: Sequence[Thing]) -> tuple[int, BinaryIO]:
    reading, writing = os.pipe()
    number = os.fork()
    if number:
        os.close(writing)
        return number, os.fdopen(reading, "rb")
    # The copy: it must not come back, nor flush what the first process has still to write.
    code = 1
    try:
        # Ctrl-C reaches every process of a terminal; the first one ends this.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        os.close(reading)
        with os.fdopen(writing, "wb") as pipe:
            pickle.dump(one_by_one(work, share), pipe, pickle.HIGHEST_PROTOCOL)
        code = 0
    except BaseException:  # noqa: BLE001 - the first process does it again, and says what is wrong
        code = 1
    finally:
        os._exit(code)


def _answer(pipe: BinaryIO) -> list[Result] | None:
    try:
        found: list[Result] = pickle.load(pipe)
    except (EOFError, pickle.UnpicklingError):
        return None
    return found
