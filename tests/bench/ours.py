"""The builder and bare MkDocs, measured in turn on the same demonstration edition."""

from __future__ import annotations

import gzip
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import yaml
from lxml import etree

from build_tools.verify.dom import select
from tests.bench.measure import Cost, least, middle, run, size_of

EDITION = (sys.executable, "-m", "build_tools")
MKDOCS = (sys.executable, "-m", "mkdocs", "build", "--quiet")
TEXT = '//div[contains(concat(" ", @class, " "), " ed-text ")]'
NOTES = '//li[starts-with(@id, "fn:") or starts-with(@id, "tn:")]'
PAIR = ("build", "bare")
"""The two builds from nothing; of each the least of its times counts."""
STAGES = ("check", "pages", "verify")
SLOW = 300
"""From how many documents on a command is run once only, and MkDocs' defaults are left out above
a thousand: their time grows with the square."""


@dataclass(frozen=True)
class Row:
    """What was measured at one size."""

    documents: int
    costs: dict[str, Cost]
    ratios: dict[str, float]
    files: int
    size: int
    bare_files: int
    bare_size: int
    search: int
    packed: int
    """The search's parts as they travel, each gzipped."""
    index: int
    bare_index: int
    bare_packed: int
    page: int
    beyond: int
    """Bytes of a document's page that are neither its text nor its notes."""


def edited(root: Path, number: int) -> None:
    """Change the words of one note."""
    note = root / f"edition/documents/document-{number:04}/notes/note-02.md"
    note.write_text(note.read_text() + f"\nChanged for measurement {number}.\n")


def measured(documents: int, folder: Path, project: Path) -> Row:
    """Measure everything at one size."""
    root = folder / f"demo-{documents}"
    shutil.rmtree(root, ignore_errors=True)
    path = {"PYTHONPATH": str(project)}
    edition = (*EDITION, "--root", str(root))
    run((*EDITION, "demo", "--documents", str(documents), str(root)), project, path)
    (root / "node_modules").symlink_to(project / "node_modules")
    repeat = 3 if documents < SLOW else 1
    costs: dict[str, list[Cost]] = {}

    def take(name: str, *command: str, limit: float = 3600) -> Cost:
        cost = run(command, root, path, limit)
        costs.setdefault(name, []).append(cost)
        return cost

    for _ in range(repeat):
        take("check", *edition, "check")
        shutil.rmtree(root / "docs/edition", ignore_errors=True)
        take("pages", *edition, "pages")
        # In turn, so that a machine that is busy for a while is busy for both.
        _from_nothing(root, lambda name, command: take(name, *command))
        take("verify", *edition, "verify")
        take("nothing", *edition, "build")
        edited(root, 1)
        take("note", *edition, "build")
    if documents <= 1000:
        configuration = defaults(root)
        take("defaults", *MKDOCS, "-f", str(configuration), "--site-dir", str(root / ".default"))
    files, size = size_of(root / "site")
    page = (root / "site/edition/document-0001/index.html").read_bytes()
    middles = {name: middle(found) for name, found in costs.items()}
    middles |= {name: least(costs[name]) for name in PAIR}
    bare_files, bare_size = size_of(root / ".bare")
    bare_index = (root / ".bare/search/search_index.json").read_bytes()
    for made in (".bare", ".default"):
        shutil.rmtree(root / made, ignore_errors=True)
    index = (root / "site/search/search_index.json").stat().st_size
    parts = [file.read_bytes() for file in sorted((root / "site/search").glob("part-*"))]
    return Row(
        documents,
        middles,
        _ratios(middles),
        files,
        size,
        bare_files,
        bare_size,
        sum(map(len, parts)),
        sum(len(gzip.compress(part)) for part in parts),
        index,
        len(bare_index),
        len(gzip.compress(bare_index)),
        len(page),
        len(page) - text_and_notes(page),
    )


def _from_nothing(root: Path, take: Callable[[str, Sequence[str]], object]) -> None:
    for made in ("site", ".edition/state", ".edition/stage", "docs/edition"):
        shutil.rmtree(root / made, ignore_errors=True)
    take("build", (*EDITION, "--root", str(root), "build"))
    take("bare", (*MKDOCS, "--site-dir", str(root / ".bare")))


def _ratios(costs: Mapping[str, Cost]) -> dict[str, float]:
    bare = costs["bare"]
    return {
        "site": costs["build"].until / bare.wall,
        "build": costs["build"].wall / bare.wall,
        "nothing": costs["nothing"].wall / bare.wall,
        "note": costs["note"].wall / bare.wall,
        "memory": costs["build"].memory / bare.memory,
        "cpu": costs["build"].cpu / bare.cpu,
    }


def again(row: Row, folder: Path, project: Path, times: int) -> Row:
    """Measure the two builds from nothing again, in turn, and their stages once.

    Of each build the least is kept; what was measured earlier, under another load, is dropped.
    """
    root = folder / f"demo-{row.documents}"
    costs: dict[str, list[Cost]] = {name: [] for name in (*PAIR, *STAGES)}
    path = {"PYTHONPATH": str(project)}

    def take(name: str, command: Sequence[str]) -> None:
        costs[name].append(run(command, root, path))

    for _ in range(times):
        _from_nothing(root, take)
    for name in STAGES:
        take(name, (*EDITION, "--root", str(root), name))
    shutil.rmtree(root / ".bare", ignore_errors=True)
    kept = {**row.costs, **{name: least(found) for name, found in costs.items()}}
    # What was measured beside an earlier run of MkDocs is held against that one.
    earlier = {name: row.ratios[name] for name in ("nothing", "note")}
    return replace(row, costs=kept, ratios={**_ratios(kept), **earlier})


def text_and_notes(page: bytes) -> int:
    """Return the bytes of a page's text and notes, with their elements."""
    root = etree.fromstring(page, etree.HTMLParser(encoding="utf-8"))
    found = [*select(root, TEXT), *select(root, NOTES)]
    return sum(
        len(etree.tostring(one, encoding="utf-8", method="html", with_tail=False)) for one in found
    )


class _Loader(yaml.SafeLoader):
    """Reads mkdocs.yml, whose tags MkDocs knows and we do not need."""


def defaults(root: Path) -> Path:
    """Write mkdocs.yml as it would be without thought for size: every page in the navigation."""
    said = yaml.load((root / "mkdocs.yml").read_text(), _Loader)  # a safe loader
    said.pop("nav", None)
    said.pop("not_in_nav", None)
    said["theme"]["features"] = [one for one in said["theme"]["features"] if "prune" not in one]
    file = root / "mkdocs-defaults.yml"
    file.write_text(yaml.safe_dump(said, allow_unicode=True))
    return file
