"""Dates in EDTF: what they say in words, how they order, what is refused."""

import pytest

from build_tools.model.dates import parse_date


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("1962", "1962"),
        ("1962-11", "November 1962"),
        ("1962-11-01", "1 November 1962"),
        ("1962-10-30/1962-10-31", "30\u201331 October 1962"),
        ("1962-10-24/1962-11-20", "24 October 1962 \u2013 20 November 1962"),
        ("1917/1963", "1917\u20131963"),
        ("1895~", "about 1895"),
        ("1962-11-01?", "1 November 1962 (uncertain)"),
        ("1920/..", "from 1920"),
        ("/1920", "until 1920"),
    ],
)
def test_dates_in_words(written: str, words: str) -> None:
    assert parse_date(written).words == words


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("1 November 1962", "is not a date"),
        ("1962-13", "no month 13"),
        ("1962-00", "no month 00"),
        ("1962-02-29", "February 1962 has no day 29"),
        ("1962-11-1", "is not a date"),
        ("1963/1962", "ends before it begins"),
        ("/", "at least one date"),
        ("", "is not a date"),
    ],
)
def test_what_is_no_date_is_refused_with_a_sentence(written: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        parse_date(written)


def test_dates_order_by_their_first_day() -> None:
    written = ["1962-11-01", "1962", "1962-10-30/1962-12", "1961-12-31"]
    ordered = sorted(written, key=lambda text: parse_date(text).sort_key)
    assert ordered == ["1961-12-31", "1962", "1962-10-30/1962-12", "1962-11-01"]
