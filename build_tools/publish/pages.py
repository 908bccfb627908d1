"""Pages into ``docs/edition/``, the one folder that the builder owns whole.

A list of what the builder wrote, with hashes, lies in the folder itself as ``.pages.json``: it
travels with the folder and is deleted with it, and MkDocs does not publish files whose names
begin with a dot. A file that is not on the list, or that somebody changed since, is never
overwritten and never removed.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import compress
from operator import not_
from pathlib import Path, PurePosixPath

from build_tools.model.place import Place
from build_tools.model.problem import Problem
from build_tools.publish.files import (
    LEFTOVER,
    remove_empty_folders,
    remove_leftovers,
    write_changed,
)
from build_tools.publish.processes import over_processes

PAGES = "edition"
LIST_NAME = ".pages.json"

# Which bytes of a page are the builder's: while pages are being written, the old and the new.
Hashes = dict[str, list[str]]


@dataclass(frozen=True)
class Written:
    """What was done to each file, by path; with ``problems`` nothing was done."""

    written: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def write_pages(docs: Path, pages: Mapping[str, bytes]) -> Written:
    """Make ``docs/edition/`` hold exactly these pages; paths are relative to ``docs``."""
    problems = foreign_pages(docs, pages)
    if problems:
        return Written(problems=problems)
    remove_leftovers(docs / PAGES)
    owned = _read_list(docs)
    new = {path: _hash(data) for path, data in pages.items()}
    # The list goes first and names old and new bytes: whatever interrupts the writing, each
    # file is on record as the builder's.
    both = {path: [*dict.fromkeys((*owned.get(path, ()), hashed))] for path, hashed in new.items()}
    _write_list(docs, {**owned, **both})
    # What goes goes first: a folder may take the place of a file, or the other way about.
    removed = sorted(path for path in owned if path not in pages and (docs / path).exists())
    for path in removed:
        (docs / path).unlink()
    remove_empty_folders(docs / PAGES)
    written, kept = _write(docs, pages)
    _write_list(docs, {path: [hashed] for path, hashed in new.items()})
    return Written(written, kept, tuple(removed))


def _write(docs: Path, pages: Mapping[str, bytes]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Write the pages that differ from what stands there; give the written and the others."""
    paths = sorted(pages)
    differ = over_processes(lambda path: write_changed(docs / path, pages[path]), paths)
    return tuple(compress(paths, differ)), tuple(compress(paths, map(not_, differ)))


def update_pages(docs: Path, pages: Mapping[str, bytes]) -> Written:
    """Write some of the pages that are on the list already, and leave the others alone."""
    _refuse_outside(pages)
    owned = _read_list(docs)
    judged = ((path, _judge(docs, path, owned.get(path), data)) for path, data in pages.items())
    problems = tuple(problem for _, problem in judged if problem is not None)
    if problems or not owned.keys() >= pages.keys():
        return Written(problems=problems)
    new = {path: _hash(data) for path, data in pages.items()}
    _write_list(docs, owned | {path: [*owned[path], hashed] for path, hashed in new.items()})
    written, same = _write(docs, pages)
    _write_list(docs, owned | {path: [hashed] for path, hashed in new.items()})
    return Written(written, tuple(sorted({*owned.keys() - pages.keys(), *same})))


def written_page(docs: Path, page: str) -> Path | None:
    """Return the Markdown file of somebody's own from which a page of the site was made."""
    path = PurePosixPath(page)
    folder = path.parent if path.name == "index.html" else path.with_suffix("")
    own = folder.parts[:1] != (PAGES,)
    names = (f"{folder}.md", f"{folder}/index.md")
    return next((docs / name for name in names if own and (docs / name).is_file()), None)


def foreign_pages(docs: Path, pages: Mapping[str, bytes]) -> tuple[Problem, ...]:
    """Find what stands in ``docs/edition/`` and is not the builder's to overwrite or remove."""
    _refuse_outside(pages)
    folder = docs / PAGES
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        return (_foreign(docs, PAGES, "is not a folder that the builder made"),)
    owned = _read_list(docs)
    return tuple(
        problem
        for path in _files(docs)
        if (problem := _judge(docs, path, owned.get(path), pages.get(path))) is not None
    )


def _judge(docs: Path, path: str, hashes: list[str] | None, data: bytes | None) -> Problem | None:
    """Judge one file in the folder: a problem unless its bytes are the builder's."""
    file = docs / path
    if file.is_symlink():
        return _foreign(docs, path, "is a link")
    found = file.read_bytes()
    if found == data or (hashes is not None and _hash(found) in hashes):
        return None
    if hashes is None:
        return _foreign(docs, path, "was not made by the builder")
    return _foreign(docs, path, "was changed after the builder made it")


def _foreign(docs: Path, path: str, says: str) -> Problem:
    return Problem(
        "page-not-ours",
        Place(f"{docs.name}/{path}"),
        f"this {says}, and the builder owns {docs.name}/{PAGES}/ whole",
        f"keep what you need of it elsewhere (texts and notes under edition/, pages of your own "
        f"under {docs.name}/ beside {PAGES}/), then delete it",
    )


def _refuse_outside(paths: Collection[str]) -> None:
    """Refuse paths that lead out of the folder: a fault of ours, never of the edition."""
    for path in paths:
        parts = PurePosixPath(path).parts
        clean = str(PurePosixPath(path)) == path and ".." not in parts
        if not clean or len(parts) < 2 or parts[0] != PAGES or parts[-1].startswith("."):
            raise ValueError(f"not a path of a page below {PAGES}/: {path}")


def _files(docs: Path) -> Iterator[str]:
    """Give every file below the folder, but the list itself and what an interrupted write left."""
    for folder, folders, names in os.walk(docs / PAGES):
        folders.sort()
        links = [name for name in folders if (Path(folder) / name).is_symlink()]
        for name in sorted([*names, *links]):
            path = (Path(folder) / name).relative_to(docs).as_posix()
            if path != f"{PAGES}/{LIST_NAME}" and not name.startswith(LEFTOVER):
                yield path


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _read_list(docs: Path) -> Hashes:
    try:
        data = json.loads((docs / PAGES / LIST_NAME).read_bytes())
        return {str(path): [str(one) for one in hashes] for path, hashes in data.items()}
    except (FileNotFoundError, ValueError, TypeError, AttributeError):
        # Without a list nothing is known to be ours; files that differ are then reported.
        return {}


def _write_list(docs: Path, hashes: Hashes) -> None:
    text = json.dumps(hashes, indent=0, sort_keys=True) + "\n"
    write_changed(docs / PAGES / LIST_NAME, text.encode())
