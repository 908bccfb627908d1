"""Fixtures in Markdown: a title, what is read, what is expected of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from build_tools.model.problem import Problem

FOLDER = Path(__file__).parent / "fixtures"

_TRIPLE = re.compile(
    r"^## ([^\n]+)\n+~~~~\n(.*?)^~~~~\n+~~~~\n(.*?)^~~~~$", re.MULTILINE | re.DOTALL
)


@dataclass(frozen=True)
class Triple:
    title: str
    given: str
    expected: str

    def __str__(self) -> str:
        return self.title


def triples(name: str) -> list[Triple]:
    text = (FOLDER / name).read_text(encoding="utf-8")
    found = [Triple(*groups) for groups in _TRIPLE.findall(text)]
    fences = re.findall(r"^~~~~$", text, re.MULTILINE)
    assert 4 * len(found) == len(fences), "a fixture is not written as the others"
    return found


def shown(problems: Iterable[Problem]) -> str:
    """Write problems as the fixtures do: code, line, column, length, the nearest names."""
    return "".join(
        f"{problem.code} {problem.place.line}:{problem.place.column}+{problem.place.length}"
        + (f" ({', '.join(problem.closest)})" if problem.closest else "")
        + "\n"
        for problem in problems
    )


def rewrite(name: str, make: Callable[[Triple], str]) -> None:
    """Write what is made now as what is expected; look at every change before it stays."""
    path = FOLDER / name
    text = path.read_text(encoding="utf-8")
    parts: list[str] = []
    at = 0
    for match in _TRIPLE.finditer(text):
        parts += [text[at : match.start(3)], make(Triple(match[1], match[2], match[3]))]
        at = match.end(3)
    path.write_text("".join([*parts, text[at:]]), encoding="utf-8")
