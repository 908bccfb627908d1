"""Problems as annotations in a pull request."""

from dataclasses import replace

from build_tools.model.place import Place
from build_tools.model.problem import Problem
from build_tools.report.github import as_github

ONE = Problem(
    "anchor-not-found",
    Place("edition/notes/a,b:c.md", 4, 10, 20),
    "100 % of it: nothing,\r\nat all",
    'did you mean   exact: "x"',
    ('p6 "x"',),
)
WARNING = Problem("ignore-unused", Place("edition/documents/a/document.yml", 3, 1, 2), "no")


def test_an_annotation_has_its_place_and_is_escaped() -> None:
    assert as_github([ONE]) == (
        "::error file=edition/notes/a%2Cb%3Ac.md,line=4,col=10,endColumn=30,title=anchor-not-found"
        '::100 %25 of it: nothing,%0D%0Aat all%0Aclosest: p6 "x"%0A'
        'help: did you mean   exact: "x"'
    )


def test_a_place_without_a_line_is_the_file() -> None:
    problem = Problem("file-missing", Place("edition/edition.yml"), "no")
    assert as_github([problem], "texts") == (
        "::error file=texts/edition/edition.yml,title=file-missing::no"
    )


def test_nine_are_shown_errors_first_and_the_rest_is_counted() -> None:
    severity = WARNING.severity
    lines = as_github([WARNING, *[ONE] * 9, WARNING]).splitlines()
    assert len(lines) == 10
    assert all(line.startswith("::error file=") for line in lines[:9])
    assert lines[9] == f"::{severity}::and 2 more: the summary and the log have them all"
    assert len(as_github([ONE] * 9).splitlines()) == 9
    assert as_github([ONE] * 12).splitlines()[9].startswith("::error::and 3 more")


def test_changed_files_come_first() -> None:
    """A pull request shows what it brought, not what it found."""
    own = replace(ONE, place=Place("edition/notes/own.md", 1))
    lines = as_github([*[ONE] * 12, own, WARNING], changed={own.place.file}).splitlines()
    assert lines[0].startswith("::error file=edition/notes/own.md")
    mild = Problem("proof-stale", Place("edition/notes/mild.md", 1), "no")
    lines = as_github([*[ONE] * 12, mild], changed={mild.place.file}).splitlines()
    assert mild.severity == "warning"
    assert lines[0].startswith("::error file=edition/notes/a")


def test_no_problem_is_no_line() -> None:
    assert as_github([]) == ""
