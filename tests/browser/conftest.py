"""A browser, the web site built once and served, and what its documents must show.

A machine without a browser fails these tests with a sentence; it never skips them.
"""

from __future__ import annotations

import itertools
import os
import shutil
import threading
import warnings
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Playwright, sync_playwright

from build_tools import cli, pipeline
from build_tools.model.base import Block, FragmentSpan
from build_tools.model.woven import WovenDocument
from build_tools.read.tree import FolderTree
from build_tools.weave import weave_edition

ROOT = Path(__file__).resolve().parents[2]
SOUND = ROOT / "tests" / "sound_edition"
READ_IN_PLACE = ("text", "line")
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
class RunOn:
    """Two neighbouring fragments, by their ids, with no words between them that are read."""

    before: str
    after: str


@dataclass(frozen=True)
class Shown:
    """A document of the built site: the address of its page, its blocks, and what runs on."""

    path: str
    blocks: tuple[SeenBlock, ...]
    run_on: tuple[RunOn, ...]


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


def _run_on(document: WovenDocument) -> Iterator[RunOn]:
    """Find the paragraphs that run over the end of a page with nothing read in between."""
    read = [
        (part, one.bound.block)
        for one in document.blocks.values()
        if one.shown in READ_IN_PLACE
        for part in one.bound.block.fragments
    ]
    read.sort(key=lambda pair: pair[0].seq)
    for (part, block), (following, other) in itertools.pairwise(read):
        if block is other and part.page != following.page:
            before = block.id if part.number == 0 else f"{block.id}.{part.number + 1}"
            yield RunOn(before, f"{block.id}.{following.number + 1}")


def _documents(root: Path) -> Iterator[Shown]:
    bound, problems = pipeline.bind_tree(FolderTree(root))
    assert bound is not None, problems
    for name, document in weave_edition(bound).documents.items():
        blocks = tuple(
            SeenBlock(
                one.bound.block.id,
                one.shown,
                tuple(_lines(one.bound.block, part) for part in one.bound.block.fragments),
                _joins(one.bound.block),
                one.bound.reading.text,
                one.bound.expanded,
            )
            for one in document.blocks.values()
        )
        yield Shown(f"edition/{name}/", blocks, tuple(_run_on(document)))


def build_copy(source: Path, root: Path, settings: str = "") -> Built:
    """Build an edition in a copy, as ``edition build`` does, with further settings of MkDocs."""
    for name in SOURCES:
        if (source / name).is_dir():
            made = shutil.ignore_patterns("edition") if name == "docs" else None
            shutil.copytree(source / name, root / name, ignore=made)
        else:
            shutil.copy(source / name, root / name)
    with (root / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write(settings)
    if (ROOT / "node_modules").is_dir():
        (root / "node_modules").symlink_to(ROOT / "node_modules")
    with warnings.catch_warnings():
        # What the libraries of the publisher deprecate is not what is tested here.
        warnings.simplefilter("default")
        code = cli.run(["--root", str(root), "build"])
    assert code == 0, f"{source} could not be built: see what `edition build` says"
    return Built(root / "site", tuple(_documents(root)))


@pytest.fixture(scope="session")
def build(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Built]:
    """Build an edition by its folder, once in all tests."""
    return cache(lambda source: build_copy(source, tmp_path_factory.mktemp("edition")))


@pytest.fixture(scope="session")
def built(build: Callable[[Path], Built]) -> Built:
    """Build the project's own edition."""
    return build(ROOT)


class _Quiet(SimpleHTTPRequestHandler):
    """Serves files over connections that stay open, and keeps no log."""

    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        pass


class _Server(ThreadingHTTPServer):
    """A server that lets a browser's many connections wait, and refuses none."""

    request_queue_size = 128


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on this machine, and give its address."""
    handler = partial(_Quiet, directory=str(folder))
    with _Server(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def address(built: Built) -> Iterator[str]:
    """Serve the built site, and give its address."""
    with served(built.folder) as url:
        yield url


@pytest.fixture(scope="session")
def sound_url(build: Callable[[Path], Built]) -> Iterator[str]:
    """Serve the site of the test texts, and give the address of its edition."""
    with served(build(SOUND).folder) as url:
        yield f"{url}edition/"


def browser_programs() -> Iterator[Path]:
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
    path = next((path for path in browser_programs() if path.is_file()), None)
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


FOLDER = "Meine Dateien – 100 % & mehr"
"""A name as people give them, with a space, a sign of addresses and letters that are not ASCII."""


@dataclass(frozen=True)
class Unpacked:
    """The folder that the zip holds, with its documents."""

    folder: Path
    documents: tuple[Shown, ...]

    @property
    def address(self) -> str:
        return f"{self.folder.as_uri()}/"


@pytest.fixture(scope="session")
def unpacked(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Unpacked:
    """Make the offline edition of the built site, and unpack its zip as a reader does."""
    root = built.folder.parent
    with warnings.catch_warnings():
        warnings.simplefilter("default")
        assert cli.run(["--root", str(root), "build", "--offline"]) == 0
    (archive,) = (root / "dist").iterdir()
    target = tmp_path_factory.mktemp("downloads") / FOLDER
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(target)
    (folder,) = target.iterdir()
    return Unpacked(folder, built.documents)
