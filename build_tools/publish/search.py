"""The search of a finished site: one entry a passage, loaded when somebody searches.

Material for MkDocs makes an index with one entry a heading and has every page load the whole of it.
Here its file stays, small, and names parts; the script ``assets/search.js`` (in the place of
Material's own worker) loads them at the first word that is asked for.
"""

from __future__ import annotations

import hashlib
import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from build_tools.model.search import IN_ALL, Run, SearchEntry, SearchPage, everywhere

INDEX = "search/search_index.json"
INDEX_SCRIPT = "search/search_index.js"
"""Material writes it for a site that is opened from a folder."""
WORKERS = "assets/javascripts/workers/search.*.min.js"
WORKER = "assets/search.js"
PART_SIZE = 400_000
"""Characters of a part, about: few requests, and each small enough to be read while others load."""

TAG = re.compile(r"<[^>]*>")


def write_search(stage: Path, pages: Sequence[SearchPage], *, directories: bool) -> None:
    """Put the index of passages in the place of Material's; other pages stay as Material has them.

    ``directories`` tells whether pages have addresses that end with ``/``. Where Material's search
    is not in the site, or ours is not, nothing is done.
    """
    index = stage / INDEX
    if not index.is_file() or worker_of(stage) is None:
        return
    made = json.loads(index.read_text(encoding="utf-8"))
    own = {address(page.page, directories=directories): page for page in pages}
    encoded = [encoded_page(place, page) for place, page in own.items() if page.entries]
    encoded += [
        encoded_page(place, page) for place, page in _others(made["docs"]) if place not in own
    ]
    names = _write_parts(stage, encoded, scripts=(stage / INDEX_SCRIPT).is_file())
    small = _json({"config": made["config"], "docs": names})
    index.write_text(small, encoding="utf-8")
    if (stage / INDEX_SCRIPT).is_file():
        (stage / INDEX_SCRIPT).write_text(f"var __index = {small}", encoding="utf-8")


def worker_of(stage: Path) -> str | None:
    """Return the path of Material's worker in a site that also has ours, else None."""
    found = sorted(stage.glob(WORKERS)) if (stage / WORKER).is_file() else []
    return found[0].relative_to(stage).as_posix() if found else None


def worker_address(stage: Path) -> str:
    """Return the path of our worker, with a query that changes when the script does."""
    digest = hashlib.sha256((stage / WORKER).read_bytes()).hexdigest()
    return f"{WORKER}?{digest[:8]}"


def address(page: str, *, directories: bool) -> str:
    """Return the address of a page of ``docs/`` in the site."""
    if not directories:
        return page.removesuffix(".md") + ".html"
    if page == "index.md":
        return ""
    return page.removesuffix("index.md") if page.endswith("/index.md") else f"{page[:-3]}/"


def encoded_page(place: str, page: SearchPage) -> str:
    """Write a page as the script reads it: address, title, entries."""
    return _json([place, page.title, [_entry(entry) for entry in page.entries]])


def _entry(entry: SearchEntry) -> list[object]:
    written: list[object] = [entry.fragment, entry.title, _runs(entry.runs)]
    return written if entry.seen == IN_ALL else [*written, entry.seen]


def _runs(runs: Sequence[Run]) -> object:
    if all(views == IN_ALL for views, _ in runs):
        return "".join(words for _, words in runs)
    return [words if views == IN_ALL else [views, words] for views, words in runs]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _others(entries: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, SearchPage]]:
    """Yield the pages of Material's index, each with its sections as entries."""
    pages: dict[str, list[Mapping[str, Any]]] = {}
    for entry in entries:
        pages.setdefault(entry["location"].partition("#")[0], []).append(entry)
    for place, sections in pages.items():
        found = tuple(
            SearchEntry(
                section["location"].partition("#")[2],
                _words(section["title"]),
                everywhere(_words(section["text"])),
            )
            for section in sections
        )
        yield place, SearchPage("", found[0].title, found)


def _words(markup: str) -> str:
    """Take the words out of what Material's index holds, which is HTML."""
    return " ".join(html.unescape(TAG.sub(" ", markup)).split())


def _write_parts(stage: Path, encoded: Sequence[str], *, scripts: bool) -> list[str]:
    """Write the parts, named after what is in them; give their names without the ending."""
    names = []
    for part in _parts(encoded):
        data = "[" + ",\n".join(part) + "]"
        name = f"search/part-{hashlib.sha256(data.encode()).hexdigest()[:12]}"
        names.append(name)
        if scripts:
            file, data = stage / f"{name}.js", f"editionSearchPart({data});"
        else:
            file = stage / f"{name}.json"
        file.write_text(data, encoding="utf-8", newline="\n")
    return names


def _parts(encoded: Sequence[str]) -> Iterator[list[str]]:
    part: list[str] = []
    size = 0
    for page in encoded:
        part.append(page)
        size += len(page)
        if size >= PART_SIZE:
            yield part
            part, size = [], 0
    if part:
        yield part
