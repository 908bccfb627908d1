"""Python-Markdown extension: only harmless HTML leaves the page, and footnotes become notes.

Loaded by name from mkdocs.yml, and by any other publisher that runs Python-Markdown, so it
imports nothing of the edition compiler.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

import nh3
from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.footnotes import FN_BACKLINK_TEXT, NBSP_PLACEHOLDER, FootnoteExtension
from markdown.postprocessors import Postprocessor
from markdown.treeprocessors import Treeprocessor


def _names(*lines: str) -> frozenset[str]:
    return frozenset(name for line in lines for name in line.split())


TAGS = _names(
    # prose
    "a abbr b bdi bdo blockquote br cite code del dfn div em h1 h2 h3 h4 h5 h6 hr i ins kbd mark",
    "p pre q s samp section small span strong sub sup time u var wbr",
    # lists, tables, figures
    "dd dl dt li ol ul caption col colgroup table tbody td tfoot th thead tr",
    "details figcaption figure img summary",
)

REMOVED_WITH_CONTENT = _names("iframe math object script style svg template")

# The names of the contract of the document page; see docs/about/architecture.md.
DATA = _names(
    "data-block data-copy data-document data-frag data-hand data-inferred data-joins data-kind",
    "data-mark data-note data-notes data-page data-place data-quantity data-reason data-rend",
    "data-role data-search-exclude data-seq data-shown data-unit",
)

EVERYWHERE = DATA | _names(
    "aria-describedby aria-hidden aria-label aria-labelledby class dir hidden id lang role",
    "tabindex title",
)

ATTRIBUTES = {
    "*": EVERYWHERE,
    "a": _names("href hreflang rel"),
    "blockquote": _names("cite"),
    "del": _names("cite datetime"),
    "details": _names("open"),
    "img": _names("alt decoding height loading src width"),
    "ins": _names("cite datetime"),
    "li": _names("value"),
    "ol": _names("reversed start type"),
    "q": _names("cite"),
    "td": _names("align colspan headers rowspan"),
    "th": _names("align colspan headers rowspan scope"),
    "time": _names("datetime"),
}

URL_SCHEMES = _names("http https mailto")

STASHED = re.compile("\x02(\\d+)\x03")
"""A character that a backslash made plain, as Python-Markdown keeps it until the end."""


class SafeHtml(Postprocessor):
    """Take every tag, attribute and address out of the page that is not on the lists above."""

    def __init__(self, md: Markdown) -> None:
        """Set the sanitiser up once; it is used for every page."""
        super().__init__(md)
        self._cleaner = nh3.Cleaner(
            tags=set(TAGS),
            clean_content_tags=set(REMOVED_WITH_CONTENT),
            attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
            url_schemes=set(URL_SCHEMES),
            link_rel=None,
        )

    def run(self, text: str) -> str:
        """Give the page's HTML back without what is not allowed."""
        return self._cleaner.clean(text)


class Notes(Treeprocessor):
    """Give footnotes, markers and back-links the names and the order of the document page.

    Python-Markdown numbers the markers of one note in the order in which it happens to read them,
    shallow elements first; readers and back-links count in the order of the page.
    """

    def __init__(self, md: Markdown, footnotes: FootnoteExtension) -> None:
        """Remember the footnotes extension, which knows how ids are made."""
        super().__init__(md)
        self._footnotes = footnotes

    def run(self, root: ElementTree.Element) -> None:
        """Rename and renumber in place."""
        found = next((div for div in root.iter("div") if div.get("class") == "footnote"), None)
        notes = None if found is None else found.find("ol")
        if found is None or notes is None:
            return
        for rule in found.findall("hr"):
            found.remove(rule)
        places: dict[str, list[str]] = {}
        labels = {item.get("id", ""): _label(item) for item in notes.findall("li")}
        for marker, place in _markers(root, ""):
            note = marker[0].get("href", "").removeprefix("#")
            _mend_marker(marker, note, len(places.setdefault(note, [])) + 1, labels.get(note, ""))
            places[note].append(place)
        for number, item in enumerate(notes.findall("li"), 1):
            _mend_note(item, number, places.get(item.get("id", ""), []))


def _markers(element: ElementTree.Element, place: str) -> Iterator[tuple[ElementTree.Element, str]]:
    """Find the markers in the order of the page, each with the kind of place it stands in.

    The place is ``wit`` inside a block that only the views of the witness show, ``read`` inside
    the table that only the reading views show, else empty.
    """
    classes = (element.get("class") or "").split()
    if "ed-block" in classes and element.get("hidden") is not None:
        place = "wit"
    elif "ed-form" in classes:
        place = "read"
    for child in element:
        is_link = len(child) == 1 and child[0].get("class") == "footnote-ref"
        if child.tag == "sup" and is_link:
            yield child, place
        else:
            yield from _markers(child, place)


