"""Citations: what would be printed as it stands is refused at its place."""

import pytest

from build_tools.read.prose import parse_prose


@pytest.mark.parametrize(
    ("body", "column"),
    [
        ("From the letters [@frus-6-67, p. 3; @frus-6-68].", 18),
        ("From the letters [see @frus-6-68].", 23),
        ("From @frus-6-68.", 6),
    ],
)
def test_a_citation_that_is_none_is_refused(body: str, column: int) -> None:
    _, problems = parse_prose(body, "n.md", 1)
    assert [(p.code, p.place.column) for p in problems] == [("markup-refused", column)]


@pytest.mark.parametrize(
    "body", ["[@frus-6-67] [@frus-6-68, p. 3]", "Write to a@b-c.org.", r"The sign \@some-thing."]
)
def test_what_is_sound_is_not(body: str) -> None:
    assert parse_prose(body, "n.md", 1)[1] == ()
