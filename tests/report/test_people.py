"""A problem as people read it."""

from build_tools.model.place import Place
from build_tools.model.problem import Problem
from build_tools.report.people import report

LINES = {4: '  exact: "aerial surveilance"', 5: "\u5317\u4eac has\ttwo"}


def line_of(file: str, line: int) -> str | None:
    return LINES.get(line) if file == "edition/notes/a.md" else None


def test_a_problem_shows_place_line_caret_nearest_and_help() -> None:
    problem = Problem(
        "anchor-not-found",
        Place("edition/notes/a.md", 4, 10, 20),
        "the passage this note quotes is not in p5",
        'did you mean   exact: "aerial surveillance"',
        ('p6 "aerial surveillance"',),
    )
    assert report([problem], line_of) == (
        "error[anchor-not-found]: the passage this note quotes is not in p5\n"
        " --> edition/notes/a.md:4:10\n"
        "  |\n"
        '4 |   exact: "aerial surveilance"\n'
        "  |          ^^^^^^^^^^^^^^^^^^^^\n"
        '  = closest: p6 "aerial surveillance"\n'
        '  = help: did you mean   exact: "aerial surveillance"\n'
        "\n"
        "1 problem found."
    )


def test_the_caret_stands_under_wide_characters() -> None:
    problem = Problem("value-invalid", Place("edition/notes/a.md", 5, 2, 1), "no")
    assert "5 | \u5317\u4eac has two\n  |   ^^\n" in report([problem], line_of)


def test_a_long_line_is_shown_around_the_fault() -> None:
    long = "x" * 300 + "FAULT" + "y" * 300
    shown = report([Problem("value-invalid", Place("f", 1, 301, 5), "no")], lambda file, line: long)
    excerpt, carets = shown.splitlines()[3:5]
    assert len(excerpt) < 130
    assert excerpt[carets.index("^") : carets.rindex("^") + 1] == "FAULT"


def test_a_place_without_a_line_is_the_file() -> None:
    shown = report([Problem("file-missing", Place("edition/edition.yml"), "no")], line_of)
    assert " --> edition/edition.yml\n" in shown


def test_problems_and_warnings_are_counted() -> None:
    one = Problem("value-invalid", Place("f", 1, 1), "no")
    assert report([one, one], line_of).endswith("2 problems found.")
    assert report([], line_of) == "No problems found."
