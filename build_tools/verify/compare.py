"""Compares a finished site with the texts of the edition, and follows every link in it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from lxml import etree

from build_tools.model.place import Place
from build_tools.model.problem import Problem
from build_tools.model.spread import Spread, one_by_one
from build_tools.verify.document import compare_document, differs
from build_tools.verify.dom import strings
from build_tools.verify.expected import ExpectedDocument
from build_tools.verify.html import read_document
from build_tools.verify.links import addresses, css_addresses, identifiers
from build_tools.verify.proved import Known, Proved, Read, mark_of, once, shown_by
from build_tools.verify.resolve import INDEX, PAGE_ENDINGS, SiteFiles, follow, served_under


def verify_site(
    site: Path, expected: Sequence[ExpectedDocument], spread: Spread = one_by_one
) -> tuple[Problem, ...]:
    """Return what is wrong with a finished site: its texts, its notes, its links, its requests."""
    return verify_again(site, expected, Known(), spread)[0]


def verify_again(
    site: Path,
    expected: Sequence[ExpectedDocument],
    known: Known,
    spread: Spread = one_by_one,
) -> tuple[tuple[Problem, ...], Known]:
    """Verify a site of which something is known; give also what is known then.

    A file that is known is not read again. Its links are followed again, unless what they can lead
    to is there still: the same files, with all the ids that they had.
    """
    files = frozenset(_files(site))
    wanted: dict[str, list[ExpectedDocument]] = {}
    for document in expected:
        wanted.setdefault(document.page, []).append(document)
    asked = {
        name: (mark_of(site / name), shown_by(wanted[name]) if name in wanted else "")
        for name in files
        if name.endswith((*PAGE_ENDINGS, ".css"))
    }
    stays = {
        name: one for name, one in known.files.items() if (one.mark, one.shows) == asked.get(name)
    }
    new = sorted(asked.keys() - stays.keys())
    looked = dict(
        zip(new, spread(lambda name: _look(site, name, wanted.get(name, ())), new), strict=True)
    )
    read = {name: one.read for name, one in stays.items()}
    read |= {name: one for name, (_, one) in looked.items() if one is not None}
    proved = {
        name: Proved(*asked[name], one)
        for name, (faults, one) in looked.items()
        if one is not None and not faults
    }
    linked = SiteFiles(files, _prefix(read), _ids(read))
    links, reached = _links(linked, read, new, known, spread)
    problems = (
        *(fault for faults, _ in looked.values() for fault in faults),
        *(_missing(wanted[page][0]) for page in sorted(wanted.keys() - files)),
        *links,
    )
    return problems, Known(stays | proved, linked.prefix, None if problems else reached)


def _missing(document: ExpectedDocument) -> Problem:
    return differs(Place(document.page), f"the page of {document.id} is not in the site")


def _links(
    site: SiteFiles,
    read: Mapping[str, Read],
    new: Sequence[str],
    known: Known,
    spread: Spread,
) -> tuple[tuple[Problem, ...], frozenset[str]]:
    """Follow links: all of them, or of the new files alone where the others must hold still.

    Give what is wrong, and the files that all links lead to.
    """
    hold = (
        known.reached is not None
        and known.prefix == site.prefix
        and known.reached <= site.files
        and all(_keeps_ids(known, read, name) for name in new)
    )
    names = new if hold else sorted(read)
    found = spread(lambda name: _followed(site, name, read[name]), names)
    before = known.reached if hold and known.reached is not None else frozenset()
    faults = tuple(fault for faults, _ in found for fault in faults)
    return faults, before.union(*(reached for _, reached in found))


def _keeps_ids(known: Known, read: Mapping[str, Read], name: str) -> bool:
    """Tell whether a file that is new or changed has all the ids that it had, if it was there."""
    before = known.files.get(name)
    if name not in read:
        return False
    return before is None or before.read.identifiers <= read[name].identifiers


def _look(
    site: Path, name: str, documents: Sequence[ExpectedDocument]
) -> tuple[tuple[Problem, ...], Read | None]:
    """Compare one file with what it must show, and keep what its links need."""
    if name.endswith(".css"):
        css = (site / name).read_text(encoding="utf-8", errors="replace")
        return (), Read(once(css_addresses(css)), frozenset(), "")
    root = _parse(site / name)
    if root is None:
        return (differs(Place(name), "the page cannot be read"),), None
    problems = [
        problem
        for document in documents
        for problem in compare_document(document, read_document(root))
    ]
    return tuple(problems), _read_page(root)


def _files(site: Path) -> Iterator[str]:
    for folder, _, names in os.walk(site):
        for name in names:
            yield (Path(folder) / name).relative_to(site).as_posix()


def _parse(file: Path) -> etree._Element | None:
    data = file.read_bytes()
    if not data.strip():
        return None
    try:
        return etree.fromstring(data, etree.HTMLParser(encoding="utf-8"))
    except etree.LxmlError:
        return None


def _read_page(root: etree._Element) -> Read:
    canonical = strings(root, "//link[@rel='canonical']/@href")
    return Read(once(addresses(root)), identifiers(root), canonical[0] if canonical else "")


def _ids(read: Mapping[str, Read]) -> dict[str, frozenset[str]]:
    return {name: page.identifiers for name, page in read.items() if name.endswith(PAGE_ENDINGS)}


def _followed(site: SiteFiles, name: str, page: Read) -> tuple[tuple[Problem, ...], frozenset[str]]:
    """Follow the addresses of a page; give what is wrong with them, and the files they lead to."""
    found = [follow(site, name, address) for address in page.addresses]
    faults = tuple(fault for _, fault in found if fault is not None)
    return faults, frozenset(target for target, _ in found if target is not None)


def _prefix(read: Mapping[str, Read]) -> str:
    front = [INDEX] if INDEX in read else []
    for name in (*front, *sorted(read)):
        found = served_under(name, read[name].canonical) if read[name].canonical else None
        if found is not None:
            return found
    return "/"
