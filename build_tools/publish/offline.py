"""The site for a folder without a network: opened by double click, searched, passed on as a zip.

It is made from the same mkdocs.yml as the web site. What differs is changed in memory, so that
nobody keeps two files alike: addresses with file names, no instant navigation (it kills tooltips
on ``file://``), nothing that asks another site, and the search index inlined in a script.
"""

from __future__ import annotations

import shutil
import time
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from build_tools.model.place import Place
from build_tools.model.problem import Problem
from build_tools.publish.site import Order, Site, build_site
from build_tools.publish.theme import TOOL

SHIM_PACKAGE = "iframe-worker"
SHIM_FILES = {"shim/index.js": "index.js", "LICENSE": "LICENSE.txt"}
SHIM_FOLDER = "assets/iframe-worker"
"""Material adds its copy on another site unless a name with "iframe-worker" is in the list."""

FOR_SERVERS = ("404.html", "sitemap.xml", "sitemap.xml.gz")
"""Files that only a web server has a use for; in a folder their addresses lead nowhere."""

ASKING = ("analytics", "version")
"""Entries of ``extra:`` that make the pages ask a site."""

EARLIEST = 315532800
"""The first second of 1980, before which a zip knows no dates."""


def build_offline(root: Path, stage: Path, order: Order) -> Site:
    """Make the offline site of ``root`` in ``stage``; see `build_site`.

    It has no address of its own, and no policy: its search needs a script written into the page.
    """
    shim = _shim(root)
    if shim is None:
        return Site((_no_shim(),))
    order = replace(order, site_url="", guarded=False)
    site = build_site(root, stage, order, settings=offline_settings)
    if site.problems:
        return site
    for name in FOR_SERVERS:
        (stage / name).unlink(missing_ok=True)
    folder = stage / SHIM_FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for source, name in SHIM_FILES.items():
        shutil.copyfile(shim / source, folder / name)
    return site


def offline_settings(configuration: Mapping[str, Any]) -> dict[str, Any]:
    """Give what replaces the settings of mkdocs.yml in the offline site."""
    return {
        # The web site's address would be wrong for pages that are named otherwise here; the
        # address of the repository makes Material ask about its stars.
        "site_url": "",
        "repo_url": "",
        "use_directory_urls": False,
        "theme": _theme(configuration.get("theme")),
        "plugins": _plugins(configuration.get("plugins", ["search"])),
        "extra": _extra(configuration.get("extra")),
    }


def _theme(given: object) -> dict[str, Any]:
    theme: dict[str, Any] = {"name": given or "mkdocs"}
    if isinstance(given, Mapping):
        theme = dict(given)
    features: Iterable[object] = theme.get("features") or ()
    theme["features"] = [
        name for name in features if not str(name).startswith("navigation.instant")
    ]
    # Without this, and with another font named, the pages would ask Google for it.
    theme["font"] = False
    return theme


def _plugins(given: object) -> list[dict[str, Any]]:
    """Add the offline plugin; where mkdocs.yml has it already, take it as switched on."""
    plugins = [
        {name: options} for name, options in _named(given) if name.rpartition("/")[2] != "offline"
    ]
    return [*plugins, {"material/offline": {"enabled": True}}]


def _named(given: object) -> Iterator[tuple[str, object]]:
    """Give the plugins of a list or a mapping with their options."""
    entries: Sequence[object] = given if isinstance(given, list) else [given]
    for entry in entries:
        if isinstance(entry, Mapping):
            yield from ((str(name), options or {}) for name, options in entry.items())
        elif entry:
            yield str(entry), {}


def _extra(given: object) -> dict[str, Any]:
    extra = dict(given) if isinstance(given, Mapping) else {}
    polyfills = [one for one in extra.get("polyfills") or () if SHIM_PACKAGE not in str(one)]
    extra["polyfills"] = [*polyfills, f"{SHIM_FOLDER}/index.js"]
    return {name: value for name, value in extra.items() if name not in ASKING}


def _shim(root: Path) -> Path | None:
    """Find the script with its licence, without which it may not be passed on."""
    for folder in (root / "node_modules", TOOL / "node_modules"):
        package = folder / SHIM_PACKAGE
        if all((package / name).is_file() for name in SHIM_FILES):
            return package
    return None


def _no_shim() -> Problem:
    return Problem(
        "file-missing",
        Place(f"node_modules/{SHIM_PACKAGE}/shim/index.js"),
        "the script that lets the search work without a server is not installed",
        "run `make offline`, which installs it; or, in the folder that holds edition/, "
        f"`npm install {SHIM_PACKAGE}@1.0.4`",
    )


def archive_name(title: str, version: str) -> str:
    """Name the zip, and the folder in it, after the edition: ``letters-1.0.0-offline``."""
    return f"{_slug(title) or 'edition'}-{_version(version)}-offline"


def _slug(title: str) -> str:
    """Make a file name of a title: letters of any script, without the accents of Latin ones."""
    kept: list[str] = []
    for character in unicodedata.normalize("NFKD", title).casefold():
        if unicodedata.category(character)[0] in "LMN":
            if not (unicodedata.combining(character) and kept and kept[-1].isascii()):
                kept.append(character)
        elif kept and kept[-1] != "-":
            kept.append("-")
    return unicodedata.normalize("NFC", "".join(kept)).strip("-")[:60].strip("-")


def _version(version: str) -> str:
    kept = "".join(c if c.isascii() and (c.isalnum() or c in ".+-") else "-" for c in version)
    return kept.strip(".-") or "0"


def pack(site: Path, archive: Path, *, epoch: int) -> tuple[Problem, ...]:
    """Pack a verified folder, in one folder named like the zip; the same files, the same bytes."""
    archive.parent.mkdir(parents=True, exist_ok=True)
    temporary = archive.with_name(f".writing-{archive.name}")
    files = sorted(file for file in site.rglob("*") if file.is_file())
    try:
        with zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
            for file in files:
                entry = _entry(f"{archive.stem}/{file.relative_to(site).as_posix()}", epoch)
                packed.writestr(entry, file.read_bytes(), compresslevel=9)
        problem = _differs(temporary, site, files, archive)
        if problem is None:
            temporary.replace(archive)
    finally:
        temporary.unlink(missing_ok=True)
    return () if problem is None else (problem,)


def _entry(name: str, epoch: int) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, time.gmtime(max(epoch, EARLIEST))[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3
    entry.external_attr = 0o100644 << 16
    return entry


def _differs(packed: Path, site: Path, files: Sequence[Path], archive: Path) -> Problem | None:
    """Read the zip back: it is what readers get, and must hold what was verified."""
    with zipfile.ZipFile(packed) as found:
        names = [f"{archive.stem}/{file.relative_to(site).as_posix()}" for file in files]
        if found.namelist() == names and all(
            found.read(name) == file.read_bytes() for name, file in zip(names, files, strict=True)
        ):
            return None
    return Problem(
        "text-differs",
        Place(f"{archive.parent.name}/{archive.name}"),
        f"the zip does not hold the files of {site.name}/ as they were verified",
        "look whether the disk is sound, and build again",
    )
