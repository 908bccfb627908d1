"""Small help with parsed pages: elements by a path, their classes, their lines."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree


@dataclass(frozen=True)
class Fault:
    """Something against the contract, at a line of the page."""

    line: int
    message: str


def select(root: etree._Element, path: str) -> list[etree._Element]:
    """Return the elements that an XPath finds, in the order of the page."""
    found = root.xpath(path)
    if not isinstance(found, list):
        return []
    return [node for node in found if isinstance(node, etree._Element)]


def strings(root: etree._Element, path: str) -> list[str]:
    """Return the attribute values that an XPath finds."""
    found = root.xpath(path, smart_strings=False)
    if not isinstance(found, list):
        return []
    return [node for node in found if isinstance(node, str)]


def line_of(element: etree._Element) -> int:
    """Return the line of the page on which an element begins, 0 when it is not known."""
    line: object = element.sourceline
    return line if isinstance(line, int) else 0


def classes_of(element: etree._Element) -> frozenset[str]:
    """Return the classes of an element."""
    return frozenset((element.get("class") or "").split())


def is_element(node: etree._Element) -> bool:
    """Tell an element from a comment or a processing instruction."""
    return isinstance(node.tag, str)


def words_of(element: etree._Element) -> str:
    """Return all the text in an element, whatever shows it."""
    return "".join(map(str, element.itertext()))


def is_hidden(element: etree._Element) -> bool:
    """Tell whether an element carries the attribute ``hidden``."""
    return element.get("hidden") is not None
