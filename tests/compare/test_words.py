"""The sentence in which a passage is shown to whoever reviews its note."""

from __future__ import annotations

import pytest

from build_tools.compare.words import in_sentence


@pytest.mark.parametrize(
    ("passage", "sentence"),
    [
        ("close watch", "USG has close watch upon them, e.g. arrest of a group."),
        ("a group", "USG has close watch upon them, e.g. arrest of a group."),
        ("satisfy", "They satisfy U. S. and others, as said!"),
        ("others", "They satisfy U. S. and others, as said!"),
        ("said!", "They satisfy U. S. and others, as said!"),
        ("It", "It ends here."),
    ],
)
def test_an_abbreviation_ends_no_sentence(passage: str, sentence: str) -> None:
    base = (
        "They satisfy U. S. and others, as said! "
        "USG has close watch upon them, e.g. arrest of a group. It ends here."
    )
    start = base.index(passage)
    assert "".join(in_sentence(base, start, start + len(passage))) == sentence
