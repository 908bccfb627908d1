"""One build at a time in one folder: builds share the stage and what is remembered.

The lock is the operating system's, on a file that stays where it is: it ends with the process that
holds it, however that ends.
"""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

LOCK = Path(".edition", "lock")
AGAIN = 0.1
"""Seconds between two attempts: Ctrl-C is heard between them on every system."""

HELD = frozenset({errno.EACCES, errno.EAGAIN, errno.EDEADLK})
WITHOUT = frozenset({errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL})
"""What the system answers where a disk knows no locks."""


_held: set[Path] = set()
"""The folders that this process has for itself."""


@contextmanager
def alone_in(root: Path, say: Callable[[str], None]) -> Iterator[None]:
    """Wait, saying so once, until no other process writes here; keep others waiting meanwhile.

    Within itself it does nothing: the system knows a lock by its process and file, and would give
    it back when the file is closed for the first time.
    """
    file = (root / LOCK).resolve()
    if file in _held:
        yield
        return
    file.parent.mkdir(exist_ok=True)
    handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        _wait(handle, say)
        _held.add(file)
        yield
    finally:
        if file in _held:
            _held.remove(file)
            _give_back(handle)
        os.close(handle)


def _wait(handle: int, say: Callable[[str], None]) -> None:
    is_said = False
    while True:
        try:
            _take(handle)
        except OSError as fault:
            if fault.errno in WITHOUT:
                say("this disk knows no locks: let no other build be at work here meanwhile")
                return
            if fault.errno not in HELD:
                raise
        else:
            return
        if not is_said:
            say("another build is at work here; waiting for it")
            is_said = True
        time.sleep(AGAIN)


if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        # One byte from where the file stands, which is its beginning: nothing is read or written.
        # The file is empty, and a byte beyond its end can be locked.
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

    def _give_back(handle: int) -> None:
        # Windows gives back what a closed file held only when it finds the time.
        with suppress(OSError):
            msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)
else:
    import fcntl

    def _take(handle: int) -> None:
        # Not flock: processes that a build starts would hold it on after a build that was killed.
        fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _give_back(handle: int) -> None:
        """To close the file does it."""
