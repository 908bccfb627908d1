"""Follows addresses inside a site: to a file that exists, and to an id that it has."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from build_tools.model.place import Place
from build_tools.model.problem import Problem
from build_tools.verify.links import Address

INDEX = "index.html"
PAGE_ENDINGS = (".html", ".htm", ".xhtml")
REMOVED_BY_BROWSERS = re.compile(r"[\t\n\r]")
SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
WEB = frozenset({"http", "https"})
ASKS_NOBODY = frozenset({"data", "blob", "about"})
PLAIN_LINKS = WEB | {"mailto", "tel"}


@dataclass(frozen=True)
class SiteFiles:
    """The files of a site by their paths, the ids of its pages, and the path it is served under.

    ``prefix`` begins and ends with ``/``. Addresses such as ``/project/page/`` start from it; a
    page for missing addresses has no others.
    """

    files: frozenset[str]
    prefix: str = "/"
    identifiers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    resolved: dict[tuple[str, str], str | None] = field(default_factory=dict, compare=False)
    """Where paths lead, by the folder that they start from: most stand in a page many times."""

    def resolve(self, page: str, path: str) -> str | None:
        """Return the file that a path leads to from a page, or None where there is none."""
        path = unquote(path)
        if not path:
            return page
        asked = (page.rpartition("/")[0], path)
        if asked not in self.resolved:
            self.resolved[asked] = self._resolved(page, path)
        return self.resolved[asked]

    def _resolved(self, page: str, path: str) -> str | None:
        if path.startswith("/"):
            if not path.startswith(self.prefix):
                return None
            joined = path.removeprefix(self.prefix)
        else:
            joined = posixpath.join(posixpath.dirname(page), path)
        whole = posixpath.normpath(joined) if joined else "."
        if whole == ".." or whole.startswith(("../", "/")):
            return None
        index = INDEX if whole == "." else f"{whole}/{INDEX}"
        if not path.endswith("/") and whole in self.files:
            return whole
        return index if index in self.files else None


def served_under(page: str, canonical: str) -> str | None:
    """Work out from a page's canonical address under which path the site is served."""
    here = "/" + page.removesuffix(INDEX)
    path = unquote(urlsplit(canonical).path) or "/"
    if not path.endswith(here):
        return None
    return path.removesuffix(here) + "/"


def follow(site: SiteFiles, page: str, address: Address) -> tuple[str | None, Problem | None]:
    """Follow one address of a page or style sheet.

    Give the file of the site that it leads to, None where there is none, and what is wrong with it.
    """
    url = REMOVED_BY_BROWSERS.sub("", address.url).strip(" \x00\x1f\f")
    place = Place(page, address.line)
    scheme = SCHEME.match(url)
    if scheme is None:
        # Browsers read \ as /, so \\host and /\host leave the site like //host.
        path = url.split("?", 1)[0].split("#", 1)[0].replace("\\", "/")
        if not path.startswith("//"):
            target = site.resolve(page, path)
            return target, _inside(site, place, url, target)
        return None, _external(place, address) if address.fetched else None
    name = scheme[1].lower()
    if address.fetched:
        return None, None if name in ASKS_NOBODY else _external(place, address)
    return None, None if name in PLAIN_LINKS else _unsafe(place, url)


def _unsafe(place: Place, url: str) -> Problem:
    return Problem(
        "link-unsafe",
        place,
        f"the page links to {_quoted(url)}, which is no web or mail address",
        "use https, http or mailto",
    )


def _external(place: Place, address: Address) -> Problem:
    return Problem(
        "request-external",
        place,
        f"{address.said} asks another site for {_quoted(address.url)}",
        "copy the file into the site, or leave it out: opening a page must ask nobody else",
    )


def _inside(site: SiteFiles, place: Place, url: str, target: str | None) -> Problem | None:
    if target is None:
        message = f"the page links to {_quoted(url)}, and there is no such file in the site"
        return Problem("link-broken", place, message)
    known = site.identifiers.get(target)
    fragment = unquote(url.split("#", 1)[1]) if "#" in url else ""
    # A fragment directive (":~:text=…") names words, not an id.
    fragment = fragment.split(":~:", 1)[0]
    if known is None or not fragment or fragment in known or fragment == "top":
        return None
    where = "this page has" if target == place.file else f"{target} has"
    message = f"the page links to {_quoted(url)}, and {where} nothing with the id {fragment}"
    return Problem("link-broken", place, message)


def _quoted(url: str) -> str:
    return '"' + (url if len(url) <= 120 else url[:117] + "…") + '"'
