"""The verified stage becomes the site, by renames; the last good site stands until then."""

from __future__ import annotations

import shutil
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from build_tools.model.place import Place
from build_tools.model.problem import Problem

MARKS = ("404.html", "assets/iframe-worker/index.js")
"""A site that the builder made holds one of these: for the web, for a folder."""


@contextmanager
def undisturbed() -> Iterator[None]:
    """Put off Ctrl-C until what is begun is done; it reaches the main thread, and no other."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    asked: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: asked.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if asked:
        raise KeyboardInterrupt


def swap(stage: Path, site: Path) -> tuple[Problem, ...]:
    """Replace ``site`` by ``stage``; both must lie on one file system.

    Between the two renames there is no site; if the machine stops just there, `recover` mends it.
    """
    if not _replaceable(site):
        return (_not_a_site(site),)
    aside = _aside(site)
    try:
        recover(site)
        if site.exists():
            aside.parent.mkdir(parents=True, exist_ok=True)
            site.rename(aside)
        try:
            stage.rename(site)
        except OSError:
            if aside.exists():
                aside.rename(site)
            raise
        _delete(aside)
    except OSError as error:
        return (_failed(site, error),)
    return ()


def recover(site: Path) -> None:
    """Put right what an interrupted swap left: the old site back, or out of the way."""
    aside = _aside(site)
    if not aside.is_dir():
        return
    if site.exists():
        _delete(aside)
    else:
        aside.rename(site)


def _aside(site: Path) -> Path:
    """Give the place of the old site: in the builder's folder, which no repository keeps."""
    return site.parent / ".edition" / "stage" / f"{site.name}-before"


def _delete(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)


def _replaceable(site: Path) -> bool:
    """Tell whether what stands here is nothing, empty, or a site that MkDocs made."""
    if site.is_symlink() or (site.exists() and not site.is_dir()):
        return False
    if not site.exists() or not any(site.iterdir()):
        return True
    return any((site / mark).is_file() for mark in MARKS) and not (site / ".git").exists()


def _not_a_site(site: Path) -> Problem:
    return Problem(
        "page-not-ours",
        Place(site.name),
        f"{site.name}/ was not made by the builder, so the new site cannot take its place",
        "move it elsewhere, or give it another name",
    )


def _failed(site: Path, error: OSError) -> Problem:
    return Problem(
        "publisher-failed",
        Place(site.name),
        f"the finished site could not take the place of {site.name}/: {error.strerror or error}",
        "look whether another program holds files there, or whether it is a disk of its own; "
        "the last good site still stands",
    )
