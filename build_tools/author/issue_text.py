"""Reading the text of an issue form: which words stand in which field, and on which lines.

Forges print a form as headings with the answers below them. Contributors write headings too, so
only a heading that is the label of a field begins one; everything else is theirs. A form is printed
with all of its fields, so in the text of a note a field that only emendations have is theirs too.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from build_tools.author.issue_fields import (
    EMENDATION,
    ERROR,
    FIELDS,
    NOTE,
    OWN_FIELDS,
    IssueField,
)
from build_tools.model.place import Place
from build_tools.model.problem import Problem

NO_ANSWER = "_No response_"
"""What a forge prints where nothing was answered."""

FENCE = re.compile(r" {0,3}(`{3,}|~{3,})([^`]*)$")
HEADING = re.compile(r"###[ \t]+(.*?)[ \t]*#*[ \t]*$")
COMMENT = re.compile(r"^<!--(?:(?!\n### ).)*?-->[ \t]*$", re.DOTALL | re.MULTILINE)
"""What a form says to those who fill it in; it never reaches over a heading."""
ONE_FENCE = re.compile(r"\A(`{3,}|~{3,})[^\n`]*\n(.*?)\n?\1[`~]*\s*\Z", re.DOTALL)
LABELS = {one.label.casefold(): one for one in FIELDS}


@dataclass(frozen=True)
class Answer:
    """What was written into a field: its lines, and the number of the first of them."""

    lines: tuple[str, ...]
    first: int
    heading: int

    @property
    def text(self) -> str:
        """The answer as it was written."""
        return "\n".join(self.lines)

    @property
    def line(self) -> str:
        """The answer on one line, for fields that hold no more."""
        found = ONE_FENCE.match(self.text)
        return " ".join((found[2] if found else self.text).split())


@dataclass
class IssueText:
    """An issue, cut into its fields."""

    file: str
    lines: list[str]
    form: str = ERROR
    answers: dict[str, Answer] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def place(self, number: int) -> Place:
        """Return the place of a line."""
        return Place(self.file, number, 1, max(1, len(self.lines[number - 1])))

    def place_of(self, name: str) -> Place:
        """Return where a field is answered: its first line, or its heading."""
        answer = self.answers.get(name)
        if answer is None:
            return Place(self.file)
        return self.place(answer.first if answer.lines else answer.heading)

    def says(self, name: str) -> str:
        """Return what a field of one line says."""
        return self.answers[name].line if name in self.answers else ""


def read_issue(file: str, text: str) -> IssueText:
    """Cut the text of an issue into its fields; what is not clear is a problem."""
    # A comment keeps its lines, so that lines are counted as the file has them.
    bare = COMMENT.sub(lambda found: "\n" * found[0].count("\n"), text)
    issue = IssueText(file, text.split("\n"))
    lines = bare.split("\n")
    fenced = _fenced(lines)
    bare_numbers = [number for number in range(1, len(lines) + 1) if number not in fenced]
    headings = list(_labels_in(lines, bare_numbers))
    issue.form = _form_of([known.id for _, known in headings])
    begins: list[tuple[int, IssueField]] = []
    for number, known in headings:
        if issue.form not in known.forms and begins and begins[-1][1].id == "text":
            continue
        if any(one is known for _, one in begins):
            issue.problems.append(_twice(issue, number, known))
            continue
        begins.append((number, known))
    _look_before(issue, lines, begins)
    _look_inside(issue, lines, fenced, begins)
    ends = [*(number for number, _ in begins[1:]), len(lines) + 1]
    for (number, known), end in zip(begins, ends, strict=False):
        issue.answers[known.id] = _answer(lines, number, end)
    return issue


def _form_of(given: list[str]) -> str:
    """Return which of the forms was filled in.

    A form that is there with all of its own fields is the one; else those before the text count.
    """
    whole = [form for form, own in OWN_FIELDS.items() if own <= set(given)]
    if len(whole) == 1:
        return whole[0]
    before = set(given[: given.index("text")] if "text" in given else given)
    if before & OWN_FIELDS[EMENDATION]:
        return EMENDATION
    return NOTE if before & OWN_FIELDS[NOTE] else ERROR


def _label(line: str) -> IssueField | None:
    found = HEADING.fullmatch(line)
    return LABELS.get(found[1].casefold()) if found else None


def _answer(lines: list[str], heading: int, end: int) -> Answer:
    """Take the lines between two headings, without the empty ones around them."""
    kept = [(number, lines[number - 1].rstrip()) for number in range(heading + 1, end)]
    while kept and not kept[0][1]:
        kept.pop(0)
    while kept and not kept[-1][1]:
        kept.pop()
    words = tuple(line for _, line in kept)
    if not words or words == (NO_ANSWER,):
        return Answer((), heading, heading)
    return Answer(words, kept[0][0], heading)


def _fenced(lines: list[str]) -> dict[int, int]:
    """Return the numbers of lines inside a block of code, and where it begins.

    What is never closed is none: else one forgotten sign would swallow the rest of the form.
    """
    found: dict[int, int] = {}
    number = 0
    while number < len(lines):
        opened = FENCE.fullmatch(lines[number])
        end = _closed(lines, number, opened[1]) if opened else 0
        if end:
            found |= dict.fromkeys(range(number + 2, end + 1), number + 1)
            number = end
        number += 1
    return found


def _closed(lines: list[str], start: int, sign: str) -> int:
    """Return the index of the line that closes a block of code; 0 where none does."""
    closing = re.compile(rf" {{0,3}}{re.escape(sign[0])}{{{len(sign)},}}[ \t]*")
    for number in range(start + 1, len(lines)):
        if closing.fullmatch(lines[number]):
            return number
    return 0


def _look_before(issue: IssueText, lines: list[str], begins: list[tuple[int, IssueField]]) -> None:
    if not begins:
        first = ", ".join(f'"### {one.label}"' for one in FIELDS[:3])
        issue.problems.append(
            Problem(
                "value-invalid",
                Place(issue.file),
                "this is not the text of a form: none of its headings stands in it",
                f"the headings are those of the form: {first} and so on; the file of a note or "
                "an emendation itself goes in by edition adopt",
            )
        )
        return
    for number, line in enumerate(lines[: begins[0][0] - 1], 1):
        if line.strip():
            issue.problems.append(
                Problem(
                    "value-invalid",
                    issue.place(number),
                    "these words stand before the first field, and belong to none",
                    "take them out, or move them below the heading they belong to",
                )
            )
            return


def _look_inside(
    issue: IssueText,
    lines: list[str],
    fenced: dict[int, int],
    begins: list[tuple[int, IssueField]],
) -> None:
    """Doubt a field that stands only inside a block of code."""
    named = {known.id for _, known in begins}
    for number, known in _labels_in(lines, fenced):
        of_form = issue.form == ERROR or issue.form in known.forms
        if begins and of_form and known.id not in named:
            issue.problems.append(
                Problem(
                    "value-invalid",
                    issue.place(number),
                    f'the field "{known.label}" stands inside a block of code, which begins in '
                    f"line {fenced[number]}",
                    f"close the block before it, or take the signs of line {fenced[number]} out",
                )
            )


def _labels_in(lines: list[str], numbers: Collection[int]) -> Iterator[tuple[int, IssueField]]:
    for number in numbers:
        known = _label(lines[number - 1])
        if known is not None:
            yield number, known


def _twice(issue: IssueText, number: int, known: IssueField) -> Problem:
    return Problem(
        "key-duplicate",
        issue.place(number),
        f'the heading "{known.label}" stands here a second time: which words belong to the field '
        "cannot be told",
        "where one of them is the contributor's own, take its ### out",
    )
