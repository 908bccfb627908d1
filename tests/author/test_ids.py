"""Ids derived from what a record is called."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_tools.author.ids import LONGEST, derived_id
from build_tools.read.ids import ID


@pytest.mark.parametrize(
    ("called", "kind", "name"),
    [
        ("Four days", "note", "four-days"),
        ("  “Four days”, a #1 – and: more ", "note", "four-days-a-1-and-more"),
        ("Bohr, Niels H. D.", "person", "bohr-niels-h-d"),
        ("the writer’s own", "note", "the-writers-own"),
        ("Éloïse & Œuvres Straße", "source", "eloise-oeuvres-strasse"),
        ("1 November", "note", "note-1-november"),
        ("Письмо", "note", "note"),
        ("", "term", "term"),
        ("Con", "place", "place-con"),
        ("x" * 99, "note", "x" * LONGEST),
        (
            "One two three four five six seven eight nine",
            "note",
            "one-two-three-four-five-six-seven-eight",
        ),
    ],
)
def test_an_id_is_made_of_the_name(called: str, kind: str, name: str) -> None:
    assert derived_id(called, kind, ()) == name


def test_an_id_is_nobody_elses() -> None:
    assert derived_id("Four days", "note", {"four-days", "Four-Days-2"}) == "four-days-3"


@given(st.text(), st.sets(st.from_regex(ID, fullmatch=True)))
def test_whatever_it_is_called_the_id_is_valid_and_new(called: str, taken: set[str]) -> None:
    name = derived_id(called, "note", taken)
    assert ID.fullmatch(name)
    assert name not in taken
