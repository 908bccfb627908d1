"""Every address of every page leads somewhere, and nothing asks another site."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from build_tools.verify.links import css_addresses
from build_tools.verify.resolve import served_under

if TYPE_CHECKING:
    from tests.verify.conftest import Site

INDEX, NOT_FOUND, CSS, OTHER = "index.html", "404.html", "assets/site.css", "notes/index.html"

BROKEN = {
    "a file that is not there": (INDEX, "notes/index.html#sov", "notes/gone.html"),
    "a folder that is not there": (INDEX, "edition/letter/#p1.2", "edition/lettre/"),
    "a folder without a page": (INDEX, "edition/letter/#p1.2", "assets/"),
    "capital letters": (INDEX, "notes/index.html#sov", "Notes/index.html"),
    "an id that is not there": (INDEX, "#p1.2", "#p1.3"),
    "an id behind a query": (INDEX, "?view=expanded#p1", "?view=expanded#p0"),
    "an id on the same page": ("edition/letter/index.html", 'href="#ed.text"', 'href="#ed.texts"'),
    "a way out of the site": (OTHER, "../edition/letter/#p1", "../../site/notes/"),
    "an image": (INDEX, 'src="edition/letter/page-1.svg"', 'src="edition/letter/page-2.svg"'),
    "an image of two": (INDEX, "page-1.svg 2x", "page-2.svg 2x"),
    "a style sheet": (INDEX, "assets/site.css", "assets/sight.css"),
    "a script": ("edition/letter/index.html", "assets/site.js", "assets/sight.js"),
    "a font": (CSS, "url(face.woff2)", "url(faces.woff2)"),
    "a page for missing addresses": (NOT_FOUND, "/project/edition/letter/#p2", "/project/letter/"),
    "a missing id from there": (NOT_FOUND, "letter/#p2", "letter/#p3"),
    "another folder of the server": (NOT_FOUND, 'href="/project/"', 'href="/projects/"'),
    "a redirection": (
        OTHER,
        "<title>",
        '<meta http-equiv="refresh" content="0; url=gone/"><title>',
    ),
    "a picture in a drawing": (OTHER, "<h2", '<svg><use xlink:href="#icon"></use></svg><h2'),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_link_is_found_at_its_line(site: Site, name: str) -> None:
    file, old, new = BROKEN[name]
    line = site.replace(old, new, file)
    (problem,) = site.verify()
    assert problem.code == "link-broken"
    assert (problem.place.file, problem.place.line) == (file, line)


HEAD = "<title>"
EXTERNAL = {
    "a script": '<script src="https://example.com/a.js"></script>',
    "a script without scheme": '<script src="//example.com/a.js"></script>',
    "a script with strokes the other way": r'<script src="\\example.com\a.js"></script>',
    "a script with mixed strokes": r'<script src="/\example.com/a.js"></script>',
    "a script hidden by white space": '<script src=" ht&#10;tps://example.com/a.js"></script>',
    "a style sheet": '<link rel="stylesheet" href="https://example.com/a.css">',
    "another style sheet": '<link rel="alternate stylesheet" href="https://example.com/a.css">',
    "an icon": '<link rel="shortcut icon" href="HTTPS://example.com/a.png">',
    "something loaded early": '<link rel="preload" as="font" href="https://example.com/a.woff2">',
    "a connection": '<link rel="preconnect" href="https://example.com">',
    "a name looked up": '<link rel="dns-prefetch" href="//example.com">',
    "an image": '<img alt="" src="http://example.com/a.png">',
    "an image of several": '<img alt="" srcset="https://example.com/a.png 2x">',
    "a picture's source": '<picture><source srcset="https://example.com/a.png"></picture>',
    "a frame": '<iframe src="https://example.com/"></iframe>',
    "a film": '<video poster="https://example.com/a.png"></video>',
    "a sound": '<audio src="https://example.com/a.ogg"></audio>',
    "an object": '<object data="https://example.com/a.pdf"></object>',
    "a form": '<form action="https://example.com/"></form>',
    "a drawing's image": '<svg><image xlink:href="https://example.com/a.png"></image></svg>',
    "a style": "<style>p { background: url('https://example.com/a.png') }</style>",
    "an imported style": '<style>@import "https://example.com/a.css";</style>',
    "an attribute of style": '<p style="background: url(https://example.com/a.png)">a</p>',
    "a redirection": '<meta http-equiv="Refresh" content="0;URL=\'https://example.com/\'">',
    "a ping": '<a href="." ping="https://example.com/">a</a>',
    "a base": '<base href="https://example.com/">',
    "a socket": '<script src="ws://example.com/"></script>',
    "a file": '<img alt="" src="file:///etc/hostname">',
}


@pytest.mark.parametrize("name", EXTERNAL)
def test_external_request_is_found_at_its_line(site: Site, name: str) -> None:
    line = site.replace(HEAD, EXTERNAL[name] + HEAD, INDEX)
    found = site.verify()
    assert [problem.code for problem in found] == ["request-external"]
    assert (found[0].place.file, found[0].place.line) == (INDEX, line)


CSS_REQUESTS = {
    "quoted": 'p { background: url("https://example.com/a.png") }',
    "bare": "p { background: URL( //example.com/a.png ) }",
    "imported": "@import 'https://example.com/a.css';",
    "imported by url": "@import url(https://example.com/a.css);",
    "escaped": r"p { background: url(\68ttps://example.com/a.png) }",
    "a font": "@font-face { src: local(x), url(https://example.com/a.woff2) }",
    "a set": 'p { background: image-set("https://example.com/a.png" 1x) }',
    "after a comment": "/* a */ @import 'https://example.com/a.css'; /* b */",
    "after an open comment in a string": "p::before { content: '/*' } @import '//example.com/';",
}


@pytest.mark.parametrize("name", CSS_REQUESTS)
def test_external_request_of_a_style_sheet(site: Site, name: str) -> None:
    with (site.root / CSS).open("a", encoding="utf-8") as file:
        file.write(CSS_REQUESTS[name])
    (problem,) = site.verify()
    assert problem.code == "request-external"
    assert problem.place.file == CSS


def test_addresses_of_a_style_sheet_have_their_lines() -> None:
    css = "/* one\n two */\np { background: url(a.png) }\n\nq { background: url(b.png) }\n"
    assert [(a.url, a.line) for a in css_addresses(css)] == [("a.png", 3), ("b.png", 5)]


ALLOWED = {
    "a link out": '<a href="https://example.com/">a</a>',
    "a link out without scheme": '<a href="//example.com/">a</a>',
    "a mail address": '<a href="mailto:editors@example.org">a</a>',
    "metadata": '<meta property="og:image" content="https://example.com/a.png">',
    "an alternate": '<link rel="alternate" href="https://example.com/feed">',
    "an image in the page": '<img alt="" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">',
    "an id of a drawing": '<svg><defs id="icon"></defs><use xlink:href="#icon"></use></svg>',
    "words found": '<a href="edition/letter/#p1:~:text=ships">a</a>',
    "an encoded path": '<a href="edition/l%65tter/#p%31">a</a>',
    "a local redirection": '<meta http-equiv="refresh" content="0; url=edition/letter/">',
}


@pytest.mark.parametrize("name", ALLOWED)
def test_allowed_address(site: Site, name: str) -> None:
    site.replace(HEAD, ALLOWED[name] + HEAD, INDEX)
    assert site.verify() == ()


@pytest.mark.parametrize(
    "url", ["javascript:void(0)", "vbscript:x", "file:///x", "data:text/html,x"]
)
def test_link_that_is_no_address(site: Site, url: str) -> None:
    line = site.replace(HEAD, f'<a href="{url}">a</a>' + HEAD, INDEX)
    (problem,) = site.verify()
    assert (problem.code, problem.place.line) == ("link-unsafe", line)


def test_same_broken_link_is_told_once_a_page(site: Site) -> None:
    for file in (INDEX, OTHER):
        site.replace(HEAD, '<a href="gone/">a</a><a href="gone/">b</a>' + HEAD, file)
    assert [problem.place.file for problem in site.verify()] == [INDEX, OTHER]


def test_site_without_canonical_addresses_starts_at_the_root(site: Site) -> None:
    site.replace('<link rel="canonical" href="https://example.org/project/">', "", INDEX)
    site.replace('<link rel="canonical" href="https://example.org/project/edition/letter/">', "")
    assert {problem.place.file for problem in site.verify()} == {NOT_FOUND}
    for old in ("/project/assets", '"/project/"', "/project/edition"):
        site.replace(old, old.replace("/project", ""), NOT_FOUND)
    assert site.verify() == ()


@pytest.mark.parametrize(
    ("page", "canonical", "prefix"),
    [
        ("index.html", "https://example.org/", "/"),
        ("index.html", "https://example.org", "/"),
        ("index.html", "https://example.org/a/b/", "/a/b/"),
        ("edition/letter/index.html", "https://example.org/a/edition/letter/", "/a/"),
        ("edition/letter.html", "https://example.org/a/edition/letter.html", "/a/"),
        ("edition/letter/index.html", "https://example.org/elsewhere/", None),
    ],
)
def test_path_of_the_site_is_worked_out(page: str, canonical: str, prefix: str | None) -> None:
    assert served_under(page, canonical) == prefix
