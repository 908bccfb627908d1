"""Markers and notes must find each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.verify.conftest import Site

BREAKS = {
    "a marker without a note": (
        '<li id="tn:cuba" class="ed-note ed-note--t">',
        "<li>",
        "the marker tnref:cuba leads to no note",
    ),
    "a note without a marker": (
        '<li id="tn:cuba"',
        '<li id="tn:lost" class="ed-note"><p>Lost.</p></li><li id="tn:cuba"',
        "the note tn:lost has no marker in the text",
    ),
    "a note that is not unplaced": (
        '<li id="fn:ships" class="',
        '<li id="fn:ships" class="ed-note--unplaced ',
        "the note fn:ships is said to have no marker, and has one",
    ),
    "a note twice": (
        '<li id="tn:cuba"',
        '<li id="tn:cuba"><p>Again.</p></li><li id="tn:cuba"',
        "the note tn:cuba stands twice",
    ),
    "a marker twice": (
        'id="fnref2:initials"',
        'id="fnref:initials"',
        "fnref:initials stands twice",
    ),
    "a marker that leads elsewhere": (
        '<a href="#tn:cuba">a</a>',
        '<a href="#tn:struck">a</a>',
        "the marker tnref:cuba leads to tn:struck, not to tn:cuba",
    ),
    "a marker without a link": (
        '<a href="#tn:cuba">a</a>',
        "a",
        "the marker tnref:cuba leads to no one note",
    ),
    "a marker without its id": ('id="tnref:cuba"', "", 'a marker has the id ""'),
    "a passage of an unknown note": (
        'data-notes="initials"',
        'data-notes="initials initial"',
        "a passage names the note initial, which the page does not have",
    ),
}


@pytest.mark.parametrize("name", BREAKS)
def test_marker_and_note_must_agree(site: Site, name: str) -> None:
    old, new, says = BREAKS[name]
    line = site.replace(old, new)
    if name == "a marker without a note":
        line = site.replace('id="tnref:cuba"', 'id="tnref:cuba"')
    found = [problem for problem in site.verify() if says in problem.message]
    assert len(found) == 1
    assert found[0].place.file == site.document.page
    assert found[0].place.line == (0 if "twice" in name else line)


def test_superscript_of_prose_is_no_marker(site: Site) -> None:
    site.replace("Whose. ", 'Whose, 2<sup><a href="../..">nd</a></sup>. ')
    assert site.verify() == ()
