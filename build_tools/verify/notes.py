"""Compares the markers of a page with its notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from build_tools.model.place import Place
from build_tools.model.problem import Problem
from build_tools.verify import contract
from build_tools.verify.html import DocumentPage


def check_notes(name: str, page: DocumentPage) -> Iterator[Problem]:
    """Tell where a marker has no note or a note no marker, or one of them stands twice."""
    notes = Counter(note.id for note in page.notes)
    yield from _check_each_note(name, page)
    yield from _check_each_marker(name, page, notes)
    markers = Counter(marker.id for marker in page.markers)
    for said, counts in (("note", notes), ("marker", markers)):
        for identifier, count in counts.items():
            if count > 1:
                yield _broken(name, 0, f"the {said} {identifier} stands twice")


def _check_each_note(name: str, page: DocumentPage) -> Iterator[Problem]:
    marked = {marker.note for marker in page.markers}
    for note in page.notes:
        if note.id not in marked and not note.unplaced:
            yield _broken(name, note.line, f"the note {note.id} has no marker in the text")
        if note.id in marked and note.unplaced:
            message = f"the note {note.id} is said to have no marker, and has one"
            yield _broken(name, note.line, message)


def _check_each_marker(name: str, page: DocumentPage, notes: Counter[str]) -> Iterator[Problem]:
    for marker in page.markers:
        if marker.note not in notes:
            yield _broken(name, marker.line, f"the marker {marker.id} leads to no note")
    for identifier, line in page.lemmas:
        if not any(prefix + identifier in notes for prefix in contract.NOTE_PREFIXES):
            message = f"a passage names the note {identifier}, which the page does not have"
            yield _broken(name, line, message)


def _broken(name: str, line: int, message: str) -> Problem:
    return Problem("link-broken", Place(name, line), message)
