"""Problems as people read them: the place, the line, what is wrong, how to mend it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence

from build_tools.model.problem import Problem

LineOf = Callable[[str, int], str | None]
"""Gives a line of a file of the edition by path and number, without its line end."""

LONGEST = 110
"""Columns of a source line that are shown; a longer line is shown around the fault."""

EVIDENCE = frozenset(
    {
        "witness-differs",
        "expansion-differs",
        "anchor-ambiguous",
        "anchor-context-changed",
        "form-ambiguous",
        "variant-differs",
        "text-differs",
    }
)
"""Codes whose ``closest`` are sentences that show the fault, and no nearest names."""


def report(problems: Sequence[Problem], line_of: LineOf) -> str:
    """Return all problems, each with its line and a caret, and a closing count."""
    return "\n".join([*(one(problem, line_of) for problem in problems), f"{counted(problems)}."])


def counted(problems: Sequence[Problem]) -> str:
    """Say how many problems and warnings were found."""
    errors = sum(problem.is_error for problem in problems)
    warnings = len(problems) - errors
    counts = [_count(errors, "problem"), _count(warnings, "warning")]
    closing = " and ".join(count for count in counts if count)
    return f"{closing} found" if closing else "No problems found"


def _count(number: int, name: str) -> str:
    return f"{number} {name}{'s' if number > 1 else ''}" if number else ""


def one(problem: Problem, line_of: LineOf) -> str:
    """Return one problem with its line and a caret, and an empty line after it."""
    place = problem.place
    lines = [f"{problem.severity}[{problem.code}]: {problem.message}"]
    width = len(str(place.line)) if place.line else 1
    margin = " " * (width + 1)
    if place.line:
        column = f":{place.column}" if place.column else ""
        lines.append(f"{' ' * width}--> {place.file}:{place.line}{column}")
        source = line_of(place.file, place.line)
        if source is not None and place.column:
            lines.extend(_excerpt(source, problem, margin))
    else:
        lines.append(f"{' ' * width}--> {place.file}")
    label = "" if problem.code in EVIDENCE else "closest: "
    # A name that the help asks for anyway is not told twice.
    told = [near for near in problem.closest if f'"{near}"' not in problem.hint]
    lines.extend(f"{margin}= {label}{near}" for near in told)
    if problem.hint:
        lines.append(f"{margin}= help: {problem.hint}")
    return "\n".join([*(line.rstrip() for line in lines), ""])


def _excerpt(source: str, problem: Problem, margin: str) -> list[str]:
    column, length = problem.place.column, max(1, problem.place.length)
    cut = max(0, column - 1 - LONGEST // 2) if len(source) > LONGEST else 0
    shown = source[cut : cut + LONGEST]
    before = shown[: column - 1 - cut]
    marked = shown[column - 1 - cut : column - 1 - cut + length]
    lead = "\u2026" if cut else ""
    tail = "\u2026" if len(source) > cut + LONGEST else ""
    carets = " " * (_columns(before) + len(lead)) + "^" * max(1, _columns(marked))
    return [
        f"{margin}|",
        f"{problem.place.line} | {lead}{_visible(shown)}{tail}",
        f"{margin}| {carets}",
    ]


def _visible(text: str) -> str:
    return "".join(" " if c == "\t" else c if c.isprintable() else "\ufffd" for c in text)


def _columns(text: str) -> int:
    """Return how many terminal columns a text takes."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )
