"""What of the last site can stay: each page whose sources are the same, if all else is the same.

A page depends on its own Markdown, and on what all pages share: the configuration, the theme, the
versions of the packages, the set of pages, and the front matter of the pages in the navigation.
The shared part is one key. Where it differs, or where the configuration holds something whose
effect on other pages cannot be known, everything is made anew.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from build_tools.publish import held
from build_tools.publish.driver import said_by
from build_tools.publish.files import write_changed
from build_tools.publish.look import digest_of
from build_tools.publish.search import INDEX, INDEX_SCRIPT
from build_tools.publish.shards import Job, shares
from build_tools.publish.share import Share
from build_tools.publish.theme import TARGET

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

STATES = Path(".edition", "state")
CONFIGURATION = "mkdocs.yml"

Left: TypeAlias = tuple[int, int, int, int, str]
"""What a build left of a file: kind and mode, size, date, number, and the hash of the bytes."""

ELSEWHERE = re.compile(rb"^INHERIT\b|!ENV\b|!!python/", re.MULTILINE)
"""What a configuration says with the words of others: further files, the environment, code."""
TOOL = Path(__file__).resolve().parent.parent

PLUGINS = frozenset({"search", "material/search", "offline", "material/offline"})
"""Plugins that look at one page at a time; any other may carry something between pages."""

EXTENSIONS = frozenset(
    [
        "abbr",
        "admonition",
        "attr_list",
        "codehilite",
        "def_list",
        "extra",
        "fenced_code",
        "footnotes",
        "md_in_html",
        "meta",
        "nl2br",
        "sane_lists",
        "smarty",
        "tables",
        "toc",
        "wikilinks",
        "build_tools.markdown_safe",
    ]
)
"""Extensions whose page depends on nothing but its own text; snippets read further files."""


@dataclass(frozen=True)
class Source:
    """A file under ``docs/``: its bytes' hash and size, and its place in the site."""

    digest: str
    size: int
    target: str
    is_page: bool


@dataclass(frozen=True)
class State:
    """A site as it was made.

    ``sources`` are by path under ``docs/``; ``outputs`` are the files of the site that may be kept;
    ``entries`` what Material's index has of each page.
    """

    key: str
    sources: Mapping[str, Source]
    outputs: Mapping[str, Left]
    entries: Mapping[str, list[Any]]


NOTHING = State("", {}, {}, {})


@dataclass(frozen=True)
class Plan:
    """What is made anew and by whom, and what stays; no ``key``: nothing is known of this site."""

    parts: tuple[Share, ...]
    kept: frozenset[str] = frozenset()
    key: str = ""
    sources: Mapping[str, Source] = field(default_factory=dict)
    before: State = NOTHING

    def state(self, made: Mapping[str, Left], entries: Mapping[str, list[Any]]) -> State:
        """Describe the site that came of it."""
        return State(self.key, self.sources, made, entries)


def planned(
    config: MkDocsConfig, job: Job, last: Path, state: State, dates: Mapping[str, int]
) -> Plan:
    """Look what of the last site can stay, put it into the stage, and share out the rest."""
    if not can_share(config):
        return Plan((Share(),))
    sources = sources_of(config)
    key = key_of(config, job, sources)
    stays = kept(state, key, sources, last, dates)
    lay_out(stays, last, job.stage)
    new = {
        path: one.size for path, one in sources.items() if one.is_page and one.target not in stays
    }
    leading = frozenset(new) - job.unsearched
    return Plan(tuple(shares(new, stays, leading)), stays, key, sources, state)


def can_share(config: MkDocsConfig) -> bool:
    """Tell whether pages may be made apart from each other."""
    return (
        set(config.plugins) <= PLUGINS
        and not config.hooks
        and _is_titled(config.nav)
        and set(config.markdown_extensions) <= EXTENSIONS
    )


def is_closed(config: MkDocsConfig, root: Path) -> bool:
    """Tell whether a site is made of ``docs/``, mkdocs.yml, the theme and the packages alone.

    Only then does looking at these tell that nothing has changed.
    """
    theme = (root / TARGET).resolve()
    packages = _packages().resolve()
    folders = [Path(folder).resolve() for folder in config.theme.dirs]
    brought_back = [p for p in getattr(config.exclude_docs, "patterns", ()) if p.include is False]
    return (
        can_share(config)
        and not ELSEWHERE.search((root / CONFIGURATION).read_bytes())
        and Path(config.docs_dir).resolve() == (root / "docs").resolve()
        and all(folder == theme or folder.is_relative_to(packages) for folder in folders)
        # Hidden files are not looked at.
        and not brought_back
    )


