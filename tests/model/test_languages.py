"""Which way words run, by the tag of their language."""

from __future__ import annotations

import pytest

from build_tools.model.languages import direction, turned


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("", ""),
        ("en", "ltr"),
        ("he", "rtl"),
        ("ar-EG", "rtl"),
        ("yi-Latn", "ltr"),
        ("tr-Arab", "rtl"),
        ("ku", "auto"),
        ("und", "auto"),
        ("qaa", "auto"),
        ("en-Zyyy", "auto"),
    ],
)
def test_direction_of_a_language(tag: str, expected: str) -> None:
    assert direction(tag) == expected


@pytest.mark.parametrize(
    ("tag", "around", "expected"),
    [
        ("la", "en", ""),
        ("he", "en", "rtl"),
        ("en", "he", "ltr"),
        ("ar", "he", ""),
        ("und", "en", "auto"),
        ("", "he", ""),
        ("fa", "", "rtl"),
        ("en", "", ""),
    ],
)
def test_only_a_turn_is_written(tag: str, around: str, expected: str) -> None:
    assert turned(tag, around) == expected
