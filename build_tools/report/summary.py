"""What a forge shows below a run: Markdown of limited size, in which no text takes effect."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from build_tools.model.problem import Problem
from build_tools.report.people import LineOf, counted, one

LARGEST = 1024 * 1024
"""Bytes that GitHub takes as the summary of a step; of a longer one it shows nothing."""
ROOM = 1000
"""Bytes that are kept for saying that something was left out."""


def as_summary(problems: Sequence[Problem], line_of: LineOf, size: int = LARGEST) -> str:
    """Return all problems as Markdown, by file."""
    head = f"## {counted(problems)}\n"
    return head + within(_files(problems, line_of), "problems", size - len(head.encode()))


def _files(problems: Sequence[Problem], line_of: LineOf) -> Iterator[str]:
    for file, some in groupby(problems, key=lambda problem: problem.place.file):
        heading = f"\n### {coded(file)}\n\n"
        for problem in some:
            yield heading + fenced(one(problem, line_of).rstrip("\n"))
            heading = "\n"


def within(parts: Iterator[str], what: str, size: int = LARGEST) -> str:
    """Join as many parts as a summary may have; say how many more there are."""
    taken: list[str] = []
    left = size - ROOM
    more = 0
    for part in parts:
        left -= len(part.encode())
        if left < 0:
            more += 1
        else:
            taken.append(part)
    if more:
        taken.append(f"\n**Cut here: {more} more {what} would not fit. The log has them all.**\n")
    return "".join(taken)


def fenced(text: str, kind: str = "text") -> str:
    """Set a text as it stands; the fence is longer than any in it."""
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
    return f"{fence}{kind}\n{text}\n{fence}\n"


def coded(text: str) -> str:
    """Set a name within a line as it stands."""
    text = " ".join(text.split())
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", text)), default=0))
    space = " " if "`" in text else ""
    return f"{fence}{space}{text}{space}{fence}"
