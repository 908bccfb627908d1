"""References as the lists of sources print them."""

from __future__ import annotations

import pytest

from build_tools.model.place import Place
from build_tools.model.records import Source
from build_tools.render.sources import full


@pytest.mark.parametrize(
    ("pages", "printed"),
    [
        ("10", "p. 10"),
        ("10-12", "pp. 10\u201312"),
        ("10 - 12", "pp. 10\u201312"),
        ("10\u201312", "pp. 10\u201312"),
        ("3, 7", "pp. 3, 7"),
        ("ix-xii", "pp. ix\u2013xii"),
        ("A-12", "p. A-12"),
    ],
)
def test_one_page_or_several(pages: str, printed: str) -> None:
    fields = {"type": "chapter", "title": "T", "title-short": "T", "page": pages}
    assert f", {printed}." in full(Source("t", fields, {}, Place("t.yml")))
