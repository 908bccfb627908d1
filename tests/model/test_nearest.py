"""The nearest name: for hints, and honest where it does not know."""

from __future__ import annotations

import pytest

from build_tools.model.kinds import PLACES
from build_tools.model.nearest import did_you_mean, nearest


@pytest.mark.parametrize(
    ("name", "names", "found"),
    [
        ("witness/a.txt", ("witness/A.txt", "witness/B.txt"), ("witness/A.txt",)),
        ("ANNA", ("Anna", "anna"), ("Anna", "anna")),
        ("over", PLACES, ("above", "overleaf")),
        ("manuel", ("leaf", "manual"), ("manual",)),
        ("frus-6-86", ("frus-6-16", "frus-6-68", "frus-6-8"), ("frus-6-68",)),
        ("quote", ("p1", "saying"), ()),
        ("x", (), ()),
    ],
)
def test_nearest(name: str, names: tuple[str, ...], found: tuple[str, ...]) -> None:
    assert nearest(name, names) == found


def test_a_hint_names_both_where_two_are_as_near() -> None:
    assert did_you_mean("over", PLACES) == 'did you mean "above" or "overleaf"?'


def test_another_way_out_is_no_second_order() -> None:
    assert did_you_mean("manuel", ["manual"], "add it", instead=True) == (
        'did you mean "manual"? if not, add it'
    )
    assert did_you_mean("x", ["manual"], "add it", instead=True) == "add it"