def _is_titled(nav: object) -> bool:
    """Tell whether the navigation names its pages itself; else names are read from the pages."""
    if isinstance(nav, str):
        return False
    if isinstance(nav, list):
        return all(_is_titled(item) for item in nav)
    if isinstance(nav, dict):
        return all(isinstance(item, str) or _is_titled(item) for item in nav.values())
    return False


def sources_of(config: MkDocsConfig) -> dict[str, Source]:
    """Read every file that MkDocs makes the site from."""
    from mkdocs.structure.files import get_files

    found: dict[str, Source] = {}
    for file in get_files(config):
        data = Path(str(file.abs_src_path)).read_bytes()
        digest = hashlib.sha256(data).hexdigest()
        found[file.src_uri] = Source(digest, len(data), file.dest_uri, file.is_documentation_page())
    return found


def key_of(config: MkDocsConfig, job: Job, sources: Mapping[str, Source]) -> str:
    """Return the key of what all pages share."""
    digest = hashlib.sha256()
    for part in _shared(config, job, sources):
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()


def _shared(config: MkDocsConfig, job: Job, sources: Mapping[str, Source]) -> Iterator[bytes]:
    # As it is written, and with the files that it inherits from and the environment it names.
    yield job.configuration.read_bytes()
    yield repr(said_by(job.configuration)).encode(errors="surrogateescape")
    yield repr((job.site_url, job.settings and job.settings.__qualname__)).encode()
    # The day of the edition stands on every page.
    yield str(datetime.fromtimestamp(job.epoch, tz=UTC).date()).encode()
    yield repr(sorted(job.unsearched)).encode()
    yield repr(sorted((path, one.target) for path, one in sources.items() if one.is_page)).encode()
    yield versions().encode()
    docs = Path(config.docs_dir)
    for path in sorted(_pages_of(config.nav)):
        yield _front_matter(docs / path)
    for folder in (*map(Path, config.theme.dirs), TOOL / "publish"):
        if not folder.is_relative_to(_packages()):
            yield from _tree(folder)
    yield (TOOL / "markdown_safe.py").read_bytes()


def versions() -> str:
    """Name every package that is installed, by the folders that say so: any may have a part."""
    packages = sorted(folder.name for folder in _packages().glob("*.dist-info"))
    return "\n".join([sys.version, *packages])


def _packages() -> Path:
    """Return the folder of installed packages: they are known by their versions."""
    import mkdocs

    return Path(str(mkdocs.__file__)).parent.parent


def _pages_of(nav: object) -> Iterator[str]:
    if isinstance(nav, str):
        yield nav
    elif isinstance(nav, list | dict):
        for item in nav.values() if isinstance(nav, dict) else nav:
            yield from _pages_of(item)


def _front_matter(file: Path) -> bytes:
    """Return what the head of a page says, of which the navigation of others may show something.

    MkDocs knows heads of several kinds: it reads them itself.
    """
    from mkdocs.utils.meta import get_data

    if not file.is_file():
        return b""
    said = get_data(file.read_text(encoding="utf-8-sig", errors="surrogateescape"))[1]
    return repr(said).encode(errors="surrogateescape")


def _tree(folder: Path) -> Iterator[bytes]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path.relative_to(folder).as_posix().encode()
            yield path.read_bytes()


def kept(
    state: State,
    key: str,
    sources: Mapping[str, Source],
    last: Path,
    dates: Mapping[str, int],
) -> frozenset[str]:
    """Say which files of the last site can stay, by their paths there; ``dates``: see `sealed`."""
    if not state.key or state.key != key or not state.sources.keys() <= sources.keys():
        # Also where a file is gone: pages that link to it are for MkDocs to tell of.
        return frozenset()
    made_from = {one.target: (path, one) for path, one in state.sources.items()}
    return frozenset(
        target
        for target, left in state.outputs.items()
        if _is_same(target, made_from, sources)
        and _is_untouched(last / target, left, dates.get(target))
    )


def _is_same(
    target: str, made_from: Mapping[str, tuple[str, Source]], sources: Mapping[str, Source]
) -> bool:
    """Tell whether a file of the site would be made the same; those of the theme are in the key."""
    if target not in made_from:
        return True
    path, source = made_from[target]
    return sources.get(path) == source


def _is_untouched(file: Path, left: Left, date: int | None) -> bool:
    """Tell whether a file is as it was left; where its entry has another date, by its bytes."""
    try:
        found = file.lstat()
    except OSError:
        return False
    if _mark(found) != left[:4]:
        return False
    return found.st_ctime_ns == date or digest_of(file) == left[4]


