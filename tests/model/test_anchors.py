"""Finding a quoted passage: exact, unique, whole words, in context."""

import pytest

from build_tools.model.anchors import Quotation, occurrences, settling_context

BASE = (
    "He informed the Chairman that aerial surveillance would go on. "
    "He added that aerial surveillance had limits\u2014his \u201climits\u201d."
)


def found(quotation: Quotation, base: str = BASE) -> list[str]:
    return [
        base[o.start : o.end]
        for o in occurrences(base, quotation)
        if o.context_holds and o.whole_words
    ]


def test_every_occurrence_is_found() -> None:
    assert len(found(Quotation("aerial surveillance"))) == 2


def test_context_tells_equal_words_apart() -> None:
    (one,) = (
        o
        for o in occurrences(BASE, Quotation("aerial surveillance", prefix="He added that "))
        if o.context_holds
    )
    assert one.start == BASE.rindex("aerial")


def test_context_is_checked_at_a_words_edge() -> None:
    assert found(Quotation("aerial surveillance", prefix="dded that")) == []
    assert found(Quotation("aerial surveillance", suffix="woul")) == []
    assert found(Quotation("aerial surveillance", suffix="would")) == ["aerial surveillance"]


@pytest.mark.parametrize(
    "quoted",
    [
        'limits-his "limits"',
        "limits\u2013his \u00ablimits\u00bb",
        "limits\u2014his  \n\u201climits\u201d",
    ],
)
def test_quotation_marks_dashes_and_white_space_do_not_matter(quoted: str) -> None:
    assert found(Quotation(quoted)) == ["limits\u2014his \u201climits\u201d"]


def test_letters_and_their_case_do_matter() -> None:
    assert found(Quotation("Aerial surveillance")) == []
    assert found(Quotation("aerial surveilance")) == []


def test_a_part_of_a_word_is_found_and_told_as_such() -> None:
    (part,) = occurrences("The USG holds", Quotation("US"))
    assert not part.whole_words


def test_scripts_without_spaces_are_exempt_from_the_whole_word_rule() -> None:
    assert found(Quotation("\u53e4\u5df4"), "\u5728\u53e4\u5df4\u7684") == ["\u53e4\u5df4"]
    assert found(
        Quotation("\u0e04\u0e34\u0e27"), "\u0e17\u0e35\u0e48\u0e04\u0e34\u0e27\u0e1a\u0e32"
    )


def test_a_soft_hyphen_may_be_there_or_not() -> None:
    base = "sur\u00adveillance"
    assert found(Quotation("surveillance"), base) == [base]


def test_a_point_is_where_prefix_and_suffix_meet() -> None:
    base = "REPRODUCTION FROM COPY IS"
    (one,) = occurrences(base, Quotation(None, "FROM", "COPY"))
    assert (one.start, one.end) == (17, 17)
    (two,) = occurrences(base, Quotation(None, "FROM", ""))
    assert two.start == 17
    (three,) = occurrences(base, Quotation(None, "", "COPY"))
    assert three.start == 18
    assert occurrences(base, Quotation(None, "FROM", "IS")) == ()


def test_the_settling_context_is_the_shortest_that_settles() -> None:
    places = occurrences(BASE, Quotation("aerial surveillance"))
    first = settling_context(BASE, places[0], places)
    assert (first.prefix, first.suffix) == ("", "would")
    for place in places:
        context = settling_context(BASE, place, places)
        (one,) = (
            o
            for o in occurrences(BASE, Quotation(context.exact, context.prefix, context.suffix))
            if o.context_holds
        )
        assert one.start == place.start


def test_an_empty_quotation_is_nowhere() -> None:
    assert occurrences(BASE, Quotation("")) == ()
    assert occurrences(BASE, Quotation(None, "", "")) == ()
