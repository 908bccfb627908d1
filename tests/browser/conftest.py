"""A browser, the web site built once and served, and what its documents must show.

A machine without a browser fails these tests with a sentence; it never skips them.
"""

from __future__ import annotations

import os
import shutil
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Playwright, sync_playwright

from build_tools import cli, pipeline
from build_tools.model.base import Block, FragmentSpan
from build_tools.read.tree import FolderTree
from build_tools.weave import weave_edition

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ("edition", "docs", "mkdocs.yml")
DEBIAN = Path("/usr/bin/chromium")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass(frozen=True)
class SeenBlock:
    """What must be seen of a block; ``lines`` has one entry a fragment."""

    id: str
    shown: str
    lines: tuple[tuple[str, ...], ...]
    joins: tuple[str, ...]
    reading: str
    expanded: str


@dataclass(frozen=True)
class Shown:
    """A document of the built site: the address of its page, and its blocks."""

    path: str
    blocks: tuple[SeenBlock, ...]


@dataclass(frozen=True)
class Built:
    """The built site with its documents."""

    folder: Path
    documents: tuple[Shown, ...]


def _lines(block: Block, part: FragmentSpan) -> tuple[str, ...]:
    """Return the lines of a fragment as the source has them."""
    ends = [end for end in block.line_ends if part.start < end.offset < part.end]
    lines, at = [], part.start
    for end in ends:
        lines.append(block.base[at : end.offset])
        at = end.offset + end.folded
    lines.append(block.base[at : part.end])
    return tuple(line.strip(" ") for line in lines)


def _joins(block: Block) -> tuple[str, ...]:
    """Return what stands between a fragment and the next: a space, or nothing in a word."""
    return tuple(" " if block.base[: part.end].endswith(" ") else "" for part in block.fragments)


def _documents(root: Path) -> Iterator[Shown]:
    bound, problems = pipeline.bind_tree(FolderTree(root))
    assert bound is not None, problems
    for name, document in weave_edition(bound).documents.items():
        yield Shown(
            f"edition/{name}/",
            tuple(
                SeenBlock(
                    one.bound.block.id,
                    one.shown,
                    tuple(_lines(one.bound.block, part) for part in one.bound.block.fragments),
                    _joins(one.bound.block),
                    one.bound.reading.text,
                    one.bound.expanded,
                )
                for one in document.blocks.values()
            ),
        )


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build the project's own edition in a copy, as ``edition build`` does."""
    root = tmp_path_factory.mktemp("edition")
    for name in SOURCES:
        if (ROOT / name).is_dir():
            made = shutil.ignore_patterns("edition") if name == "docs" else None
            shutil.copytree(ROOT / name, root / name, ignore=made)
        else:
            shutil.copy(ROOT / name, root / name)
    if (ROOT / "node_modules").is_dir():
        (root / "node_modules").symlink_to(ROOT / "node_modules")
    with warnings.catch_warnings():
        # What the libraries of the publisher deprecate is not what is tested here.
        warnings.simplefilter("default")
        code = cli.run(["--root", str(root), "build"])
    assert code == 0, "the edition could not be built: see what `edition build` says"
    return Built(root / "site", tuple(_documents(root)))


class _Quiet(SimpleHTTPRequestHandler):
    """Serves files and keeps no log."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        pass


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    handler = partial(_Quiet, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def address(built: Built) -> Iterator[str]:
    """Serve the built site, and give its address."""
    with _served(built.folder) as url:
        yield url


def _candidates() -> Iterator[Path]:
    """Yield where a Chromium may be: as told, as the set-up found it, as Debian has it."""
    told = os.environ.get("EDITION_CHROMIUM", "")
    if told:
        yield Path(told)
        return
    found = ROOT / ".edition" / "chromium"
    if found.is_file():
        yield Path(found.read_text(encoding="utf-8").strip())
    yield DEBIAN


def _launched(playwright: Playwright) -> Browser:
    path = next((path for path in _candidates() if path.is_file()), None)
    try:
        return playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
    except Error as fault:
        reason = str(fault).strip().splitlines()[0]
    return pytest.fail(
        "There is no browser that opens: install Debian's package chromium, or name one by "
        f"EDITION_CHROMIUM. ({reason})",
        pytrace=False,
    )


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Open a headless Chromium."""
    with sync_playwright() as playwright:
        opened = _launched(playwright)
        yield opened
        opened.close()
