"""What several commands say at the terminal, and how."""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import click

from build_tools.model.problem import Problem
from build_tools.model.spread import Bars, Watch
from build_tools.publish.files import LEFTOVER
from build_tools.report.people import report
from build_tools.report.summary import as_summary

if TYPE_CHECKING:
    from rich.progress import Progress

REMEDIES = {
    errno.EACCES: "give yourself the right to read and change it, or work on a copy",
    errno.EPERM: "give yourself the right to read and change it, or work on a copy",
    errno.EROFS: "this disk cannot be written to; work on a copy elsewhere",
    errno.ENOSPC: "make room on the disk, then run the command again",
    errno.EDQUOT: "make room on the disk, then run the command again",
    errno.EFBIG: "the file would be larger than is allowed here",
    errno.ENOTDIR: "a file stands where a folder belongs; move it elsewhere",
    errno.EEXIST: "a file stands where a folder belongs; move it elsewhere",
    errno.EISDIR: "a folder stands where a file belongs; move it elsewhere",
    errno.ENAMETOOLONG: "give it a shorter name",
    errno.ENOENT: "look whether something else moves files here, then run the command again",
}
"""What a person can do about what the system refused."""


def root_of(context: click.Context) -> Path:
    """Return the folder that holds the edition; the sentence where it holds none ends the command.

    It is looked for only when a command begins, so that help can be read anywhere.
    """
    root: Path = context.obj
    if not (root / "edition").is_dir():
        raise click.UsageError(
            f"there is no folder edition/ in {root}; name the right one by --root"
        )
    return root


def said(fault: OSError) -> str:
    """Say in a sentence what the system refused, and what to do."""
    path = Path(os.fsdecode(fault.filename)) if isinstance(fault.filename, str | bytes) else None
    if path is not None and path.name.startswith(LEFTOVER):
        path = path.parent
    # Of a full disk it tells nothing which file was the last straw; often it is a source.
    name = "" if path is None or fault.errno in (errno.ENOSPC, errno.EDQUOT) else f"{path}: "
    reason = fault.strerror or str(fault) or "the system refused it"
    remedy = REMEDIES.get(fault.errno or 0, "")
    return f"{name}{reason}" + (f"; {remedy}." if remedy else ".")


def told(root: Path, problems: Sequence[Problem], new: Mapping[str, bytes] | None = None) -> str:
    """Return the report of problems; ``new`` are files that are not written yet."""
    return report(problems, line_reader(root, new or {}))


def tell(root: Path, problems: Sequence[Problem], new: Mapping[str, bytes] | None = None) -> None:
    """Report problems, if there are any, beside what the command gives."""
    if problems:
        click.echo(told(root, problems, new), err=True)


def summarise(root: Path, file: Path, problems: Sequence[Problem]) -> None:
    """Add all problems as Markdown to a file; a forge collects in it what several steps say."""
    with file.open("a", encoding="utf-8", newline="\n") as summary:
        summary.write(as_summary(problems, line_reader(root, {})))


@contextmanager
def progress() -> Iterator[Bars | None]:
    """Show bars where somebody sits at a terminal and it takes long; elsewhere give None."""
    if not sys.stderr.isatty():
        yield None
        return
    shown: list[Bar] = []

    def next_one(says: str) -> Watch:
        while shown:
            shown.pop().clear()
        shown.append(Bar(says))
        return shown[0].show

    try:
        yield next_one
    finally:
        while shown:
            shown.pop().clear()


class Bar:
    """A bar that comes when work has gone on for a while, and goes when it is done.

    It draws itself only when it is told something: a thread of its own would keep the work from
    being shared out among processes. What is printed beside it goes where it always goes.
    """

    PATIENCE = 1.0
    EVERY = 0.1

    def __init__(self, says: str) -> None:
        """Begin to wait; ``says`` stands before the bar."""
        self._says = says
        self._began = self._drawn = time.monotonic()
        self._shown: Progress | None = None

    def show(self, done: int, total: int) -> None:
        """Show how much is done."""
        now = time.monotonic()
        if done >= total:
            self.clear()
        elif now - self._began > self.PATIENCE and now - self._drawn > self.EVERY:
            self._drawn = now
            shown = self._shown = self._shown or self._started(done, total)
            shown.update(shown.task_ids[0], completed=done, total=total, refresh=True)

    def clear(self) -> None:
        """Take the bar away."""
        if self._shown is not None:
            self._shown.stop()
            self._shown = None

    def _started(self, done: int, total: int) -> Progress:
        # Imported here: most commands are done before there is anything to wait for.
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        shown = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            console=Console(stderr=True),
            auto_refresh=False,
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        shown.add_task(self._says, completed=done, total=total)
        shown.start()
        return shown


def line_reader(root: Path, new: Mapping[str, bytes]) -> Callable[[str, int], str | None]:
    """Return a reader of the lines of the edition's files; each file is read once."""

    @cache
    def lines(file: str) -> list[str]:
        try:
            data = new[file] if file in new else (root / file).read_bytes()
        except OSError:
            return []
        return data.decode("utf-8", "replace").split("\n")

    def line_of(file: str, line: int) -> str | None:
        found = lines(file)
        return found[line - 1] if 0 < line <= len(found) else None

    return line_of
