"""What a page of another version than the newest says: which it is, and where the newest stands."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

VERSION = re.compile(r"v?(\d+(?:\.\d+)*)")
CANONICAL = re.compile(r"[ \t]*<link\b[^>]*\brel=[\"']?canonical[\"']?[^>]*>\n?", re.IGNORECASE)
CITED = re.compile(r'(?<= data-canonical=")[^"]*(?=")')
"""The address under which a page says that it is to be cited; without it, the one it has."""
HEAD_END = re.compile(r"</head>", re.IGNORECASE)
ANNOUNCE = re.compile(r'<div data-md-component="announce">')
BODY = re.compile(r"<body\b[^>]*>", re.IGNORECASE)
INDEX = "index.html"


@dataclass(frozen=True, order=True)
class Version:
    """A released version: figures with points between, ``1.2.0``."""

    parts: tuple[int, ...]
    name: str
    day: str = ""


def version_of(tag: str) -> Version | None:
    """Read the version of a tag; None where it is none."""
    found = VERSION.fullmatch(tag)
    if found is None:
        return None
    parts = [int(part) for part in found[1].split(".")]
    while len(parts) > 1 and not parts[-1]:
        parts.pop()
    return Version(tuple(parts), found[1])


@dataclass(frozen=True)
class Notice:
    """What is said at the top of every page of a version that is not the newest."""

    says: str
    newest: str
    """The newest version; empty where nothing has been released."""


def marked(page: str, markup: str, notice: Notice | None, canonical: str, up: str) -> str:
    """Give a page its address in the newest version, or keep it out of search machines.

    ``up`` leads from the page to the root of all versions.
    """
    # What is cited from a version is that version, not what may stand elsewhere tomorrow.
    markup = CITED.sub("", CANONICAL.sub("", markup))
    tag = (
        f'<link rel="canonical" href="{escape(canonical)}">'
        if canonical
        else '<meta name="robots" content="noindex">'
    )
    head = HEAD_END.search(markup)
    at = head.start() if head else 0
    markup = markup[:at] + tag + markup[at:]
    if notice is None:
        return markup
    place = ANNOUNCE.search(markup) or BODY.search(markup)
    at = place.end() if place else len(markup)
    return markup[:at] + _banner(page, notice, up) + markup[at:]


def _banner(page: str, notice: Notice, up: str) -> str:
    link = ""
    if notice.newest:
        address = escape(up + quote(_address(page)))
        link = f' <a href="{address}">The newest version is {escape(notice.newest)}</a>.'
    every = f' <a href="{up}v/">All versions</a>.'
    return (
        '<aside class="md-banner" aria-label="Version">'
        '<div class="md-banner__inner md-grid md-typeset">'
        f"{escape(notice.says)}{link}{every}</div></aside>"
    )


def _address(page: str) -> str:
    """Return the address of a page as it is linked: without the name that servers add."""
    if page == INDEX or page.endswith(f"/{INDEX}"):
        return page[: -len(INDEX)]
    return page


def address_of(site_url: str, page: str) -> str:
    """Return the whole address of a page of the newest version."""
    return f"{site_url.rstrip('/')}/{quote(_address(page))}"


LIST_STYLE = """\
:root { color-scheme: light dark; --ink: #201e1a; --paper: #fdfcf9; --mark: #8f2d1c; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e4dfd4; --paper: #1a1917; --mark: #f0a58f; }
}
body {
  max-width: 40rem; margin: 3rem auto; padding: 0 1rem; color: var(--ink);
  background: var(--paper); font: 1.1rem/1.6 Charter, "Iowan Old Style", Cambria, Georgia, serif;
}
h1 { font-weight: 400; }
li { margin: 0.4rem 0; }
a { color: var(--mark); }
"""


def version_list(title: str, versions: Iterable[Version], *, has_next: bool, up: str) -> str:
    """Return the page that lists every version, the newest first; ``up`` leads to the root."""
    items = [
        f'<li><a href="{up}v/{quote(one.name)}/">Version {escape(one.name)}</a>, '
        f'<time datetime="{one.day}">{one.day}</time>{", the newest" if not number else ""}</li>'
        for number, one in enumerate(sorted(versions, reverse=True))
    ]
    if not items:
        items.append("<li>No version has been released yet.</li>")
    if has_next:
        items.append(
            f'<li><a href="{up}next/">The state of the work</a>, which changes every day and is '
            "not to be cited</li>"
        )
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "style-src 'self'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="robots" content="noindex">\n'
        f"<title>Versions of {escape(title)}</title>\n"
        f'<link rel="stylesheet" href="{up}v/versions.css">\n</head>\n<body>\n'
        f"<h1>Versions of {escape(title)}</h1>\n<ul>\n" + "\n".join(items) + "\n</ul>\n"
        "</body>\n</html>\n"
    )
