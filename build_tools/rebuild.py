"""Building again: what is the same as at the last build is not done again.

Three ways. Nothing has changed: nothing is done. Only the words of notes have changed: the pages of
their documents are made again, everything else of the edition is as it was. Anything else: a build
of the whole edition, in which unchanged pages still stay (`publish.incremental`).

What is remembered lies in ``.edition/state``. It counts only while the generated pages and the
finished sites are the very files that the last build left: same sizes, same dates, same numbers.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from build_tools import pipeline
from build_tools.model.problem import Problem
from build_tools.model.spread import Bars
from build_tools.pipeline import OFFLINE, WEB, Asked, Made, Outcome, Say
from build_tools.publish import held
from build_tools.publish.files import remove_leftovers, write_changed
from build_tools.publish.incremental import CONFIGURATION, STATES, TOOL, versions
from build_tools.publish.lock import alone_in
from build_tools.publish.look import Seen, digest_of, finger, look, tool_digest
from build_tools.publish.pages import Written, update_pages
from build_tools.publish.scripts import node
from build_tools.publish.swap import recover, undisturbed
from build_tools.publish.theme import copy_theme
from build_tools.read.tree import FolderTree, PartOfTree, Tree
from build_tools.recall import made_as_json, made_from, problem_from
from build_tools.render.citations import edition_data

LOOKED, MADE = STATES / "edition.json", STATES / "made.json"
PACKAGES = ("@fontsource", "@fontsource-variable", "iframe-worker", "terser")
TOPS = ("edition", "docs", CONFIGURATION, *(f"node_modules/{name}" for name in PACKAGES))
GENERATED = "docs/edition"
RECORD = re.compile(r"edition/documents/([^/]+)/(?:notes|emendations|variants)/[^/]+\.md")
OTHERS = re.compile(r"\]\((?:note|block):([^)#]+)#")


@dataclass(frozen=True)
class Memory:
    """What the last sound build left, and from what."""

    shared: str
    epoch: int
    when: int
    files: Mapping[str, Seen]
    problems: tuple[Problem, ...]
    sites: Mapping[str, str]
    """The finger of each site, and of the zip, by name."""


def build(root: Path, say: Say, names: Sequence[str] = (WEB,), bars: Bars | None = None) -> Outcome:
    """Make sites as `pipeline.build` does, with as little work as it takes; nobody else builds."""
    with alone_in(root, say):
        return _build(root, say, names, bars)


def _build(root: Path, say: Say, names: Sequence[str], bars: Bars | None) -> Outcome:
    for name in names:
        recover(root / name)
    remove_leftovers(root / STATES)
    when = time.time_ns()
    memory = read_memory(root)
    asked = pipeline.ask(root)
    shared = _shared(asked.clone)
    files = look(root, TOPS, memory.files if memory else {}, memory.when if memory else 0)
    outcome = None
    if memory and memory.shared == shared and _stand(root, memory, names):
        outcome = _from_memory(root, memory, files, say, names, asked)
    if outcome is None:
        outcome = pipeline.build(root, say, names, bars, asked)
    if outcome.made and outcome.sites and not outcome.is_closed:
        (root / LOOKED).unlink(missing_ok=True)
    elif outcome.made and outcome.sites:
        now = Memory(shared, asked.epoch, when, files, outcome.problems, {})
        _remember(root, now, outcome, memory)
    return outcome


def _from_memory(
    root: Path,
    memory: Memory,
    files: Mapping[str, Seen],
    say: Say,
    names: Sequence[str],
    asked: Asked,
) -> Outcome | None:
    """Build from what is remembered, where that can be done."""
    changed = _changed(memory.files, files)
    if not changed and memory.epoch == asked.epoch:
        say("Nothing has changed since the last build.")
        archive = None
        if OFFLINE in names:
            archive = root / "dist" / f"{memory.sites['archive'].partition('/')[0]}"
        sites = tuple(root / name for name in names)
        return Outcome(memory.problems, Written(), None, sites, archive)
    records = {path: RECORD.fullmatch(path) for path in changed}
    if not all(records.values()) or not changed <= files.keys():
        return None
    documents = frozenset(found[1] for found in records.values() if found)
    outcome = _words(root, memory, changed, documents)
    return outcome and pipeline.publish(root, outcome, say, names, asked)


def _changed(before: Mapping[str, Seen], now: Mapping[str, Seen]) -> frozenset[str]:
    """Return what differs between two looks; only what is in a file counts."""
    both = before.keys() | now.keys()
    return frozenset(
        path
        for path in both
        if path not in before or path not in now or before[path][4] != now[path][4]
    )


def _belongs(path: str, documents: frozenset[str]) -> bool:
    parts = path.split("/")
    return parts[1] != "documents" or (len(parts) > 2 and parts[2] in documents)


def _words(
    root: Path,
    memory: Memory,
    changed: frozenset[str],
    documents: frozenset[str],
) -> Outcome | None:
    """Write the pages of some documents again; None where the whole edition has to be looked at.

    That is so where more has changed of a record than its words. No document has changed where only
    the date of the edition did, by a commit.
    """
    remembered = _read_made(root)
    if remembered is None:
        return None
    tree = FolderTree(root)
    needed = documents | _named_by(tree, documents) | remembered.bringing
    part = PartOfTree(tree, lambda path: _belongs(path, needed))
    bound, found = pipeline.bind_tree(part)
    folders = tuple(f"edition/documents/{name}/" for name in documents)
    own = [problem for problem in found if problem.place.file.startswith(folders)]
    if bound is None or tree.problems() or not Outcome(tuple(own)).is_sound:
        return None
    made, pages = pipeline.make_pages(part, bound)
    if not all(path in made.outlines for path in changed) or any(
        remembered.outlines.get(path) != made.outlines[path] for path in changed
    ):
        return None
    places = tuple(f"edition/{name}/" for name in documents)
    mine = {path: data for path, data in pages.items() if path.startswith(places)}
    with undisturbed():
        copy_theme(root, said=edition_data(bound.edition))
        written = update_pages(root / "docs", mine)
    if mine and not written.written:
        return None
    elsewhere = [one for one in memory.problems if not one.place.file.startswith(folders)]
    return Outcome(
        pipeline.in_order([*elsewhere, *own]),
        written,
        _with(remembered, made, documents),
    )


def _named_by(tree: Tree, documents: frozenset[str]) -> frozenset[str]:
    """Return the documents to which notes of these lead."""
    return frozenset(
        name
        for path in tree.files()
        if (found := RECORD.fullmatch(path)) and found[1] in documents
        for name in OTHERS.findall(tree.read(path).decode(errors="surrogateescape"))
    )


def _with(remembered: Made, part: Made, documents: frozenset[str]) -> Made:
    """Put what was made of some documents in the place of what is remembered of them."""
    places = {f"edition/{name}/index.md" for name in documents}
    pages = {page.page: page for page in part.searched if page.page in places}
    texts = {text.id: text for text in part.expected if text.id in documents}
    return replace(
        remembered,
        searched=tuple(pages.get(page.page, page) for page in remembered.searched),
        expected=tuple(texts.get(text.id, text) for text in remembered.expected),
    )


def _shared(clone: str) -> str:
    """Name what a build depends on beside the files that are looked at."""
    modules = [finger(TOOL.parent / "node_modules" / name) for name in PACKAGES]
    own = [bool(node()), clone]
    return json.dumps([tool_digest(TOOL), versions(), *own, *modules])


def _stand(root: Path, memory: Memory, names: Sequence[str]) -> bool:
    """Tell whether the sites are there as they were left."""
    stand = all(memory.sites.get(name) == finger(root / name) for name in names)
    if OFFLINE in names and stand:
        file, _, digest = memory.sites.get("archive", "").partition("/")
        stand = bool(file) and digest_of(root / "dist" / file) == digest
    return stand


def _remember(root: Path, now: Memory, outcome: Outcome, before: Memory | None) -> None:
    """Take down what a sound build has left, and the sources as they were before it."""
    assert outcome.made is not None
    sources = {path: seen for path, seen in now.files.items() if not _is_generated(path)}
    memory = replace(
        now,
        files=sources | look(root, (GENERATED,), now.files, now.when),
        sites=_fingers(outcome, before if before and before.shared == now.shared else None),
    )
    held.write(root / MADE, outcome.made, made_as_json)
    _write(root / LOOKED, json.dumps(asdict(memory), ensure_ascii=False))


def _is_generated(path: str) -> bool:
    return path.startswith(f"{GENERATED}/")


def _fingers(outcome: Outcome, before: Memory | None) -> dict[str, str]:
    fingers = dict(before.sites) if before else {}
    fingers |= {site.name: finger(site) for site in outcome.sites}
    if outcome.archive:
        fingers["archive"] = f"{outcome.archive.name}/{digest_of(outcome.archive)}"
    return fingers


def _write(file: Path, data: str) -> None:
    write_changed(file, data.encode(errors="surrogateescape"))


def read_memory(root: Path) -> Memory | None:
    """Read what is remembered; None where there is nothing that can be read."""
    data = _json(root / LOOKED)
    try:
        return Memory(
            data["shared"],
            data["epoch"],
            data["when"],
            {path: tuple(seen) for path, seen in data["files"].items()},
            tuple(problem_from(one) for one in data["problems"]),
            data["sites"],
        )
    except (KeyError, TypeError, AttributeError):
        return None


def _read_made(root: Path) -> Made | None:
    try:
        return held.read(root / MADE, lambda text: made_from(json.loads(text)))
    except (OSError, KeyError, TypeError, AttributeError, ValueError):
        return None


def _json(file: Path) -> Any:  # noqa: ANN401 - whatever is in the file
    try:
        return json.loads(file.read_text(encoding="utf-8", errors="surrogateescape"))
    except (OSError, ValueError):
        return None