def _label(item: ElementTree.Element) -> str:
    """Take the label of a note: its first words, where they are strong; and name them so."""
    first = item[0] if len(item) and item[0].tag == "p" else item
    opens = len(first) > 0 and first[0].tag == "strong" and not (first.text or "").strip()
    if not opens:
        return ""
    first[0].set("class", "ed-note-label")
    return STASHED.sub(lambda found: chr(int(found[1])), "".join(first[0].itertext()))


def _mend_marker(marker: ElementTree.Element, note: str, count: int, label: str) -> None:
    marker.set("id", _marker_id(note, count))
    marker.set("class", f"ed-ref ed-ref--n ed-mn{marker[0].text}")
    marker.set("data-search-exclude", "")
    said = f"Commentary {marker[0].text}"
    marker[0].set("aria-label", f"{said}: {label}" if label else said)


def _marker_id(note: str, count: int) -> str:
    """Give the id of the marker of a note, as Python-Markdown makes it."""
    return f"fnref{count if count > 1 else ''}:{note.removeprefix('fn:')}"


def _mend_note(item: ElementTree.Element, number: int, places: list[str]) -> None:
    """Set the note's figure before it, as the link back; further links stand at its end."""
    item.set("class", "ed-note ed-note--n")
    item.set("tabindex", "-1")
    _remove_links(item)
    leading = _leading(places)
    figures: list[ElementTree.Element] = []
    others: list[ElementTree.Element] = []
    for index, place in enumerate(places):
        link = _back_link(item.get("id", ""), number, index + 1, leading.get(index, place))
        if index in leading:
            link.text = str(number)
            link.set("class", link.get("class", "") + " ed-num")
            figures.append(link)
        else:
            link.text = FN_BACKLINK_TEXT
            others.append(link)
    if not figures:
        figures = [ElementTree.Element("span", {"class": "ed-num"})]
        figures[0].text = str(number)
    _insert(item[0] if len(item) and item[0].tag == "p" else item, figures)
    (item[-1] if len(item) and item[-1].tag == "p" else item).extend(others)


def _leading(places: list[str]) -> dict[int, str]:
    """Choose which links carry the note's figure, each with the views that it is for.

    One that all views show is enough, and so is the only kind there is: its place is shown when
    a link leads there. Else there is one for the views of the witness and one for reading.
    """
    if "" in places:
        return {places.index(""): ""}
    if len(set(places)) == 1:
        return {0: ""}
    return {places.index(place): place for place in places}


def _back_link(note: str, number: int, count: int, place: str) -> ElementTree.Element:
    says = f"Back to {number} in the text" + (f", place {count}" if count > 1 else "")
    return ElementTree.Element(
        "a",
        {
            "class": f"ed-back ed-back--{place}" if place else "ed-back",
            "href": "#" + _marker_id(note, count),
            "aria-label": says,
        },
    )


def _remove_links(item: ElementTree.Element) -> None:
    """Remove the back-links that Python-Markdown made, and the paragraph made for them only."""
    last = item[-1] if len(item) else item
    for link in last.findall("a[@class='footnote-backref']"):
        last.remove(link)
    if len(last):
        last[-1].tail = (last[-1].tail or "").removesuffix(NBSP_PLACEHOLDER)
    else:
        last.text = (last.text or "").removesuffix(NBSP_PLACEHOLDER)
    if last is not item and last.tag == "p" and not len(last) and not last.text:
        item.remove(last)


def _insert(parent: ElementTree.Element, links: list[ElementTree.Element]) -> None:
    """Put links before what stands in ``parent``, with a space after each."""
    for link in links:
        link.tail = " "
    links[-1].tail = " " + (parent.text or "")
    parent.text = None
    for position, link in enumerate(links):
        parent.insert(position, link)


class SafeExtension(Extension):
    """The extension that mkdocs.yml names; list it after ``footnotes``."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name is Python-Markdown's
        """Register the two processors."""
        for extension in md.registeredExtensions:
            if isinstance(extension, FootnoteExtension):
                # After footnotes have been read (20) and their back-links doubled (15).
                md.treeprocessors.register(Notes(md, extension), "edition_notes", 12)
        # The last of all: nothing that writes HTML may come after it.
        md.postprocessors.register(SafeHtml(md), "edition_safe", -1000)


def makeExtension(**options: Any) -> SafeExtension:  # noqa: N802, ANN401 - the name is Python-Markdown's
    """Make the extension; it has no options."""
    return SafeExtension(**options)
