"""Problems as Markdown: all of them, nothing of them takes effect, and no more than is taken."""

from __future__ import annotations

import markdown

from build_tools.model.place import Place
from build_tools.model.problem import Problem
from build_tools.report.summary import LARGEST, as_summary

ONE = Problem("anchor-not-found", Place("edition/a.md", 4, 10, 3), "it is not there", "mend it")


def line_of(file: str, line: int) -> str:
    return '  exact: "abc"'


def test_problems_by_file() -> None:
    other = Problem("file-missing", Place("edition/edition.yml"), "it is not there")
    assert as_summary([ONE, ONE, other], line_of) == (
        "## 3 problems found\n"
        "\n### `edition/a.md`\n\n"
        + 2
        * (
            "```text\nerror[anchor-not-found]: it is not there\n --> edition/a.md:4:10\n  |\n"
            '4 |   exact: "abc"\n  |          ^^^\n  = help: mend it\n```\n\n'
        )
        + "### `edition/edition.yml`\n\n"
        "```text\nerror[file-missing]: it is not there\n --> edition/edition.yml\n```\n"
    )
    assert as_summary([], line_of) == "## No problems found\n"


def test_nothing_in_a_problem_takes_effect() -> None:
    words = "<img src=x onerror=alert(1)> **loud** ```\n\n````\n# heading\n[a](javascript:b)"
    hostile = Problem("anchor-not-found", Place("edition/`a` <b>.md", 4, 1, 3), words, words)
    page = markdown.markdown(as_summary([hostile], lambda *_: words), extensions=["fenced_code"])
    assert page.count("<h2>") == 1
    assert page.count("<h3>") == 1
    for sign in ("<img", "<strong>", "<h1>", "<a ", "<b>"):
        assert sign not in page


def test_a_summary_is_cut_before_it_is_refused() -> None:
    many = [Problem("anchor-not-found", Place(f"edition/{n}.md"), "ä" * 500) for n in range(2000)]
    summary = as_summary(many, line_of)
    assert LARGEST - 3000 < len(summary.encode()) <= LARGEST
    shown = summary.count("error[anchor-not-found]")
    assert summary.endswith(
        f"\n**Cut here: {2000 - shown} more problems would not fit. The log has them all.**\n"
    )
