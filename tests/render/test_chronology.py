"""The chronology: what stands under which day, how far days are apart, and the scale."""

from __future__ import annotations

import re

from build_tools.model.dates import parse_date
from build_tools.render.chronology import Moment, chronology

UNIT = re.compile(r'<li class="ed-unit ed-unit--(\d)[^>]*>(.*)</li>')


def event(date: str, name: str = "a", time: str = "", *, document: bool = False) -> Moment:
    return Moment(parse_date(date), time, name, name.upper(), (), is_document=document)


def listed(*moments: Moment) -> str:
    return chronology(moments)[-1]


def scale(*moments: Moment) -> list[tuple[int, str]]:
    """Return for each unit of the scale how much happened, and what it says."""
    said = UNIT.findall(chronology(moments)[0])
    return [(int(count), re.sub("<[^>]+>", " ", words).strip()) for count, words in said]


def headings(page: str) -> list[str]:
    return re.findall(r"^#+ .*", page, re.MULTILINE)


def test_no_events_make_no_chronology() -> None:
    assert chronology([]) == []


def test_events_stand_under_their_day_in_order() -> None:
    page = listed(
        event("1962-11-01", "late", "15:00"),
        event("1962-10-31", "eve"),
        event("1962-11-01", "early", "10:00"),
        event("1962-11-01", "unknown"),
        event("1962-11-01", "letter", "15:00", document=True),
    )
    assert headings(page) == [
        "## 31 October 1962 {: #on.1962-10-31 }",
        "### EVE {: #eve }",
        "## 1 November 1962 {: #on.1962-11-01 }",
        "### UNKNOWN {: #unknown }",
        "### EARLY {: #early }",
        "### LETTER {: #letter }",
        "### LATE {: #late }",
    ]


def test_what_lasts_says_until_when() -> None:
    assert ">until 20 November 1962<" in listed(event("1962-10-24/1962-11-20"))
    assert ">10&#58;00, until 25 October 1962<" in listed(
        event("1962-10-24/1962-10-25", "a", "10:00")
    )
    assert ">with no known end<" in listed(event("1962/.."))
    assert headings(listed(event("../1963-06")))[0] == "## until June 1963 {: #until.june-1963 }"


def test_a_day_a_month_and_a_doubtful_day_are_told_apart() -> None:
    page = listed(event("1962", "a"), event("1962-01", "b"), event("1962-01-01~", "c"))
    anchors = re.findall(r"\{: #(on\.[^ ]+) \}", page)
    assert anchors == ["on.1962", "on.1962-01", "on.1962-01-01.about"]


def test_days_of_which_nothing_is_told_are_counted() -> None:
    days = ("1962-10-27", "1962-10-28", "1962-10-30", "1962-11-20")
    page = listed(*(event(day, f"e{n}") for n, day in enumerate(days)))
    assert re.findall(r">([^<]* later)<", page) == ["2 days later", "21 days later"]
    assert re.findall(r'class="ed-day( [^"]*)?"', page) == [
        "",
        "",
        " ed-day--near",
        " ed-day--farther",
    ]


def test_between_a_day_and_a_month_no_days_are_counted() -> None:
    assert "later" not in listed(event("1962-10-27", "a"), event("1962-12", "b"))


def test_the_scale_leaves_no_day_out() -> None:
    units = scale(event("1962-10-30", "a"), event("1962-10-30", "b"), event("1962-11-02", "c"))
    assert [count for count, _ in units] == [2, 0, 0, 1]
    assert [words.split()[-1] for _, words in units] == ["30", "31", "1", "2"]
    assert units[0][1].startswith("October 1962")
    assert units[2][1].startswith("November")


def test_the_scale_has_months_or_years_where_there_are_too_many_days() -> None:
    months = scale(event("1962-10-30", "a"), event("1963-06-01", "b"))
    assert len(months) == 9
    assert months[3][1].startswith("1963")
    assert len(scale(event("1917-11-07", "a"), event("1963-06-01", "b"))) == 47
    assert len(chronology([event("1200", "a"), event("1963", "b")])) == 1


def test_a_scale_of_one_unit_is_none() -> None:
    assert len(chronology([event("1962-10-30", "a"), event("1962-10-30", "b")])) == 1


def test_a_unit_leads_to_its_day() -> None:
    page = "\n".join(
        chronology([event("1962-10-30", "a"), event("1962-10-31", "b", document=True)])
    )
    targets = re.findall(r'href="(?:&#35;|#)(on[^"]+)" aria-label="([^"]+)"', page)
    assert targets == [
        ("on.1962-10-30", "30 October 1962&#58; 1 event"),
        ("on.1962-10-31", "31 October 1962&#58; 1 event"),
    ]
    for anchor, _ in targets:
        assert f"{{: #{anchor} }}" in page
    assert page.count("ed-unit--document") == 1
