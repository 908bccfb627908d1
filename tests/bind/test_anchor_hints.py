"""The hints of an anchor that is not found: whole words, the right side of a point."""

from __future__ import annotations

from build_tools.bind.anchors import Surroundings, resolve
from build_tools.model.anchors import Quotation
from build_tools.model.base import blocks
from build_tools.model.problem import Problem
from build_tools.model.records import Target
from build_tools.read.transcription import parse_transcription

SOURCE = """@p p1
USG has expressed willingness accept broad range of possible UN arrangements but there
@p p2
that ICRC act as UN agent for inspection incoming vessels. (US believes
@p p3
The President's emphasis Khrushchev's reply
"""


def answer(block: str, quotation: Quotation) -> Problem:
    transcription, _ = parse_transcription(SOURCE, "t")
    around = Surroundings("d", {b.id: b for b in blocks(transcription)}, (), {})
    found = resolve(Target(block=block, quotation=quotation), around)
    assert isinstance(found, Problem)
    return found


def test_the_passage_proposed_has_no_words_of_its_neighbours() -> None:
    problem = answer("p1", Quotation("wide range of possible UN arrangements"))
    assert problem.hint.endswith('exact: "range of possible UN arrangements"')
    problem = answer("p2", Quotation("for the inspection of incoming vessels"))
    assert problem.hint.endswith('exact: "for inspection incoming vessels."')


def test_what_is_like_nothing_gets_no_passage() -> None:
    problem = answer("p1", Quotation("talks"))
    assert problem.closest == ()
    assert "as transcribed" in problem.hint


def test_a_point_stays_a_point_and_the_wrong_side_is_named() -> None:
    problem = answer("p3", Quotation(None, "emphasis", "Kruschev's"))
    assert problem.message == 'the suffix "Kruschev\'s" is not in block p3'
    assert problem.hint == 'did you mean   suffix: "Khrushchev\'s"'


def test_sides_that_do_not_meet_are_told() -> None:
    problem = answer("p3", Quotation(None, "The", "reply"))
    assert "do not meet" in problem.message
