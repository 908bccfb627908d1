"""Putting all versions together: one folder that a server can publish as it is.

The newest release stands at the root, every release under ``v/<version>/``, and the state of the
work under ``next/``. Released sites come from their zips, as they were proved; none is built again.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from build_tools.model.place import Place
from build_tools.model.problem import Problem
from build_tools.publish.finish import html_files
from build_tools.publish.policy import MISSING_PAGE
from build_tools.publish.release import CHECKSUMS, SITE_ENDING, read_checksums, sha256
from build_tools.publish.unpack import UnpackError, unpack
from build_tools.publish.versions import (
    INDEX,
    LIST_STYLE,
    Notice,
    Version,
    address_of,
    marked,
    version_list,
    version_of,
)

VERSIONS, NEXT = "v", "next"
UNRELEASED = "This is the state of the work. It changes, and is not to be cited."


@dataclass(frozen=True)
class Assembly:
    """What is put together: the title and address of the whole, and the site of the work."""

    title: str
    site_url: str
    next_site: Path | None = None


@dataclass(frozen=True)
class Release:
    """A release as it was fetched: its version and the zip of its site."""

    version: Version
    archive: Path


def assemble(releases: Path, into: Path, order: Assembly) -> tuple[Problem, ...]:
    """Put the versions together in a folder that is new, or empty.

    ``releases`` holds one folder a release, called by its tag, with the zip of the site and the
    list of checksums. Nothing is there unless everything is.
    """
    found, problems = fetched(releases)
    if order.next_site is not None and not (order.next_site / INDEX).is_file():
        problems += (_no_site(order.next_site),)
    if problems:
        return problems
    work = into.with_name(f".writing-{into.name}")
    shutil.rmtree(work, ignore_errors=True)
    try:
        problems = _put_together(found, work, order)
        if not problems:
            if into.is_dir():
                into.rmdir()
            work.rename(into)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return problems


def fetched(releases: Path) -> tuple[tuple[Release, ...], tuple[Problem, ...]]:
    """Look through the folders of the releases, the newest first; every zip is checked."""
    found: list[Release] = []
    problems: list[Problem] = []
    for folder in sorted(one for one in releases.iterdir() if one.is_dir()):
        release = _release(folder)
        if isinstance(release, Problem):
            problems.append(release)
        elif any(release.version.parts == one.version.parts for one in found):
            message = f"there is another release of version {release.version.name}"
            problems.append(_wrong(folder, message, "take one of them away"))
        else:
            found.append(release)
    newest_first = sorted(found, key=lambda one: one.version, reverse=True)
    return tuple(newest_first), tuple(problems)


def _release(folder: Path) -> Release | Problem:
    version = version_of(folder.name)
    if version is None:
        hint = "a tag of a version is v and figures: v1.2.0; take other folders away"
        return _wrong(folder, f'"{folder.name}" is no version', hint)
    archives = sorted(folder.glob(f"*{SITE_ENDING}.zip"))
    if len(archives) != 1:
        message = f"there are {len(archives)} zips of its site, and there must be one"
        return _missing(folder, message, f"fetch the file that ends with {SITE_ENDING}.zip")
    list_of_sums = folder / CHECKSUMS
    if not list_of_sums.is_file():
        return _missing(list_of_sums, "the list of checksums is not there", "fetch it")
    wanted = read_checksums(list_of_sums).get(archives[0].name)
    if wanted is None:
        message = f"{CHECKSUMS} does not name it"
        return _wrong(archives[0], message, "fetch the release again; if it stays, do not use it")
    if wanted != sha256(archives[0]):
        return Problem(
            "text-differs",
            Place(archives[0].as_posix()),
            f"the zip is not the one whose checksum stands in {CHECKSUMS}",
            "fetch it again; if it stays so, somebody has changed it, and it must not be used",
        )
    return Release(version, archives[0])


def _put_together(releases: Sequence[Release], work: Path, order: Assembly) -> tuple[Problem, ...]:
    work.mkdir(parents=True)
    versions: list[Version] = []
    for release in releases:
        folder = work / VERSIONS / release.version.name
        try:
            year, month, day = unpack(release.archive, folder)
        except UnpackError as fault:
            hint = "fetch it again; if it stays so, do not use it"
            return (_wrong(release.archive, f"the zip is not unpacked: {fault}", hint),)
        if not (folder / INDEX).is_file():
            return (_wrong(release.archive, f"there is no {INDEX} in it", "is it a site?"),)
        versions.append(replace(release.version, day=f"{year:04}-{month:02}-{day:02}"))
    clash = _set_root(versions, work, order)
    if clash:
        return (clash,)
    for number, version in enumerate(versions):
        notice = Notice(f"This is version {version.name}.", versions[0].name) if number else None
        mark_pages(work, f"{VERSIONS}/{version.name}", notice, order.site_url)
    if order.next_site is not None:
        shutil.copytree(order.next_site, work / NEXT)
        newest = versions[0].name if versions else ""
        mark_pages(work, NEXT, Notice(UNRELEASED, newest), "")
    _write_list(versions, work, order)
    return ()


def _set_root(versions: Sequence[Version], work: Path, order: Assembly) -> Problem | None:
    """Copy the newest version to the root; its own folders must not be those of the versions."""
    if not versions:
        return None
    newest = work / VERSIONS / versions[0].name
    taken = {VERSIONS} | ({NEXT} if order.next_site is not None else set())
    for entry in sorted(newest.iterdir()):
        if entry.name in taken:
            message = f"the site of version {versions[0].name} has a {entry.name}/ of its own"
            return _wrong(Path(entry.name), message, "give that page another name, and release it")
        if entry.is_dir():
            shutil.copytree(entry, work / entry.name)
        else:
            shutil.copyfile(entry, work / entry.name)
    return None


def mark_pages(work: Path, folder: str, notice: Notice | None, site_url: str) -> None:
    """Mark every page of a version: which it is, and where search machines are to send people."""
    # A server shows the page for missing addresses from the root alone.
    (work / folder / MISSING_PAGE).unlink(missing_ok=True)
    for page in html_files(work / folder):
        file = work / folder / page
        is_there = (work / page).is_file()
        up = "../" * (f"{folder}/{page}".count("/"))
        markup = file.read_bytes().decode(errors="surrogateescape")
        canonical = address_of(site_url, page) if site_url and is_there else ""
        link = page if is_there else INDEX
        new = marked(link, markup, notice, canonical, up)
        file.write_bytes(new.encode(errors="surrogateescape"))


def _write_list(versions: Sequence[Version], work: Path, order: Assembly) -> None:
    has_next = order.next_site is not None
    for name, up in _lists(bool(versions)):
        file = work / name
        file.parent.mkdir(parents=True, exist_ok=True)
        text = version_list(order.title, versions, has_next=has_next, up=up)
        file.write_text(text, encoding="utf-8", newline="\n")
    style = work / VERSIONS / "versions.css"
    style.write_text(LIST_STYLE, encoding="utf-8", newline="\n")


def _lists(has_root: bool) -> Iterator[tuple[str, str]]:
    """Yield where the list stands: before the first release, it is the root as well."""
    yield f"{VERSIONS}/{INDEX}", "../"
    if not has_root:
        yield INDEX, ""


def _no_site(folder: Path) -> Problem:
    message = f"there is no {INDEX} in it: it is no finished site"
    return _missing(folder, message, "make one: edition build")


def _missing(path: Path, message: str, hint: str) -> Problem:
    return Problem("file-missing", Place(path.as_posix()), message, hint)


def _wrong(path: Path, message: str, hint: str) -> Problem:
    return Problem("value-invalid", Place(path.as_posix()), message, hint)
