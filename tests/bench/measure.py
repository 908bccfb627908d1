"""One command, measured as a whole process: by the operating system's own account of it."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median


@dataclass(frozen=True)
class Cost:
    """What a command took: seconds by the clock and of the processors, largest process in MB.

    ``until`` are the seconds until it said that it reads the site back; 0 where it did not.
    """

    wall: float
    cpu: float
    memory: float
    until: float = 0.0


READS_BACK = b"now its texts are read back"


def run(
    command: Sequence[str], folder: Path, more: Mapping[str, str] | None = None, limit: float = 3600
) -> Cost:
    """Run a command that must come out well; what it says is shown when it does not."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", **(more or {})}
    log = folder / ".bench.log"
    started = time.monotonic()
    until = 0.0
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=output, stderr=subprocess.STDOUT
        )
        try:
            while True:
                # Waiting by hand: only so does the system tell what the process used.
                number, status, used = os.wait4(process.pid, os.WNOHANG)
                if number:
                    break
                if time.monotonic() - started > limit:
                    raise TimeoutError(f"{command[0]} took longer than {limit:.0f} s")
                if not until and READS_BACK in log.read_bytes():
                    until = time.monotonic() - started
                time.sleep(0.005)
        except BaseException:
            process.kill()
            raise
    wall = time.monotonic() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    said = log.read_text(errors="replace")
    log.unlink()
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{said[-3000:]}")
    return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, until)


def least(costs: Sequence[Cost]) -> Cost:
    """Return the least of each figure: what other work on the machine disturbed least."""
    return Cost(
        min(one.wall for one in costs),
        min(one.cpu for one in costs),
        max(one.memory for one in costs),
        min(one.until for one in costs),
    )


def middle(costs: Sequence[Cost]) -> Cost:
    """Return the median of each figure."""
    return Cost(
        median(one.wall for one in costs),
        median(one.cpu for one in costs),
        max(one.memory for one in costs),
        median(one.until for one in costs),
    )


def size_of(folder: Path) -> tuple[int, int]:
    """Return the number of files in a folder and their bytes."""
    sizes = [file.stat().st_size for file in folder.rglob("*") if file.is_file()]
    return len(sizes), sum(sizes)
