"""Quotation marks of a word processor in the head of a record."""

from build_tools.read.yaml_nodes import read_yaml


def test_a_value_in_typographic_quotation_marks_is_told() -> None:
    _, problems = read_yaml("label: \u201cFour days\u201d\n", "n.yml")
    assert [(p.code, p.place.column) for p in problems] == [("yaml-invalid", 8)]
    assert '"Four days"' in problems[0].hint


def test_words_that_only_hold_them_are_left_alone() -> None:
    assert read_yaml("label: the word \u201cagreement\u201d\n", "n.yml")[1] == ()
