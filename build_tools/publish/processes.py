"""Work on many things shared out among processes that begin as copies of this one."""

from __future__ import annotations

import gc
import os
import pickle
import signal
import struct
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import BinaryIO, TypeVar

from build_tools.model.spread import Watch, one_by_one
from build_tools.publish.swap import undisturbed

Thing = TypeVar("Thing")
Result = TypeVar("Result")

WORTH = 24
"""From how many things on a further process is worth its beginning."""
BLOCK = 7
"""How many things next to each other are taken at once."""
BLOCKS = 10_000
"""How many blocks there may be: all their numbers have to go into a pipe before one is taken."""
NUMBER = struct.Struct("=I")


def processors() -> int:
    """Give the number of processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def collect_rarely() -> None:
    """Make Python look for garbage less often: records by the hundred thousand are made and kept.

    Looking through them at every few hundred took a quarter of the time.
    """
    gc.set_threshold(200_000, 20, 100)


def over_processes(
    work: Callable[[Thing], Result], things: Sequence[Thing], /, *, watch: Watch | None = None
) -> list[Result]:
    """Do work for each thing; the results are those of `model.spread.one_by_one`.

    ``watch`` is told how many are done; what other processes have just begun counts.

    A copy of a process with several threads, or of one that uses a system's own libraries on a
    Mac, may hang: there, and on Windows, which has no copies, it is done in this process.
    """
    size = max(BLOCK, -(-len(things) // BLOCKS))
    blocks = [things[at : at + size] for at in range(0, len(things), size)]
    count = min(processors(), len(things) // WORTH)
    if count < 2 or sys.platform != "linux" or threading.active_count() > 1:
        alone = _worked(work, blocks, range(len(blocks)), watch)
        return list(chain.from_iterable(alone.values()))
    done: dict[int, list[Result]] = {}
    children: list[tuple[int, BinaryIO]] = []
    queue = _queue(len(blocks))
    gc.freeze()
    try:
        # While a process is copied, Python would report Ctrl-C, and forget it.
        with undisturbed():
            children.extend(_started(work, blocks, queue) for _ in range(1, count))
        done.update(_worked(work, blocks, _taken(queue), watch))
        for _, pipe in children:
            done.update(_answer(pipe))
        if watch is not None:
            watch(len(things), len(things))
    finally:
        os.close(queue)
        gc.unfreeze()
        for number, pipe in children:
            pipe.close()
            # It has given its answer, or is no longer asked for one.
            os.kill(number, signal.SIGKILL)
            os.waitpid(number, 0)
    # What a process that ended early had taken is done again here: what went wrong is then seen.
    answers = (
        done[at] if at in done else one_by_one(work, block) for at, block in enumerate(blocks)
    )
    return list(chain.from_iterable(answers))


def _queue(count: int) -> int:
    """Give a pipe from which every process takes the number of its next block."""
    reading, writing = os.pipe()
    with os.fdopen(writing, "wb") as pipe:
        pipe.write(b"".join(map(NUMBER.pack, range(count))))
    return reading


def _taken(queue: int) -> Iterator[int]:
    """Take number after number until there is none left."""
    while taken := os.read(queue, NUMBER.size):
        yield NUMBER.unpack(taken)[0]


def _worked(
    work: Callable[[Thing], Result],
    blocks: Sequence[Sequence[Thing]],
    numbers: Iterable[int],
    watch: Watch | None = None,
) -> dict[int, list[Result]]:
    """Work on blocks, by their numbers; tell how many things have been begun by now, of all."""
    done: dict[int, list[Result]] = {}
    total = sum(map(len, blocks))
    for at in numbers:
        done[at] = one_by_one(work, blocks[at])
        if watch is not None:
            watch(min((at + 1) * len(blocks[0]), total), total)
    return done


def _started(
    work: Callable[[Thing], Result], blocks: Sequence[Sequence[Thing]], queue: int
) -> tuple[int, BinaryIO]:
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
            pickle.dump(_worked(work, blocks, _taken(queue)), pipe, pickle.HIGHEST_PROTOCOL)
        code = 0
    except BaseException:  # noqa: BLE001 - the first process does it again, and says what is wrong
        code = 1
    finally:
        os._exit(code)


def _answer(pipe: BinaryIO) -> dict[int, list[Result]]:
    try:
        found: dict[int, list[Result]] = pickle.load(pipe)
    except (EOFError, pickle.UnpicklingError):
        return {}
    return found