def _mark(found: os.stat_result) -> tuple[int, int, int, int]:
    return (found.st_mode, found.st_size, found.st_mtime_ns, found.st_ino)


def lay_out(files: Iterable[str], last: Path, stage: Path) -> None:
    """Put files of the last site into the stage, as further names of the same files.

    They are not written to there: MkDocs is told that they are made, and all others are new.
    """
    folders: set[Path] = set()
    for name in files:
        target = stage / name
        if target.parent not in folders:
            target.parent.mkdir(parents=True, exist_ok=True)
            folders.add(target.parent)
        try:
            os.link(last / name, target)
        except OSError:
            # A file system without such names.
            shutil.copy2(last / name, target)


def outputs(stage: Path, always: Iterable[str], plan: Plan) -> dict[str, Left]:
    """Take down the files of a finished stage that a later build may keep.

    ``always`` are those that every build makes: they hold something of all pages.
    """
    fresh = set(always)
    found: dict[str, Left] = {}
    for folder, _, names in os.walk(stage):
        for name in names:
            file = Path(folder) / name
            target = file.relative_to(stage).as_posix()
            if target not in fresh and not target.startswith("search/"):
                before = plan.before.outputs.get(target) if target in plan.kept else None
                found[target] = (*_mark(file.lstat()), before[4] if before else digest_of(file))
    return found


def seal(root: Path, name: str) -> None:
    """Take down the dates of the entries of a site's files, when it stands and the last is gone.

    Each further name of a file, and each that goes, gives its entry another date: what was taken
    down of the stage would not hold.
    """
    site = root / name
    dates = {
        (Path(folder) / one).relative_to(site).as_posix(): (Path(folder) / one).lstat().st_ctime_ns
        for folder, _, names in os.walk(site)
        for one in names
    }
    write_changed(root / STATES / f"{name}-dates.json", json.dumps(dates).encode())


def sealed(root: Path, name: str) -> dict[str, int]:
    """Read these dates; none where there are none: then files are known by their bytes."""
    try:
        return dict(json.loads((root / STATES / f"{name}-dates.json").read_bytes()))
    except (OSError, ValueError, TypeError):
        return {}


def merge_entries(stage: Path, plan: Plan, *, directories: bool) -> dict[str, list[Any]]:
    """Add to Material's index the entries of pages that stayed, in the order of a full build.

    Give the entries of each page, by its path under ``docs/``.
    """
    index = stage / INDEX
    if not plan.key or not index.is_file():
        return {}
    made = json.loads(index.read_bytes())
    if "config" not in made or not isinstance(made.get("docs"), list):
        return {}
    new: dict[str, list[Any]] = defaultdict(list)
    for entry in made["docs"]:
        new[entry["location"].partition("#")[0]].append(entry)
    merged: dict[str, list[Any]] = {}
    for path, source in plan.sources.items():
        stays = source.target in plan.kept
        url = source.target.removesuffix("index.html") if directories else source.target
        found = plan.before.entries.get(path) if stays else new.get(url)
        if found and source.is_page:
            merged[path] = found
    made["docs"] = [entry for found in merged.values() for entry in found]
    text = json.dumps(made, separators=(",", ":"))
    index.write_text(text, encoding="utf-8")
    if (stage / INDEX_SCRIPT).is_file():
        (stage / INDEX_SCRIPT).write_text(f"var __index = {text}", encoding="utf-8")
    return merged


def read_state(root: Path, name: str) -> State:
    """Read what is known of the last site; nothing where there is none that can be read."""
    try:
        return held.read(root / STATES / f"{name}.json", _state_from)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError):
        return NOTHING


def _state_from(text: str) -> State:
    data = json.loads(text)
    return State(
        str(data["key"]),
        {path: Source(**one) for path, one in data["sources"].items()},
        {path: _left(*one) for path, one in data["outputs"].items()},
        dict(data["entries"]),
    )


def _left(mode: int, size: int, modified: int, number: int, digest: str) -> Left:
    return mode, size, modified, number, digest


def write_state(root: Path, name: str, state: State) -> None:
    """Write what is known of a site."""
    held.write(root / STATES / f"{name}.json", state, lambda one: json.dumps(asdict(one)))


def forget(root: Path, name: str) -> None:
    """Forget what is known of a site: the next build makes all of it."""
    (root / STATES / f"{name}.json").unlink(missing_ok=True)
